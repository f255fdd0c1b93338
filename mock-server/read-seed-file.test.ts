// Seed files: where a mistake stands, and what a start makes of a file.
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parseSeedFile } from './read-seed-file.ts';
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
])('%j is refused by its line', (text, line, words) => {
  expect(() => parseSeedFile('own.yaml', text)).toThrow(`own.yaml: ${line}`);
  expect(() => parseSeedFile('own.yaml', text)).toThrow(words);
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
