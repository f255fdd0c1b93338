// Faults in what becomes of a bad body: another status than the contract's, another answer, or none.
import { editFields, objectIn, parse, refuse, withBody, withStatus, type Json } from './edit.ts';
import { onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const create = 'invitations_create' as const;
const put = 'invitations_update' as const;
const patch = 'invitations_partial_update' as const;
const writing = [create, put, patch] as const;

const typeOf = ({ headers }: Ask): string => (headers['content-type'] ?? '').split(';')[0] ?? '';
const isJson = (ask: Ask): boolean => typeOf(ask) === 'application/json';
const isKnownType = (ask: Ask): boolean =>
  ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', ''].includes(
    typeOf(ask),
  );
const isObject = (ask: Ask): boolean =>
  isJson(ask) && /^\s*\{/.test(ask.body) && parse(ask.body) !== undefined;
const isBroken = (ask: Ask): boolean =>
  isJson(ask) && ask.body !== '' && parse(ask.body) === undefined;
const isOtherJson = (ask: Ask): boolean =>
  isJson(ask) && parse(ask.body) !== undefined && !/^\s*\{/.test(ask.body);

const first = (errors: Json): Json => Object.fromEntries(Object.entries(errors).slice(0, 1));
const plain = (errors: Json): Json =>
  Object.fromEntries(
    Object.entries(errors).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

const invalid: Where = { on: writing, status: 400, when: isObject };
const inBody = (where: Where, change: (errors: Json) => Json): StartFault =>
  onReply(where, (reply) => withBody(change(objectIn(reply)))(reply));

/** Only where the fake would take the request: a fault of accepting, and not of the order of checks. */
const taking = (toFields: (ask: Ask) => Json, when: Where['when']): StartFault =>
  onReply({ on: writing, status: 400, when }, (_reply, ask, { next }) =>
    next({
      ...ask,
      headers: { ...ask.headers, 'content-type': 'application/json' },
      body: JSON.stringify(toFields(ask)),
    }),
  );

const firstOf = (ask: Ask): Json => {
  const value = parse(ask.body);
  return Array.isArray(value) ? objectIn({ body: JSON.stringify(value[0]) }) : {};
};

const known = [
  'email',
  'role',
  'url',
  'id',
  'inviter',
  'inviter_name',
  'state',
  'state_detail',
  'membership',
  'organization',
];

export const badBodyMutants: readonly Mutant[] = [
  ...breaks('errors.invalid-body', {
    'answers 422': onReply(invalid, withStatus(422)),
    'answers detail': onReply(invalid, withBody({ detail: 'Invalid.' })),
    'answers a sentence instead of a list': inBody(invalid, plain),
    'answers for the first field alone': inBody(invalid, first),
    'wraps it in errors': inBody(invalid, (errors) => ({ errors })),
    'answers detail at PATCH': onReply({ ...invalid, on: patch }, withBody({ detail: 'Invalid.' })),
    'takes an address without a domain': onAsk({ on: writing, when: isObject }, (ask) =>
      editFields(ask, (fields) =>
        typeof fields['email'] === 'string' && /^[^@]+@?$/.test(fields['email'])
          ? { ...fields, email: `${fields['email'].replace('@', '')}@example.com` }
          : fields,
      ),
    ),
    'takes an unknown role for VIEWER': onAsk({ on: writing, when: isObject }, (ask) =>
      editFields(ask, (fields) =>
        typeof fields['role'] === 'string' && !/^(OWNER|ADMIN|CONTRIB|VIEWER)$/.test(fields['role'])
          ? { ...fields, role: 'VIEWER' }
          : fields,
      ),
    ),
    'takes a role in small letters': onAsk({ on: writing, when: isObject }, (ask) =>
      editFields(ask, (fields) =>
        typeof fields['role'] === 'string'
          ? { ...fields, role: fields['role'].toUpperCase() }
          : fields,
      ),
    ),
  }),
  ...breaks('errors.unparsable-body', {
    'answers 500': onReply({ on: writing, status: 400, when: isBroken }, refuse(500)),
    'answers 422': onReply({ on: writing, status: 400, when: isBroken }, withStatus(422)),
    'takes it for nothing': taking(() => ({}), isBroken),
    'answers non_field_errors': onReply(
      { on: writing, status: 400, when: isBroken },
      withBody({ non_field_errors: ['Malformed.'] }),
    ),
  }),
  ...breaks('errors.no-body', {
    'answers 415': onReply({ on: writing, when: ({ body }) => body === '' }, refuse(415)),
    'answers detail': onReply(
      { on: writing, status: 400, when: ({ body }) => body === '' },
      refuse(400),
    ),
    'answers 411': onReply({ on: create, when: ({ body }) => body === '' }, refuse(411)),
    'answers 415 without a media type': onReply(
      { on: writing, when: (ask) => ask.body === '' && typeOf(ask) === '' },
      refuse(415),
    ),
  }),
  ...breaks('errors.not-an-object', {
    'answers detail': onReply({ on: writing, status: 400, when: isOtherJson }, refuse(400)),
    'answers 500': onReply({ on: writing, status: 400, when: isOtherJson }, refuse(500)),
    'takes the first of a list': taking(firstOf, (ask) => ask.body.startsWith('[')),
    'takes a scalar for nothing': taking(
      () => ({}),
      (ask) => isOtherJson(ask) && !ask.body.startsWith('['),
    ),
  }),
  ...breaks('errors.unknown-field', {
    'answers 400': onReply(
      {
        on: writing,
        when: (ask) => Object.keys(objectIn(ask)).some((name) => !known.includes(name)),
      },
      refuse(400, { colour: ['Unknown field.'] }),
    ),
    'refuses a state at a create': onReply(
      { on: create, status: 201, when: (ask) => 'state' in objectIn(ask) },
      refuse(400, { state: ['Read-only.'] }),
    ),
  }),
  ...breaks('errors.unsupported-media-type', {
    'answers 400': onReply({ on: writing, status: 415 }, withStatus(400)),
    'reads it as JSON': onAsk({ on: writing, when: (ask) => !isKnownType(ask) }, (ask) => ({
      ...ask,
      headers: { ...ask.headers, 'content-type': 'application/json' },
    })),
    'answers nothing': onReply({ on: writing, status: 415 }, withBody({})),
  }),
  ...breaks('errors.body-too-large', {
    'answers 400': onReply({ on: writing, status: 413 }, withStatus(400)),
    'says nothing': onReply({ on: writing, status: 413 }, withBody({})),
    'answers 500': onReply({ on: writing, status: 413 }, withStatus(500)),
  }),
];
