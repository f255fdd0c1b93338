// What an invitation links to: users, memberships, organizations. A client that follows a link gets an answer.
import { isUuid, type RuleId } from '../../spec/vocabulary.ts';
import { randomUUID } from 'node:crypto';
import type { Answer } from '../kit/client.ts';
import { linkedOperations } from '../operations.ts';
import { disappoint, expectDetail, expectStatus, pathIn } from '../expect.ts';
import { isRecord, isText } from '../invitation.ts';
import { invitee, bothOrganizations, invitingRoles, roles } from '../settings.ts';
import type { Caller, Need } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const fieldsOf = (answer: Answer): Readonly<Record<string, unknown>> =>
  isRecord(answer.json) ? answer.json : disappoint(answer, 'an object');

type Test = (value: unknown) => boolean;

const isUri: Test = (value) => isText(value) && URL.canParse(value);
const isEmail: Test = (value) => isText(value) && /^[^\s@]+@[^\s@]+$/.test(value);
const isTime: Test = (value) =>
  isText(value) && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
/** The family leaves zero microseconds out. */
const isPrecise: Test = (value) => isText(value) && /^[\d-]{10}T[\d:]{8}(\.\d{6})?Z$/.test(value);
const isOf =
  (collection: string): Test =>
  (value) =>
    isText(value) && isUri(value) && value.includes(`/api/v1/${collection}/`);

const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);

const times = { created_at: isTime, modified_at: orNull(isTime) };

