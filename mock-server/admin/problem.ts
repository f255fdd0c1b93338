// Errors of the testers' API: problem documents (RFC 9457).
import { replyJson, type Reply } from '../web/reply.ts';

export const problem = (
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Reply =>
  replyJson(
    status,
    { type: 'about:blank', title, status, detail },
    {
      ...headers,
      'content-type': 'application/problem+json',
    },
  );

export const badRequest = (detail: string): Reply => problem(400, 'Bad Request', detail);

export const notFound = (detail: string): Reply => problem(404, 'Not Found', detail);

export const conflict = (detail: string): Reply => problem(409, 'Conflict', detail);
