// Seed files: where a mistake stands, and what a start makes of a file.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { describeSeedFile } from './admin/seed-schema.ts';
import { parseSeed } from './parse-seed.ts';
import { checkSeed } from './admin/check-seed.ts';
import { tellMistakes } from './admin/seed-text.ts';
import { readSeedFile } from './read-seed-file.ts';
import { startMockServer, type MockServer } from './server.ts';

const file = join(mkdtempSync(join(tmpdir(), 'invitations-mock-')), 'own.yaml');
const started: MockServer[] = [];
afterAll(async () => {
  await Promise.all(started.map((server) => server.close()));
});

test.each([
  [
    'seed: 5\nworld:\n  people:\n    - email: a@b.example\n      rol: ADMIN\n',
    'line 5',
    'Did you mean "role"?',
  ],
  [
    'world:\n  invitations:\n    - email: a@b.example\n      state: snt\n',
    'line 4',
    'Did you mean "sent"?',
  ],
  ['world:\n  people:\n    - email: a@b.example\n    - email: a@b.example\n', 'line 4', 'again'],
  ['seed: 1\nworld: {people: [}\n', 'line 2', 'end with a ]'],
  ['{"seed": 1,\n "sede": 2}', 'line 2', 'Did you mean "seed"?'],
  ['seed: 1\nworld:\n  people: []\n  people: []\n', 'line 4', 'Map keys must be unique.'],
  ['a: 1\na: 2\nb: {c: 1,\n c: 2}\nb: 3\n', 'line 2', 'line 4: Map keys must be unique.\nline 5: '],
  ...['[', '{a: ', '- ', '? '].map(
    (mark) => [`seed: 1\n${mark.repeat(65)}`, 'line 2', 'More than 64 levels'] as const,
  ),
  [`world: |\n  x\n\n${']'.repeat(3)}`, 'line 4', '"]" closes what nothing opens.'],
])('%j is refused by its line', (text, line, words) => {
  const parsed = checkSeed(parseSeed(text));
  const told = 'mistakes' in parsed ? tellMistakes(parsed.mistakes) : '';
  expect(told).toMatch(new RegExp(`^${line}: `));
  expect(told).toContain(words);
});

test('all mistakes of a file are told at once, also where its shape is wrong elsewhere', async () => {
  writeFileSync(
    file,
    'world:\n  people:\n    - email: a@b.example\n    - email: a@b.example\n  invitations:\n    - state: snt\n',
  );
  const reading = readSeedFile(file);
  await expect(reading).rejects.toThrow(`${file} has 3 mistakes:\n  line 4: `);
  await expect(reading).rejects.toThrow('\n  line 6: "world.invitations[0].email" is missing.');
  await expect(reading).rejects.toThrow('Did you mean "sent"?');
});

test('the files that the documents show are right, for the reader and for editors', async () => {
  const page = await readFile(new URL('../docs/scenarios.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/^```yaml\n([^]*?)^```/gm)].map(([, text = '']) => text);
  expect(shown).toHaveLength(3);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(describeSeedFile());
  for (const text of shown) {
    expect(checkSeed(parseSeed(text))).toHaveProperty('value');
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
    expect(text.split('\n').length).toBeLessThan(30);
  }
});

test('a start with one has its people and invitations', async () => {
  writeFileSync(
    file,
    'world:\n  organization: Fairwind\n  invitations:\n    - { email: zoe@new.example, state: bounced }\n',
  );
  const server = await startMockServer({ port: 0, logLevel: 'silent', banner: false, world: file });
  started.push(server);
  const answer = await fetch(`${server.url}/api/v1/invitations/`, {
    headers: { authorization: server.credentials.apiKeys.OWNER },
  });
  expect(await answer.json()).toMatchObject({
    count: 1,
    results: [{ email: 'zoe@new.example', state: 'bounced' }],
  });
});

test('a file that is not there is said to be so', async () => {
  const starting = startMockServer({ port: 0, logLevel: 'silent', world: '/none.yaml' });
  await expect(starting).rejects.toThrow('The seed file cannot be read: ENOENT');
});
