// An invitation field by field, wherever an operation answers with one.
import { byRule } from '../catalog.ts';
import { invitationFields, invitationStates, isUuid, lackingIn } from '../../spec/vocabulary.ts';
import type { Edition, RuleId } from '../../spec/vocabulary.ts';
import { json } from '../body.ts';
import type { Answer } from '../kit/client.ts';
import { disappoint, expectInvitation, expectRefusal, expectStatus, pathIn } from '../expect.ts';
import { isRecord, isText, type Invitation, type Json } from '../invitation.ts';
import type { OperationId } from '../operations.ts';
import { bouncing, invitee, invitingRoles, roles, type Need } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const fieldsIn = (answer: Answer): Json =>
  isRecord(answer.json) ? answer.json : disappoint(answer, 'an Invitation');

const itemIn = (answer: Answer): Json => {
  const results = isRecord(answer.json) ? answer.json['results'] : undefined;
  const item: unknown = Array.isArray(results) ? results[0] : undefined;
  return isRecord(item) ? item : disappoint(answer, 'a list with an Invitation');
};

const namesIn = (edition: Edition): readonly string[] =>
  invitationFields.filter((name) => !lackingIn(edition, 'Invitation').includes(name));

const isIn = (values: readonly string[], value: unknown): boolean =>
  isText(value) && values.includes(value);

/** A URI of the API, of one thing in that collection. */
const isLinkTo = (collection: string, value: unknown): boolean =>
  isText(value) &&
  URL.canParse(value) &&
  new RegExp(`/api/v1/${collection}/[^/]+/$`).test(new URL(value).pathname);

type Look = (fields: Json) => boolean;

const looksIn = (
  edition: Edition,
): Readonly<Partial<Record<RuleId, readonly [expected: string, look: Look]>>> => ({
  'schema.every-field': [
    `the fields ${namesIn(edition).join(', ')}`,
    (fields) => namesIn(edition).every((name) => name in fields),
  ],
  'schema.id': ['a UUID as id', ({ id }) => isUuid(id)],
  'schema.email': [
    'an e-mail address as email',
    ({ email }) => isText(email) && /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= 254,
  ],
  'schema.role': ['one of the four roles', ({ role }) => isIn(roles, role)],
  'schema.inviter': ['the URI of a user as inviter', ({ inviter }) => isLinkTo('users', inviter)],
  'schema.state': ['one of the four states', ({ state }) => isIn(invitationStates, state)],
  'schema.state-detail': ['a string as state_detail', ({ state_detail: it }) => isText(it)],
  'schema.membership': [
    'a membership if it is accepted, and else null',
    ({ membership, state }) =>
      state === 'accepted' ? isLinkTo('memberships', membership) : membership === null,
  ],
  'schema.organization': [
    'the URI of an organization',
    ({ organization }) => isLinkTo('organizations', organization),
  ],
});

const operation = 'invitations_create';
const owner = ['OWNER'] as const;

