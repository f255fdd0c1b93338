// GET /_mock/jwks.json: the public key that a sandbox's JWTs are signed with (RFC 7517).
import * as v from 'valibot';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { nothing } from './takes.ts';

const Jwks = named(
  'Jwks',
  'A key set (RFC 7517).',
  object({
    keys: v.pipe(
      v.array(
        object({
          kty: v.literal('EC'),
          crv: v.literal('P-256'),
          x: v.string(),
          y: v.string(),
          kid: v.string(),
          alg: v.literal('ES256'),
          use: v.literal('sig'),
        }),
      ),
      v.minLength(1),
    ),
  }),
);

export const jwks = sandboxEndpoint({
  id: 'jwks_retrieve',
  tag: 'identity',
  summary: 'Get the public key of the JWTs',
  description: 'RFC 7517. Pages of the origins that `--cors-origins` allows may read it.',
  takes: nothing,
  answers: { 200: { description: 'The keys.', schema: Jwks } },
  handle: ({ hosted }) => replyJson(200, hosted.tokens.jwks, { 'cache-control': 'max-age=60' }),
});
