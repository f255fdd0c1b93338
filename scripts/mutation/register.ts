// For `node --import`, before Mocha loads the tests: they get the functions that stand in for Jest's.
import { register } from 'node:module';
import fc from 'fast-check';
import Mocha from 'mocha';
import { forgetLoading } from './hook-coverage.ts';
import { openFile } from './jest-globals.ts';

const globals = new URL('jest-globals.ts', import.meta.url).href;

register(
  `data:text/javascript,${encodeURIComponent(`
    export const resolve = (specifier, context, next) =>
      specifier === '@jest/globals'
        ? { url: ${JSON.stringify(globals)}, shortCircuit: true }
        : next(specifier, context);
  `)}`,
);

Mocha.interfaces['bdd'] = (root: Mocha.Suite) => {
  root.afterAll(forgetLoading);
  root.on('pre-require', (_context: unknown, file: string) => {
    openFile(root, file);
  });
};

// That a property fails is enough to know; its smallest example takes long to find.
fc.configureGlobal({ endOnFailure: true });
