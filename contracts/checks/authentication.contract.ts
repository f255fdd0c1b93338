// Who is let in: the two schemes on every operation, and everything that only looks like a credential.
import type { RuleId } from '../../spec/vocabulary.ts';
import { randomUUID } from 'node:crypto';
import type { Answer, Asking } from '../kit/client.ts';
import { disappoint, expectDetail, expectStatus } from '../expect.ts';
import { isLinked } from '../kit/asking.ts';
import { commonOperations, operations, type OperationId } from '../operations.ts';
import { credentialNames, type Caller, type Need } from '../settings.ts';
import * as tokens from '../tokens.ts';
import { contract } from '../engine/contract.ts';
import { CouldNotRun } from '../engine/could-not-run.ts';

const misplaced = (secret: string, schemes: readonly string[], names: readonly string[]) => [
  ...schemes.map((scheme) => ({
    title: scheme === '' ? 'without a scheme' : `as ${scheme}`,
    asking: { authorization: `${scheme} ${secret}`.trim() },
  })),
  ...['X-Api-Key', 'X-Authorization', 'Cookie'].map((header) => ({
    title: `in ${header}`,
    asking: {
      as: 'NOBODY' as const,
      headers: { [header]: header === 'Cookie' ? `token=${secret}` : secret },
    },
  })),
  ...names.map((name) => ({
    title: `in the query as ${name}`,
    asking: { as: 'NOBODY' as const, query: { [name]: secret } },
  })),
];

const places = [
  ['authentication.api-key-value', 'API_KEY', ['', 'Bearer', 'Token', 'Key'], ['api_key', 'key']],
  ['authentication.jwt-value', 'JWT', ['', 'Api-Key', 'Token', 'Session'], ['access_token', 'jwt']],
] as const;

const { toAuthorization } = tokens;
const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;
const basic = `Basic ${Buffer.from('owner:secret').toString('base64')}`;

const wrong =
  (id: RuleId) =>
  (title: string, authorization: () => string, ...needs: readonly Need[]) => ({
    ...{ id, title, authorization, needs },
  });
type Wrong = ReturnType<ReturnType<typeof wrong>>;
const unknownScheme = wrong('authentication.unknown-scheme');
const wrongKey = wrong('authentication.wrong-key');
const malformed = wrong('authentication.malformed-jwt');
const expired = wrong('authentication.expired-jwt');
const wrongSignature = wrong('authentication.wrong-signature');

const text = (value: string): string => Buffer.from(value).toString('base64url');

const missing = wrong('authentication.missing')('none', () => '');

const expectChallenge = (answer: Answer): void => {
  if ((answer.headers['www-authenticate'] ?? '').trim() === '') {
    disappoint(answer, 'a WWW-Authenticate header');
  }
};

