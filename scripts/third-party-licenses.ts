// The licences of what the build copies into dist/. A package whose licence cannot be told fails the build.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Published under the MIT licence without its text: who holds the copyright, from their manifests and readmes. */
const holders = new Map([
  ['@stoplight/json-schema-merge-allof', 'Copyright (c) Martin Hansen and Stoplight'],
  ['fnv-plus', 'Copyright (c) Travis Webb'],
  ['parse-multipart-data', 'Copyright (c) Ignacio Mazzara'],
  ['uri-template-lite', 'Copyright (c) 2014-2019 Lauri Rooden'],
]);

const textIn = (file: string): string => readFileSync(join(root, file), 'utf8').trim();

/** Our own licence is the same one; below its title and its holder stands what all of them say. */
const mit = (holder: string): string =>
  ['MIT License', holder, ...textIn('LICENSE').split('\n\n').slice(2)].join('\n\n');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** From the path of a file to the folder of the package that it is from; nothing for a file of our own. */
const packageOf = (path: string): readonly string[] => {
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
  return folder === undefined ? [] : [folder];
};

const toEntry = (folder: string): string => {
  const manifest: unknown = JSON.parse(textIn(`${folder}/package.json`));
  const { name, version, license = 'as below' } = isRecord(manifest) ? manifest : {};
  const texts = readdirSync(join(root, folder))
    .filter(
      (file) => /^(?:licen[cs]e|copying|notice)/i.test(file) || file.endsWith('.js.LICENSE.txt'),
    )
    .map((file) => textIn(`${folder}/${file}`));
  const holder = holders.get(String(name));
  if (texts.length === 0 && license === 'MIT' && holder !== undefined) texts.push(mit(holder));
  if (texts.length === 0) {
    throw new Error(
      `${folder} has no licence text and would go into dist/ without one. Leave it out, or add its holder to scripts/third-party-licenses.ts.`,
    );
  }
  return [`${String(name)} ${String(version)} (${String(license)})`, ...texts].join('\n\n');
};

/** One text of the licences of the packages that `paths`, relative to the project, are files of. */
export const toLicenses = (paths: readonly string[]): string => {
  const entries = [...new Set(paths.flatMap(packageOf))].map(toEntry);
  const head = 'What dist/ holds of other packages, and the licences that they come under.';
  return `${[head, ...new Set(entries.sort())].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
};