export const checks = contract('schema', (kit) => {
  const looks = looksIn(kit.edition);
  const { address, addressOfLength, create, createInvitation, list, once, read, request } = kit;
  const { retrieve, rule, send } = kit;

  /** An answer with one invitation in it. */
  const sample = (
    title: string,
    operation: OperationId,
    needs: readonly Need[],
    ask: (operation: OperationId) => Promise<Answer>,
  ) => ({
    ...{ title, operation, needs },
    ask: once(async () => {
      const answer = await ask(operation);
      expectStatus(answer, operation === 'invitations_create' ? 201 : 200);
      const isList = operation === 'invitations_list';
      return { answer, fields: isList ? itemIn(answer) : fieldsIn(answer) };
    }),
  });

  /** None of the checks changes them. */
  const sent = once(() => kit.sentInvitation({ role: 'CONTRIB' }));
  const bounced = once(() => kit.bouncedInvitation());
  const forInvitee = once(() => kit.invitationForInvitee());

  const accept = once(async () =>
    send('invitations_accept_create', { as: 'INVITEE', id: (await forInvitee()).id }),
  );
  const find = (email: string): Promise<Answer> => list({ email });
  const writeTo = async (operation: OperationId): Promise<Answer> => {
    const { id } = await createInvitation();
    const body = json({ email: address(), role: 'ADMIN' });
    return send(operation, { as: 'OWNER', id, body });
  };
  const [retrieving, listing] = ['invitations_retrieve', 'invitations_list'] as const;
  const accepted = async (): Promise<Invitation> => {
    const { id } = expectInvitation(await accept(), 200);
    return { ...(await forInvitee()), id };
  };
  const places = [
    ['a sent one', owner, sent],
    ['a bounced one', bouncing, bounced],
    ['an accepted one', invitee, accepted],
  ] as const;
  const samples = [
    ...invitingRoles.map((as) =>
      sample(`a create by ${as}`, operation, ['OWNER', as], () =>
        create({ email: address(as), role: 'VIEWER' }, as),
      ),
    ),
    sample('a PUT', 'invitations_update', owner, writeTo),
    sample('a PATCH', 'invitations_partial_update', owner, writeTo),
    sample('a resend', 'invitations_resend_create', owner, async () =>
      kit.resend((await createInvitation()).id),
    ),
    sample('an accept', 'invitations_accept_create', invitee, accept),
    ...places.flatMap(([which, needs, of]) => [
      sample(`a retrieve of ${which}`, retrieving, needs, async () => read((await of()).id)),
      sample(`a list of ${which}`, listing, needs, async () => find((await of()).email)),
    ]),
  ];

  for (const { title, operation, needs, ask } of samples) {
    for (const [id, [expected, look]] of byRule(looks)) {
      rule(id, `in the answer to ${title}`, { needs, operation }, async () => {
        const { answer, fields } = await ask();
        if (!look(fields)) disappoint(answer, expected);
      });
    }
    const inAnswer = `in the answer to ${title}`;
    rule('schema.url', inAnswer, { needs, operation }, async () => {
      const { answer, fields } = await ask();
      const { url, id } = fields;
      if (!isText(url) || !isText(id)) return disappoint(answer, 'an id and a url');
      const found = await request('GET', pathIn(url), { as: 'OWNER' });
      expectInvitation(found, 200, { id });
    });
    rule('schema.inviter-name', inAnswer, { needs, operation }, async () => {
      const { answer, fields } = await ask();
      const { inviter, inviter_name: name } = fields;
      if (!isText(inviter)) return disappoint(answer, 'an inviter');
      const user = await request('GET', pathIn(inviter), { as: 'OWNER' });
      expectStatus(user, 200);
      if (!isText(name) || !isRecord(user.json) || user.json['name'] !== name) {
        disappoint(answer, `the name of the user: ${user.text}`);
      }
    });
  }

  rule('schema.email', 'it is the invited one, also in the list', {}, async () => {
    const { id, email } = await sent();
    await retrieve(id, { email });
    const { email: listed } = itemIn(await find(email));
    if (listed !== email)
      throw new Error(`Expected ${email} in the list, but got ${String(listed)}`);
  });
  rule('schema.email', 'it is the one that was accepted', invitee, async () => {
    const { email } = expectInvitation(await accept(), 200);
    const invited = (await forInvitee()).email;
    if (email !== invited) throw new Error(`Expected ${invited}, but got ${email}`);
  });

  const firstPage = once(() => list());

  // What the target had before, if it had anything: it too has every field.
  for (const [id, [expected, look]] of byRule(looks)) {
    const title = 'in each item of the first page';
    rule(id, title, { operation: 'invitations_list' }, async () => {
      const answer = await firstPage();
      const results: unknown = isRecord(answer.json) ? answer.json['results'] : undefined;
      if (!Array.isArray(results)) return disappoint(answer, 'results');
      for (const item of results) {
        if (!isRecord(item) || !look(item))
          disappoint(answer, `${expected}: ${JSON.stringify(item)}`);
      }
    });
  }
  rule('schema.email-length', 'a create takes 254 characters', { operation }, async () => {
    const email = addressOfLength(254);
    const { id } = expectInvitation(await create({ email, role: 'VIEWER' }), 201, { email });
    await retrieve(id, { email });
  });
  rule('schema.email-length', 'a create refuses 255 characters', { operation }, async () => {
    expectRefusal(await create({ email: addressOfLength(255), role: 'VIEWER' }));
  });
});