export const checks = contract('linked', (kit) => {
  const { acceptedInvitation, createInvitation, once, request, rule, send, settings } = kit;

  const made = once(() => createInvitation());
  const accepted = once(() => acceptedInvitation());

  /** The answer at a link, which has to be what the link says: of that id, and at that address itself. */
  const follow = async (
    link: string | null,
    collection: string,
    as: Caller = 'OWNER',
  ): Promise<Answer> => {
    const path = pathIn(link ?? '');
    const [, id = ''] = new RegExp(`^/api/v1/${collection}/([^/]+)/$`).exec(path) ?? [];
    if (id === '')
      throw new Error(`Expected a link to one of ${collection}, but got ${String(link)}`);
    const answer = await request('GET', path, { as });
    expectStatus(answer, 200);
    const { id: found, url } = fieldsOf(answer);
    const isIt =
      String(found).toLowerCase() === decodeURIComponent(id).toLowerCase() &&
      pathIn(String(url)) === path;
    if (!isIt) disappoint(answer, `what has the id ${id}`);
    return answer;
  };

  rule('linked.times', 'of a user', {}, async () => {
    const answer = await follow((await made()).inviter, 'users');
    const { created_at: createdAt, modified_at: modifiedAt } = fieldsOf(answer);
    for (const time of [createdAt, modifiedAt]) {
      if (time !== null && !isPrecise(time))
        disappoint(answer, `microseconds, not ${JSON.stringify(time)}`);
    }
  });
  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    const needs = ['OWNER', as] as const;
    rule('linked.inviter', `${as} reads the OWNER's`, needs, async () => {
      await follow((await made()).inviter, 'users', as);
    });
    rule('linked.organization', `${as} reads it`, needs, async () => {
      await follow((await made()).organization, 'organizations', as);
    });
    rule('linked.membership', `${as} reads it`, [...invitee, as], async () => {
      await follow((await accepted()).membership, 'memberships', as);
    });
  }
  for (const as of [...invitingRoles, 'JWT', 'API_KEY'] as const) {
    const needs = ['OWNER', as] as const;
    rule('linked.inviter', `the OWNER reads ${as}'s, as ${as} does`, needs, async () => {
      const { inviter } = await createInvitation({ as });
      const [one, other] = [await follow(inviter, 'users'), await follow(inviter, 'users', as)];
      const [email, same] = [fieldsOf(one)['email'], fieldsOf(other)['email']];
      if (email !== same) disappoint(other, `the address ${String(email)}`);
    });
  }
  rule('linked.organization', 'so do strangers theirs', bothOrganizations, async () => {
    const { organization, inviter } = await createInvitation({ as: 'OUTSIDER' });
    await follow(organization, 'organizations', 'OUTSIDER');
    await follow(inviter, 'users', 'OUTSIDER');
  });
  rule('linked.membership', 'it is of the organization that invited', invitee, async () => {
    const { membership, organization } = await accepted();
    const answer = await follow(membership, 'memberships');
    const found = pathIn(String(fieldsOf(answer)['organization']));
    if (organization !== '' && found !== pathIn(organization)) {
      disappoint(answer, `the organization ${organization}`);
    }
  });
  rule('linked.membership', 'it is of the user who accepted', invitee, async () => {
    const { membership } = await accepted();
    const user = fieldsOf(await follow(membership, 'memberships'))['user'];
    const answer = await follow(String(user), 'users');
    const email = String(fieldsOf(answer)['email']);
    if (email.toLowerCase() !== settings.inviteeEmail?.toLowerCase()) {
      disappoint(answer, `the user with the address ${settings.inviteeEmail ?? ''}`);
    }
  });
  rule('linked.membership', 'reading the invitation has the same', invitee, async () => {
    const { id, membership } = await accepted();
    const answer = await kit.read(id);
    const found = fieldsOf(answer)['membership'];
    if (pathIn(String(found)) !== pathIn(membership ?? '')) {
      disappoint(answer, `the membership ${String(membership)}`);
    }
  });

  const ofEach = (
    id: RuleId,
    collection: string,
    needs: readonly Need[],
    link: () => Promise<string | null>,
    fields: Readonly<Record<string, Test>>,
  ): void => {
    const found = once(async () => follow(await link(), collection));
    for (const [name, test] of Object.entries(fields)) {
      rule(id, name, needs, async () => {
        const answer = await found();
        if (!test(fieldsOf(answer)[name])) disappoint(answer, `a proper ${name}`);
      });
    }
  };
  const membership = async () => (await accepted()).membership;
  ofEach('linked.user-fields', 'users', ['OWNER'], async () => (await made()).inviter, {
    ...{ url: isOf('users'), id: isText, name: orNull(isText), email: orNull(isEmail) },
    ...{ picture_url: orNull(isUri), ...times },
  });
  ofEach('linked.membership-fields', 'memberships', invitee, membership, {
    ...{ url: isOf('memberships'), id: isUuid, user: isOf('users') },
    organization: isOf('organizations'),
    role: (value) => roles.some((role) => role === value),
    ...times,
  });
  const organization = async () => (await made()).organization;
  ofEach('linked.organization-fields', 'organizations', ['OWNER'], organization, {
    ...{ url: isOf('organizations'), id: isText, name: isText },
    current: (value) => typeof value === 'boolean',
    ...times,
  });

  for (const operation of linkedOperations) {
    for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
      const options = { needs: [as], changes: false, operation };
      rule('linked.missing', `${operation} by ${as}`, options, async () => {
        expectDetail(await send(operation, { as, id: randomUUID() }), 404);
      });
    }
    rule('linked.missing', `${operation} of zeros`, { changes: false, operation }, async () => {
      const id = '00000000-0000-0000-0000-000000000000';
      expectDetail(await send(operation, { as: 'OWNER', id }), 404);
    });
    rule('linked.missing', `${operation} of an invitation's id`, { operation }, async () => {
      const { id } = await made();
      expectDetail(await send(operation, { as: 'OWNER', id }), 404);
    });
  }

  // To what was asked, so that a client that follows a link stays outside of the gateway, and on TLS. All other checks follow the
  // path of a link alone, from `/api/v1/` on; a target whose links lead elsewhere is told so here, once.
  rule('linked.same-origin', 'links lead to where the request went', {}, async () => {
    const those = [await createInvitation(), await createInvitation()];
    const { next, results } = await kit.page({ page_size: 1 });
    const { origin } = new URL(settings.target);
    const links = [next, ...[...those, ...results].flatMap((it) => [it.url, it.inviter])];
    const isAstray = (link: string | null): boolean =>
      link !== null && (new URL(link).origin !== origin || new URL(link).pathname.includes('//'));
    const astray = links.find(isAstray);
    if (astray !== undefined) {
      throw new Error(`Expected links to ${origin}, without a doubled slash, but got ${astray}`);
    }
  });
});
