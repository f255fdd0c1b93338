// Compiles the product to dist/ and puts beside it what it reads at run time.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));

rmSync(`${root}/dist`, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
mkdirSync(`${root}/dist/spec`, { recursive: true });
for (const file of ['spec/openapi.yaml', 'spec/rules.yaml', 'package.json']) {
  copyFileSync(`${root}/${file}`, `${root}/dist/${file}`);
}
