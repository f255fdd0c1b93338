// Faults in what goes over the wire: media types of requests and answers, and headers.
import { editFields, objectIn, refuse, withHeaders, withoutHeader } from './edit.ts';
import { instead, onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const create = 'invitations_create' as const;
const put = 'invitations_update' as const;
const patch = 'invitations_partial_update' as const;
const writing = [create, put, patch] as const;

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

const isOf =
  (type: string) =>
  ({ headers, body }: Ask): boolean =>
    body !== '' && (headers['content-type'] ?? '').startsWith(type);

const unsupported = (type: string): Readonly<Record<string, StartFault>> =>
  Object.fromEntries(
    writing.map((on) => [
      `does not take it at ${on}`,
      instead({ on, when: isOf(type) }, refuse(415)),
    ]),
  );

/** A body that is read, and nothing found in it. */
const overlooking = (type: string, empty: string): StartFault =>
  onAsk({ on: writing, when: isOf(type) }, (ask) => ({ ...ask, body: empty }));

const inJson = (
  type: string,
  read: (body: string) => Readonly<Record<string, string>>,
): StartFault =>
  onAsk({ on: writing, when: isOf(type) }, (ask) => ({
    ...ask,
    headers: { ...ask.headers, 'content-type': json },
    body: JSON.stringify(read(ask.body)),
  }));

const typed = (type: string, where: Where): StartFault =>
  onReply(where, withHeaders({ 'content-type': type }));

const hasBody: Where = { status: [200, 201, 400, 401, 403, 404, 405, 406, 415] };

const withoutAllow = (where: Where): StartFault => onReply(where, withoutHeader('allow'));

export const wireFormatMutants: readonly Mutant[] = [
  ...breaks('media-types.takes-json', {
    ...unsupported(json),
    'does not take it with a charset': onReply(
      { on: writing, when: ({ headers }) => headers['content-type'] === `${json}; charset=utf-8` },
      refuse(415),
    ),
    'looks at the address alone': onAsk({ on: [put, patch], when: isOf(json) }, (ask) =>
      'email' in objectIn(ask) ? editFields(ask, (fields) => ({ ...fields, role: 'VIEWER' })) : ask,
    ),
  }),
  ...breaks('media-types.takes-form', {
    ...unsupported(form),
    'finds nothing in it': overlooking(form, ''),
    'does not decode it': inJson(form, (body) =>
      Object.fromEntries(
        body.split('&').map((pair) => {
          const [name = '', value = ''] = pair.split('=');
          return [name, value];
        }),
      ),
    ),
  }),
  ...breaks('media-types.takes-multipart', {
    ...unsupported(multipart),
    'finds nothing in it': onAsk({ on: writing, when: isOf(multipart) }, (ask) => ({
      ...ask,
      headers: { ...ask.headers, 'content-type': json },
      body: '{}',
    })),
  }),
  ...breaks('media-types.answers-json', {
    'says text/plain': typed('text/plain', hasBody),
    'says text/html to a refused caller': typed('text/html', { status: 401 }),
    'says text/html where nothing is found': typed('text/html', { status: 404 }),
    'says octet-stream of the list': typed('application/octet-stream', { on: 'invitations_list' }),
    'says problem+json of a bad body': typed('application/problem+json', { status: 400 }),
    'says nothing of a new invitation': onReply(
      { on: create, status: 201 },
      withoutHeader('content-type'),
    ),
  }),
  ...breaks('headers.allow', {
    'is never there': withoutAllow({}),
    'begins with OPTIONS': onReply({}, (reply) =>
      withHeaders({ allow: `OPTIONS, ${reply.headers['allow'] ?? ''}` })(reply),
    ),
    'is not there at 200': withoutAllow({ status: 200 }),
    'is not there at 201': withoutAllow({ status: 201 }),
    'is not there at 204': withoutAllow({ status: 204 }),
    'is not there at 400': withoutAllow({ status: 400 }),
    'is not there at 401': withoutAllow({ status: 401 }),
    'is not there at 403': withoutAllow({ status: 403 }),
    'is not there at 404': withoutAllow({ status: 404 }),
    'is not there at 415': withoutAllow({ status: 415 }),
    'is not there at linked resources': withoutAllow({
      on: ['users_retrieve', 'memberships_retrieve', 'organizations_retrieve'],
    }),
  }),
  ...breaks('headers.for-browsers', {
    'lets others frame it': onReply({}, withoutHeader('x-frame-options')),
    'varies by nothing': onReply({}, withoutHeader('vary')),
    'lets types be guessed where it refuses': onReply(
      { status: 401 },
      withoutHeader('x-content-type-options'),
    ),
  }),
];
