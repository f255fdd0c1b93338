// The file of known differences: what it may say, and what it stands for.
import { describe, expect, test } from '@jest/globals';
import { matches, parseKnown, readKnown } from './known.ts';

const entry = (more: string): string =>
  `known:\n  - operation: invitations_create\n    path: status\n    reason: So be it.\n${more}`;

describe('parseKnown', () => {
  test('takes entries with a reason', () => {
    expect(parseKnown(entry('    fake: 404\n    deployment: "409"\n'), 'a.yaml')).toEqual([
      {
        operation: 'invitations_create',
        path: 'status',
        fake: '404',
        deployment: '409',
        reason: 'So be it.',
      },
    ]);
    expect(parseKnown('', 'a.yaml')).toEqual([]);
    expect(parseKnown('# Nothing is known yet.\n', 'a.yaml')).toEqual([]);
    expect(parseKnown('known: []', 'a.yaml')).toEqual([]);
  });

  test.each([
    ['known: [1', /^a\.yaml is no YAML/],
    ['- 1', /a list under "known"/],
    ['known: 1', /a list under "known"/],
    ['known: []\nmore: 1', /nothing beside it/],
    ['known: [text]', /entry 1: it is "text", no mapping/],
    ['known: [{operation: "*", path: status}]', /entry 1: "reason" is missing/],
    ['known: [{operation: "*", path: status, reason: " "}]', /"reason" is " "/],
    ['known: [{operation: no, path: status, reason: a}]', /no operation "no"/],
    ['known: [{operation: "*", path: sttus, reason: a}]', /path "sttus"/],
    [entry('    fak: 1\n'), /"fak" is not known/],
    [entry('    fake: [1]\n'), /"fake" has to be one value/],
  ])('refuses %j by name', (yaml, message) => {
    expect(() => parseKnown(yaml, 'a.yaml')).toThrow(message);
  });
});

test('a file that was named has to be there', () => {
  expect(() => readKnown('/nowhere/known.yaml', false)).toThrow('/nowhere/known.yaml');
  expect(readKnown('/nowhere/known.yaml', true)).toEqual([]);
});

describe('matches', () => {
  const difference = { path: 'body.results.0.role', fake: 'OWNER', deployment: 'owner' };
  const known = {
    operation: '*',
    path: 'body.results.*.role',
    fake: undefined,
    deployment: undefined,
    reason: 'a',
  };

  test.each([
    ['a part by a star', {}, true],
    ['the rest by two', { path: 'body.**' }, true],
    ['everything', { path: '**' }, true],
    ['not a longer path', { path: 'body.results.*' }, false],
    ['not another field', { path: 'body.results.*.state' }, false],
    ['the operation', { operation: 'invitations_list' }, true],
    ['not another operation', { operation: 'invitations_create' }, false],
    ['the values', { fake: 'OWNER', deployment: 'owner' }, true],
    ['not other values', { deployment: 'Owner' }, false],
  ])('%s', (_title, more, expected) => {
    expect(matches({ ...known, ...more }, 'invitations_list', difference)).toBe(expected);
  });
});
