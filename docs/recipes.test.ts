// The ways to add something in CONTRIBUTING.md against the code: what each names exists, and no file that has a sample of the
// thing is left out.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { quotedIn, read, root } from './documents.ts';

const sections = new Map(
  read('CONTRIBUTING.md')
    .split(/^## /m)
    .filter((section) => section.startsWith('How to add '))
    .map((section) => [section.slice('How to add '.length, section.indexOf('\n')), section]),
);

const isPath = (text: string): boolean => /^[\w.-]+(?:\/[\w.-]+)+\/?$/.test(text);

const pathsOf = (section: string): readonly string[] =>
  quotedIn(section)
    .filter((text) => isPath(text) || /^[A-Z]+\.md$/.test(text))
    .map((path) => path.replace(/\/$/, ''));

/** Where the fake and its contract are written by hand; the suites' checks go by topic, which each section says in a word. */
const sources = ['domain', 'spec', 'fixtures', 'mock-server'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.(?:gen|test|suite))\.(?:ts|yaml)$/.test(name))
    .map((name) => `${folder}/${name}`),
);

test('there is one for each thing that is added often', () => {
  expect([...sections.keys()]).toEqual(
    expect.arrayContaining([
      ...['a rule', 'a check', 'a field', 'a state', 'an operation', 'a fault', 'a scenario'],
      ...['a flag', 'a sub-command'],
    ]),
  );
});

test.each([...sections])('the way to add %s names only paths that exist', (_thing, section) => {
  expect(pathsOf(section).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

describe('no source file is left out that has', () => {
  test.each([
    ['a field', /state_detail|stateDetail/],
    ['a state', /'bounced'|\bbounced:|- bounced$/m],
    ['an operation', /invitations_resend|ResendInvitation|decideResend/],
    ['a fault', /'drip'|\bdrip:/],
    ['a scenario', /'edge-cases'|\/edge-cases\.ts'/],
  ])('%s: %s', (thing, sample) => {
    const named = pathsOf(sections.get(thing) ?? '');
    const isNamed = (file: string): boolean =>
      named.some((path) => file === path || file.startsWith(`${path}/`));
    const having = sources.filter((file) => sample.test(read(file)));
    expect(having.length).toBeGreaterThan(2);
    expect(having.filter((file) => !isNamed(file))).toEqual([]);
  });
});
