// /_mock/sandboxes/{name}/people: who is registered, where they are members and by whose invitation; people come and go.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { toUserId, type User } from '../../domain/directory.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { replyEmpty, replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { nameFrom } from '../../fixtures/name-from.ts';
import { pageAfter } from './page-after.ts';
import { Person, presentPeople } from './person.ts';
import { conflict, notFound } from './problem.ts';
import { noMemory, tooMuch } from './sandboxes.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { afterId, countOfAll, emailAddress, limit, maybe, offset, text } from './schema/values.ts';
import { inBody, inQuery, nothing } from './takes.ts';

const PersonList = named(
  'PersonList',
  "A part of a sandbox's people.",
  object({ count: countOfAll, people: v.array(Person) }),
);

export const listPeople = sandboxEndpoint({
  id: 'people_list',
  tag: 'contents',
  summary: 'List the people and service accounts',
  description: 'With their memberships, in the order in which they were registered.',
  takes: inQuery({
    search: maybe(
      'Keeps only those that have this in name, address or id; letter case does not count.',
      text(1, 254),
    ),
    limit,
    offset,
    after: afterId,
  }),
  answers: { 200: { description: 'The people who match.', schema: PersonList } },
  handle: ({ hosted }, { search, limit: most, offset: passed = 0, after }) => {
    const state = hosted.sandbox.state();
    const words = search?.trim().toLowerCase() ?? '';
    const users = [...state.directory.users.values()].filter(({ id, name, email }) =>
      [name, email, id].some((part) => part.toLowerCase().includes(words)),
    );
    return replyJson(200, {
      count: users.length,
      people: presentPeople(state, pageAfter(users.slice(passed), after, most)),
    });
  },
});

/** Undefined where the address has a user already. */
export const registerPerson = (
  sandbox: Sandbox,
  email: string,
  name = nameFrom(email),
): User | undefined => {
  const userId = toUserId(randomUUID());
  const at = sandbox.clock.now();
  const result = sandbox.execute({ type: 'RegisterPerson', at, userId, name, email });
  return result.kind === 'granted' ? result.state.directory.users.get(userId) : undefined;
};

const NewPerson = named(
  'NewPerson',
  'Somebody who signs up.',
  object({ email: emailAddress, name: maybe('Made from the address if absent.', text(1, 500)) }),
);

export const addPerson = sandboxEndpoint({
  id: 'people_create',
  tag: 'contents',
  summary: 'Register a person',
  description:
    'As signing up does in life. Who asks for a token of an address that nobody has is registered too, unless the server was started with `--strict-people`.',
  takes: inBody({
    schema: NewPerson,
    description: 'Who it is.',
    required: true,
    examples: { jonas: ['With a name', { email: 'jonas@new.example', name: 'Jonas Weber' }] },
  }),
  answers: { 201: { description: 'The person, a member of no organization.', schema: Person } },
  refusals: { 409: 'The address has a user already.', ...noMemory },
  handle: ({ hosted: { sandbox }, registry }, { email, name }) => {
    if (registry.memory.whyFull() !== undefined) return tooMuch(registry);
    const user = registerPerson(sandbox, email, name);
    return user === undefined
      ? conflict(`${email} is registered already in "${sandbox.name}".`)
      : replyJson(201, presentPeople(sandbox.state(), [user])[0]);
  },
});

export const removePerson = sandboxEndpoint({
  id: 'people_destroy',
  tag: 'contents',
  summary: 'Remove a person or service account',
  description:
    'Memberships and keys go too, the invitations that the user sent, and the one that it accepted.',
  takes: nothing,
  answers: { 204: { description: 'The user is gone. There is no body.' } },
  refusals: { 404: 'There is no such sandbox, or it has no such user.' },
  handle: ({ hosted: { sandbox } }, _, request) => {
    const userId = String(request.params['id']);
    const at = sandbox.clock.now();
    return sandbox.execute({ type: 'RemoveUser', at, userId }).kind === 'granted'
      ? replyEmpty(204)
      : notFound(
          `There is no user ${userId} in "${sandbox.name}"; GET /_mock/sandboxes/${sandbox.name}/people lists those that there are.`,
        );
  },
});
