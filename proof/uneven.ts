// Faults in refusals that show in one media type or by one scheme alone, as where a gateway has a way for each.
import { isJwt } from './credentials.ts';
import { asOwner, refuse, withBody, withStatus } from './edit.ts';
import { onAsk, onReply } from './fault.ts';
import { breaks, type Ask, type Mutant } from './mutant.ts';

const create = 'invitations_create' as const;
const updates = ['invitations_update', 'invitations_partial_update'] as const;
const writing = [create, ...updates] as const;

const isOf =
  (type: string) =>
  ({ headers }: Ask): boolean =>
    (headers['content-type'] ?? '').startsWith(type);
const isForm = isOf('application/x-www-form-urlencoded');
const isMultipart = isOf('multipart/form-data');

export const unevenMutants: readonly Mutant[] = [
  ...breaks('create.role-above-own', {
    'does not look at the role in a form': onReply(
      { on: create, status: 403, when: isForm },
      asOwner,
    ),
  }),
  ...breaks('create.duplicate-address', {
    'answers 409 to multipart': onReply(
      { on: create, status: 404, when: isMultipart },
      withStatus(409),
    ),
  }),
  ...breaks('update.role-above-own', {
    'does not look at the role in multipart by a JWT': onReply(
      { on: updates, status: 403, when: (ask) => isMultipart(ask) && isJwt(ask) },
      asOwner,
    ),
  }),
  ...breaks('update.address-taken', {
    'answers 400 to a form': onReply({ on: updates, status: 404, when: isForm }, refuse(400)),
  }),
  ...breaks('errors.invalid-body', {
    'answers 422 to a form by a JWT': onReply(
      { on: writing, status: 400, when: (ask) => isForm(ask) && isJwt(ask) },
      withStatus(422),
    ),
  }),
  ...breaks('errors.body-too-large', {
    'answers 400 to multipart by a JWT': onReply(
      { on: writing, status: 413, when: (ask) => isMultipart(ask) && isJwt(ask) },
      withStatus(400),
    ),
  }),
  ...breaks('errors.not-acceptable', {
    'answers JSON all the same to a JWT at a resend': onAsk(
      { on: 'invitations_resend_create', when: isJwt },
      (ask) => ({ ...ask, headers: { ...ask.headers, accept: 'application/json' } }),
    ),
  }),
  ...breaks('errors.method-not-allowed', {
    'answers 404 to a JWT on the list': onReply(
      { status: 405, when: (ask) => isJwt(ask) && ask.path === '/api/v1/invitations/' },
      withStatus(404),
    ),
  }),
  ...breaks('list.filter-outside-enumeration', {
    'answers detail to a JWT': onReply(
      { on: 'invitations_list', status: 400, when: isJwt },
      withBody({ detail: 'Invalid.' }),
    ),
  }),
  ...breaks('pages.beyond-last', {
    'answers 400 to a JWT': onReply(
      { on: 'invitations_list', status: 404, when: isJwt },
      refuse(400),
    ),
  }),
];
