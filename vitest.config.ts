// The tests of this repository. The contract suites have a command of their own.
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * They install a package, make an image, run the suites through one gateway after another or without a server, take
 * pictures, fill heaps.
 */
const slow = [
  'cli/memory.test.ts',
  'cli/pack.test.ts',
  'contracts/deployments.test.ts',
  'contracts/every-edition.test.ts',
  'contracts/every-reading.test.ts',
  'contracts/drift/every-reading.test.ts',
  'mock-server/console/screenshots.test.ts',
  'mock-server/stores/unload.test.ts',
  'proof/replicas-whole.test.ts',
  'scripts/image/*.test.ts',
];

const unit = ['{domain,fixtures,spec,docs}/**/*.test.ts'];
const http = ['{settings,mock-server,contracts,proof,bench,cli,scripts}/**/*.test.ts'];

export default defineConfig({
  resolve: {
    alias: {
      '@jest/globals': fileURLToPath(new URL('scripts/test-globals.ts', import.meta.url)),
    },
  },
  test: {
    exclude: [...configDefaults.exclude, 'dist/**', '.stryker-tmp/**'],
    // A file is loaded beside others: Prism, the server and the browser once for all of them.
    isolate: false,
    pool: 'forks',
    // What a file is once it is transformed is kept for the next run, by its content.
    experimental: { fsModuleCache: true },
    maxWorkers: 3,
    // Node's own reading of CommonJS, as when the product runs.
    deps: { interopDefault: false },
    server: { deps: { external: [/node_modules/] } },
    globalSetup: 'scripts/test-set-up.ts',
    // For machines that are busy with other things: what hangs has deadlines of its own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 5_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: unit },
      },
      {
        extends: true,
        test: { name: 'http', include: http, exclude: slow },
      },
      {
        extends: true,
        // Both in the same processes, as `npm test` has them: projects share none.
        test: { name: 'all', include: [...unit, ...http], exclude: slow },
      },
      {
        extends: true,
        test: {
          name: 'packed',
          include: [...slow, 'proof/without-a-server.test.ts'],
          env: { SUITES: 'whole' },
        },
      },
    ],
  },
});
