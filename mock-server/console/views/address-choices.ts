// Addresses to choose from: those of the people who can be invited, and accept.
import { api, bodyOf } from '../api.ts';
import { h } from '../dom.ts';
import type { Session } from '../session.ts';
import type { Person } from '../wire.ts';

/** Registered persons, those without any membership first. */
export const readPeople = async ({ path }: Session): Promise<readonly Person[]> => {
  const query = { limit: 1_000 };
  const { people } = await bodyOf(api.GET('/sandboxes/{name}/people', { params: { path, query } }));
  return people
    .filter(({ kind }) => kind === 'person')
    .sort((one, other) => one.memberships.length - other.memberships.length);
};

export const addressChoices = (people: readonly Person[]): readonly HTMLElement[] =>
  people.map(({ email, name }) => h('option', { value: email }, name));
