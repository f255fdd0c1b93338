// Reading the documents for their tests: which there are, and what a person would see in them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

const ignored = new Set(
  read('.gitignore')
    .split('\n')
    .map((line) => line.replace(/\/$/, '')),
);

/** Without what git ignores and git itself. */
export const folders = (path = '.'): readonly string[] =>
  readdirSync(`${root}/${path}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== '.git' && !ignored.has(entry.name))
    .map(({ name }) => name);

const documentsIn = (folder: string): readonly string[] => {
  const here = readdirSync(`${root}/${folder}`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));
  const below = folders(folder).map((name) => (folder === '.' ? name : `${folder}/${name}`));
  return [...here, ...below.flatMap(documentsIn)];
};

/** Every Markdown file, by its path from the root. */
export const documents = documentsIn('.');

/** What stands between backticks within a line. */
export const quotedIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, quoted]) => quoted ?? []);

/** The cells of every table's rows, heads and rules included. */
export const rowsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** The paths of a tree that is drawn by indentation, a path and a phrase on each line. */
export const pathsInTree = (text: string): readonly string[] => {
  const above: string[] = [];
  return text.split('\n').flatMap((line) => {
    const [, indent = '', name] = /^( *)(\S+)/.exec(line) ?? [];
    if (name === undefined) return [];
    above.splice(indent.length / 2, above.length, name);
    return [above.join('')];
  });
};
