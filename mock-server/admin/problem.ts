// Errors of the testers' API: problem documents (RFC 9457).
import * as v from 'valibot';
import { replyJson, type Reply } from '../web/reply.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { told, whole } from './schema/values.ts';

const words = v.pipe(v.string(), v.minLength(1));

named(
  'Problem',
  'What went wrong (RFC 9457).',
  object({
    type: told('The status says what kind of problem it is.', v.literal('about:blank')),
    title: told('The status in words.', words),
    status: told('The status of the answer.', whole(400, 599)),
    detail: told('What was wrong, with which value, and what would be right.', words),
  }),
);

export const problem = (
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Reply =>
  replyJson(
    status,
    { type: 'about:blank', title, status, detail },
    { ...headers, 'content-type': 'application/problem+json' },
  );

export const badRequest = (detail: string): Reply => problem(400, 'Bad Request', detail);

export const notFound = (detail: string): Reply => problem(404, 'Not Found', detail);

export const conflict = (detail: string): Reply => problem(409, 'Conflict', detail);

/** The connection ends with it: what is still under way is not read. */
export const tooLarge = (mostBytes: number): Reply =>
  problem(
    413,
    'Content Too Large',
    `The body is larger than ${mostBytes} bytes, the most that this server reads.`,
    { connection: 'close' },
  );

export const unsupported = (detail: string): Reply =>
  problem(415, 'Unsupported Media Type', detail);
