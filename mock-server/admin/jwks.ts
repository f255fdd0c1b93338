// GET /_mock/jwks.json: the public key that the server's JWTs are signed with (RFC 7517).
import { replyJson } from '../web/reply.ts';
import type { AdminOperation } from './context.ts';

export const jwks: AdminOperation = (context) =>
  replyJson(200, context.jwks, { 'cache-control': 'max-age=60' });
