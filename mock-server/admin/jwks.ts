// GET /_mock/jwks.json: the public key that a sandbox's JWTs are signed with (RFC 7517).
import { replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';

export const jwks: SandboxOperation = ({ hosted }) =>
  replyJson(200, hosted.tokens.jwks, { 'cache-control': 'max-age=60' });
