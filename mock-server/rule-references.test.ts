// A rule that the code names is a rule of the contract: in brackets in comments, and as the reason of a refusal.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { readings } from '../spec/vocabulary.gen.ts';
import { listOf, textOf } from './running.suite.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const contract: unknown = load(readFileSync(`${here}../spec/rules.yaml`, 'utf8'));
const ids = listOf(contract, 'rules').map((rule) => textOf(rule, 'id'));
/** What a deployment may do instead has names of the same form. */
const known = new Set<string>([...ids, ...Object.keys(readings)]);
const families = new Set(ids.map((id) => id.split('.', 1)[0] ?? ''));

const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(here + name, 'utf8') }));

/** `[create.duplicate-address]` in a comment. */
const bracketed = (text: string): readonly string[] => {
  const comments = text.match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];
  return comments.flatMap((comment) =>
    Array.from(comment.matchAll(/\[([a-z-]+\.[a-z-]+)\]/g), ([, id = '']) => id),
  );
};

/** `'authentication.wrong-key'`: a text of the form of a rule whose first word begins some rule. */
const quoted = (text: string): readonly string[] =>
  Array.from(text.matchAll(/'([a-z-]+\.[a-z-]+)'/g), ([, id = '']) => id).filter((id) =>
    families.has(id.split('.', 1)[0] ?? ''),
  );

test('every rule that the code names is in spec/rules.yaml', () => {
  const named = sources.flatMap(({ name, text }) =>
    [...bracketed(text), ...quoted(text)].map((id) => `${id} in ${name}`),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((one) => !known.has(one.split(' ', 1)[0] ?? ''))).toEqual([]);
});

test('no rule has its id twice', () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
