// Pages of a list at their edges.
import { describe, expect, test } from '@jest/globals';
import {
  created,
  destroyed,
  organizationId,
  otherOrganizationId,
  stateAfter,
} from './given.suite.ts';
import { listInvitations, type PageNumber } from './queries.ts';

const stateWith = (count: number) =>
  stateAfter(
    Array.from({ length: count }, (_, index) =>
      created({ invitationId: `i${index}`, email: `p${index}@example.com` }),
    ),
  );

const page = (count: number, number: PageNumber, size = 10) =>
  listInvitations(stateWith(count), organizationId, {}, { number, size });

describe('a page', () => {
  test.each([0, -1, 4, 1_000_000_000])('that is not there: %i of three', (number) => {
    expect(page(25, number)).toBe('no-such-page');
  });

  test('in the middle is full', () => {
    const middle = page(25, 2);
    expect(middle).toMatchObject({ count: 25, number: 2, pages: 3 });
    expect(middle === 'no-such-page' ? [] : middle.invitations.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `i${index + 10}`),
    );
  });

  test.each([
    [25, 3, 5],
    [30, 3, 10],
    [1, 1, 1],
    [0, 1, 0],
  ])('"last" of %i invitations is page %i with %i of them', (count, number, length) => {
    const last = page(count, 'last');
    expect(last).toMatchObject({ count, number });
    expect(last === 'no-such-page' ? -1 : last.invitations.length).toBe(length);
  });

  test('of exactly one page has none after it', () => {
    expect(page(10, 1)).toMatchObject({ pages: 1 });
    expect(page(10, 2)).toBe('no-such-page');
    expect(page(11, 2)).toMatchObject({ pages: 2 });
  });
});

describe('an empty list', () => {
  test('has a first page', () => {
    expect(page(0, 1)).toEqual({ count: 0, number: 1, pages: 1, invitations: [] });
    expect(page(0, 2)).toBe('no-such-page');
  });

  test('is what an organization has that nobody knows', () => {
    const state = stateWith(3);
    const size = { number: 1, size: 10 };
    expect(listInvitations(state, otherOrganizationId, {}, size)).toMatchObject({ count: 0 });
    expect(state.indexes.has(otherOrganizationId)).toBe(false);
  });
});

test('a deleted invitation leaves the list, and a new one for its address comes last', () => {
  const state = stateAfter([
    created(),
    created({ invitationId: 'second', email: 'bob@example.com' }),
    destroyed,
    created({ invitationId: 'third' }),
  ]);
  const all = listInvitations(state, organizationId, {}, { number: 1, size: 10 });
  expect(all === 'no-such-page' ? [] : all.invitations.map(({ id }) => id)).toEqual([
    'second',
    'third',
  ]);
});

test('the address of a filter is compared without regard to letter case', () => {
  const found = listInvitations(
    stateWith(3),
    organizationId,
    { email: 'P1@Example.COM' },
    { number: 1, size: 10 },
  );
  expect(found).toMatchObject({ count: 1, invitations: [{ id: 'i1' }] });
});