export const checks = contract('authentication', (kit) => {
  const { aside, bodyFor, createInvitation, once, rule, send, settings } = kit;

  const existing = once(() => createInvitation());

  /** On something that is there, so that nothing but the credentials can be what is refused. */
  const sendOnExisting = async (operation: OperationId, asking: Asking): Promise<Answer> => {
    const isOfOne = operations[operation].path.includes('{id}') && !isLinked(operation);
    const id = isOfOne ? (await existing()).id : randomUUID();
    return send(operation, { ...asking, id, body: bodyFor(operation) });
  };

  /** An operation that fails on whoever is not let in is told by its own rule, and not by each about credentials. */
  const excuseFailure = async (operation: OperationId, { status }: Answer): Promise<void> => {
    if (status < 500) return;
    const plain = await aside(() => sendOnExisting(operation, { as: 'NOBODY' }));
    if (plain.status < 500) return;
    throw new CouldNotRun(
      `${operation} answers ${plain.status} to whoever has no credentials. That is told by another rule.`,
    );
  };
  const sendRefused = async (operation: OperationId, asking: Asking): Promise<Answer> => {
    const answer = await sendOnExisting(operation, asking);
    await excuseFailure(operation, answer);
    return answer;
  };

  for (const [scheme, id] of [
    ['API_KEY', 'authentication.api-key'],
    ['JWT', 'authentication.jwt'],
  ] as const) {
    for (const operation of commonOperations) {
      rule(id, `${operation} recognizes the caller`, { needs: [scheme], operation }, async () => {
        const target = isLinked(operation)
          ? randomUUID()
          : (await createInvitation({ as: scheme })).id;
        const answer = await send(operation, { as: scheme, id: target, body: bodyFor(operation) });
        // What comes of an id that nothing has is [linked.missing].
        if (isLinked(operation) && answer.status === 401) disappoint(answer, 'another status');
        if (operation === 'invitations_accept_create') expectStatus(answer, 200, 403);
        else if (!isLinked(operation)) expectStatus(answer, 200, 201, 204);
      });
    }
  }

  for (const name of credentialNames) {
    const authorization = settings.credentials.get(name);
    if (authorization === undefined || name === 'EXPIRED') continue;
    const id = /^bearer/i.test(authorization) ? 'authentication.jwt' : 'authentication.api-key';
    rule(id, `CONTRACT_AUTH_${name} is recognized`, { needs: [], changes: false }, async () => {
      const answer = await send('invitations_list', { authorization });
      if (answer.status === 401)
        disappoint(answer, 'an answer to a known caller: is it still valid?');
    });
  }

  const withoutScheme = (caller: Caller): string =>
    (settings.credentials.get(caller) ?? '').replace(/^\S+\s+/, '');
  for (const [id, caller, schemes, names] of places) {
    for (const { title, asking } of misplaced(withoutScheme(caller), schemes, names)) {
      rule(id, `${title} it does not count`, { needs: [caller], changes: false }, async () => {
        // With which status credentials in a wrong place are refused is only assumed; so is 400 for an unknown parameter.
        const answer = await send('invitations_list', asking);
        if (answer.status < 400) disappoint(answer, '400 or 401 or 403');
      });
    }
  }

  const key = (): string => withoutScheme('API_KEY');
  const jwtCaller = settings.credentials.has('JWT') ? 'JWT' : 'INVITEE';
  const jwt = (): tokens.Token => tokens.toToken(settings.credentials.get(jwtCaller) ?? '');
  const badlySigned = (title: string, change: (token: tokens.Token) => tokens.Token): Wrong =>
    wrongSignature(title, () => toAuthorization(change(jwt())), jwtCaller);
  const ofExpired = (): string => settings.credentials.get('EXPIRED') ?? '';

  const revived = (): tokens.Token =>
    tokens.withOtherClaims(tokens.toToken(ofExpired()), { exp: inAnHour() });

  /** The first of each rule is tried on every operation, the others on the list. */
  const wrongs: readonly Wrong[] = [
    unknownScheme('Basic', () => basic),
    unknownScheme('Digest', () => 'Digest username="owner"'),
    unknownScheme('Token', () => 'Token 0123456789abcdef'),
    unknownScheme('one word', () => 'letmein'),
    wrongKey('a key that nobody has', () => `Api-Key ${randomUUID()}`),
    wrongKey('a key with more at its end', () => `Api-Key ${key()}x`, 'API_KEY'),
    wrongKey('a key without its end', () => `Api-Key ${key().slice(0, -1)}`, 'API_KEY'),
    wrongKey('the beginning of a key', () => `Api-Key ${key().slice(0, 8)}`, 'API_KEY'),
    wrongKey('no key', () => 'Api-Key'),
    malformed('one part', () => 'Bearer abc'),
    malformed('no token', () => 'Bearer'),
    malformed('three parts of nothing', () => 'Bearer ..'),
    malformed('parts that are no JSON', () => `Bearer ${text('a')}.${text('b')}.${text('c')}`),
    malformed(
      'a token without signature',
      () => `Bearer ${jwt().header}.${jwt().payload}`,
      jwtCaller,
    ),
    malformed('a token with a fourth part', () => `${toAuthorization(jwt())}.e30`, jwtCaller),
    malformed('two tokens', () => `${toAuthorization(jwt())} ${jwt().header}`, jwtCaller),
    expired('CONTRACT_AUTH_EXPIRED', ofExpired, 'EXPIRED'),
    badlySigned('another signature', tokens.withOtherSignature),
    badlySigned('no signature', (token) => ({ ...token, signature: '' })),
    badlySigned('a later expiry', (token) =>
      tokens.withOtherClaims(token, { exp: inAnHour() + 1e6 }),
    ),
    badlySigned('another subject', (token) => tokens.withOtherClaims(token, { sub: randomUUID() })),
    badlySigned('no expiry', (token) => tokens.withOtherClaims(token, { exp: undefined, iat: 0 })),
    ...['none', 'None', 'NONE', 'nOnE'].map((alg) =>
      badlySigned(`the algorithm "${alg}"`, (token) => tokens.unsigned(token, alg)),
    ),
    badlySigned('the algorithm "none" and the old signature', (token) => ({
      ...tokens.unsigned(token, 'none'),
      signature: token.signature,
    })),
    badlySigned('a key of our own', (token) => tokens.signedByStranger(token)),
    badlySigned('a key of our own, sent along', (token) =>
      tokens.signedByStranger(token, { offersKey: true }),
    ),
    badlySigned('an empty secret', (token) => tokens.signedWithSecret(token, '')),
    badlySigned('the secret "secret"', (token) => tokens.signedWithSecret(token, 'secret')),
    wrongSignature(
      'an expired token with a later expiry',
      () => toAuthorization(revived()),
      'EXPIRED',
    ),
  ];

  const isFirst = (one: Wrong, index: number): boolean =>
    wrongs.findIndex(({ id }) => id === one.id) === index;

  for (const operation of commonOperations) {
    const needs = ['OWNER'] as const;
    if (operation !== 'invitations_accept_create') {
      for (const [title, asking] of [
        [`${operation} without a header`, { as: 'NOBODY' }],
        [`${operation} with an empty one`, { authorization: '' }],
      ] as const) {
        rule('authentication.missing', title, { needs, operation }, async () => {
          expectStatus(await sendRefused(operation, asking), 401);
        });
      }
    }
    for (const { id, title, authorization, needs: own } of wrongs.filter(isFirst)) {
      rule(id, `${operation} with ${title}`, { needs: [...needs, ...own], operation }, async () => {
        expectStatus(await sendRefused(operation, { authorization: authorization() }), 401);
      });
    }
    rule('authentication.challenge', operation, { needs, operation }, async () => {
      const answer = await sendRefused(operation, { authorization: basic });
      expectStatus(answer, 401);
      expectChallenge(answer);
    });
    rule('authentication.detail', operation, { needs, operation }, async () => {
      expectDetail(await sendRefused(operation, { authorization: basic }), 401);
    });
  }

  for (const [index, one] of [missing, ...wrongs].entries()) {
    const { id, title, authorization, needs } = one;
    const list = (): Promise<Answer> =>
      sendRefused('invitations_list', { authorization: authorization() });
    const options = { needs, changes: false };
    if (index > 0 && !isFirst(one, index - 1)) {
      rule(id, title, options, async () => {
        expectStatus(await list(), 401);
      });
    }
    rule('authentication.challenge', `for ${title} (${id})`, options, async () => {
      expectChallenge(await list());
    });
    rule('authentication.detail', `for ${title} (${id})`, options, async () => {
      expectDetail(await list(), 401);
    });
  }
});
