// Makes one file of mock-server/msw.ts and all that it imports, for browsers: what is Node's has another file in its place,
// from `browser/`, and what is read from files is written into it. The reader of YAML is a second file, which a page loads
// with its first seed file. Too large a file fails the build.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { faker } from '@faker-js/faker/locale/en';
import { build, type Plugin } from 'esbuild';
import { defaultConfig } from '../mock-server/config/config.ts';
import { version } from '../mock-server/version.ts';
import { readRules } from '../spec/rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const here = (name: string): string => `${root}scripts/browser/${name}.ts`;

/** By file, in bytes as they are sent. */
const mostZipped: Readonly<Record<string, number>> = {
  'msw.browser.js': 150_000,
  'parse-seed.browser.js': 45_000,
};

/** By the modules of Node and the files of ours that they stand for. */
const stand: Readonly<Record<string, string>> = {
  'node:buffer': here('buffer'),
  'node:crypto': here('crypto'),
  'node:net': here('net'),
  'node:timers/promises': here('timers'),
  'node:url': here('net'),
  'node:v8': here('left-out'),
  'mock-server/adapters/smtp.ts': here('left-out'),
  'mock-server/metrics/process-figures.ts': here('left-out'),
  'mock-server/read-seed-file.ts': here('left-out'),
  'mock-server/web/log.ts': here('log'),
  'mock-server/web/multipart.ts': here('multipart'),
  'spec/judges.ts': here('left-out'),
};

const ruleEntries = () =>
  [...readRules().values()].map(({ id, source, sentence }) => [id, { id, source, sentence }]);

/** What our fixtures draw from: a tenth of the words that faker has. */
const drawnFrom = () => {
  const { person, company } = faker.rawDefinitions;
  const { first_name, last_name, last_name_pattern } = person ?? {};
  const { legal_entity_type, name_pattern } = company ?? {};
  return {
    person: { first_name, last_name, last_name_pattern },
    company: { legal_entity_type, name_pattern },
  };
};

/** What they ask for. The other parts of faker are left out; were they found no longer, the bundle would be too large. */
const askedOfFaker = ['company', 'helpers', 'number', 'person', 'string'];

const withAskedParts = (source: string): string =>
  source
    .replaceAll(/\b(\w+)=new \w+\(this\);/g, (whole, name: string) =>
      askedOfFaker.includes(name) ? whole : '',
    )
    // Lists that nobody asks for any more go too, once it is said that to split a text does nothing else.
    .replaceAll(/(?<=[:=])`[^`\\]*`\.split\(/g, '/* @__PURE__ */ $&');

/** Nothing is judged in a browser, so that nobody has to turn it off. */
const written: Readonly<Record<string, () => string>> = {
  'node:http': () => `export const STATUS_CODES = ${JSON.stringify(STATUS_CODES)};`,
  'mock-server/config/config.ts': () =>
    `export const defaultConfig = ${JSON.stringify({ ...defaultConfig, validation: 'off' })};`,
  'mock-server/version.ts': () => `export const version = () => ${JSON.stringify(version())};`,
  'spec/rules.ts': () =>
    `const rules = new Map(${JSON.stringify(ruleEntries())});
export const createRuleFinder = () => (id) => rules.get(id);`,
  '@faker-js/faker/locale/en': () =>
    `import { Faker } from '@faker-js/faker';
export const faker = new Faker({ locale: ${JSON.stringify(drawnFrom())} });`,
};

const forBrowsers: Plugin = {
  name: 'for-browsers',
  setup: (building) => {
    building.onResolve({ filter: /^(?:node:|@faker-js\/faker\/locale\/en$)/ }, ({ path }) =>
      path in stand ? { path: stand[path] ?? '' } : { path, namespace: 'written' },
    );
    building.onResolve({ filter: /\/parse-seed\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './parse-seed.browser.js', external: true } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'written' }, ({ path }) => {
      const write = written[path];
      return write === undefined
        ? { errors: [{ text: `A browser has no ${path}, and scripts/browser nothing like it.` }] }
        : { contents: write(), resolveDir: root };
    });
    building.onLoad({ filter: /@faker-js\/faker\/dist\/base-[^/]*\.js$/ }, ({ path }) => ({
      contents: withAskedParts(readFileSync(path, 'utf8')),
    }));
    building.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const name = path.slice(root.length);
      const [instead, write] = [stand[name], written[name]];
      if (instead !== undefined) return { contents: `export * from ${JSON.stringify(instead)};` };
      return write === undefined ? undefined : { contents: write() };
    });
  },
};

/** Writes both files into `folder`, and gives the paths of what is in them, relative to the project. */
export const bundleMsw = async (folder: string): Promise<readonly string[]> => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['mock-server/msw.ts', 'mock-server/parse-seed.ts'],
    entryNames: '[name].browser',
    outdir: folder,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    pure: ['Object.fromEntries'],
    metafile: true,
    write: false,
    external: ['msw'],
    inject: [here('globals')],
    plugins: [forBrowsers],
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    const most = mostZipped[basename(path)] ?? 0;
    const zipped = gzipSync(contents).length;
    if (zipped > most) throw new Error(`${path} has ${zipped} bytes, zipped; it may have ${most}.`);
    writeFileSync(path, contents);
  }
  return Object.keys(metafile.inputs);
};
