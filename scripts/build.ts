// Compiles the product to dist/ and puts beside it what it reads at run time. dist/ is replaced at once, and only by a build
// that went well: nobody who starts the program meanwhile finds half of it.
import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build as bundlePage } from 'vite';
import { readDescription } from '../spec/openapi-document.ts';
import { writeTestersApi } from '../mock-server/admin/describe.ts';
import { writeSeedSchema } from '../mock-server/admin/seed-schema.ts';
import { bundleMsw } from './bundle-msw.ts';
import { bundleProgram } from './bundle-program.ts';
import { bundlePrism } from './bundle-prism.ts';
import { writeDocuments } from './documents.ts';
import { toLicenses } from './third-party-licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${root}/node_modules/typescript-native/bin/tsc`;
const dist = `${root}/dist`;
const fresh = `${root}/node_modules/.cache/invitations-mock/dist-${process.pid}`;
const stale = `${fresh}.old`;

const overlays = readdirSync(`${root}/spec/editions`).map((file) => `spec/editions/${file}`);
const descriptions = [
  'spec/openapi.yaml',
  'spec/judged.overlay.yaml',
  'spec/rules.yaml',
  ...overlays,
];
const documentation = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const moveAway = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

const compile = async (): Promise<void> => {
  const args = [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh, '--noEmitOnError'];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root });
  } catch (error) {
    throw error instanceof Error && 'stdout' in error ? new Error(String(error.stdout)) : error;
  }
};

/** The paths of what is in the page, relative to the project. */
const buildConsole = async (): Promise<readonly string[]> => {
  const page = await bundlePage({
    root: `${root}/mock-server/console`,
    build: { outDir: `${fresh}/console` },
  });
  return [page]
    .flat()
    .flatMap((built) => ('output' in built ? built.output : []))
    .flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
    .map((path) => relative(root, path));
};

const copy = (from: string, to: string): void => {
  copyFileSync(`${root}/${from}`, `${fresh}/${to}`);
};

try {
  for (const folder of ['spec/editions', 'swagger-ui'])
    mkdirSync(`${fresh}/${folder}`, { recursive: true });
  const swagger = documentation.map((file) => `node_modules/swagger-ui-dist/${file}`);
  const [, page] = await Promise.all([compile(), buildConsole()]);
  // In the place of what the compiler has made of it, which imports Prism.
  const prism = await bundlePrism(`${fresh}/spec/prism-library.js`);
  const msw = await bundleMsw(`${fresh}/mock-server`);
  const program = await bundleProgram(root, fresh);
  for (const file of [...descriptions, 'package.json']) copy(file, file);
  for (const file of descriptions) {
    const description = JSON.stringify(readDescription(pathToFileURL(`${root}/${file}`)));
    writeFileSync(`${fresh}/${file.replace(/yaml$/, 'json')}`, description);
  }
  writeFileSync(`${fresh}/mock-server/admin/admin.openapi.yaml`, writeTestersApi());
  writeFileSync(`${fresh}/mock-server/admin/seed.schema.json`, writeSeedSchema());
  writeDocuments(root, `${fresh}/documents`);
  for (const file of documentation)
    copy(`node_modules/swagger-ui-dist/${file}`, `swagger-ui/${file}`);
  writeFileSync(
    `${fresh}/THIRD-PARTY-LICENSES.txt`,
    toLicenses([...prism, ...msw, ...program, ...page, ...swagger]),
  );
  // For whoever starts it by its path; npm does the same where it installs.
  chmodSync(`${fresh}/cli/main.js`, 0o755);
  moveAway(dist, stale);
  renameSync(fresh, dist);
} finally {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(stale, { recursive: true, force: true });
}
