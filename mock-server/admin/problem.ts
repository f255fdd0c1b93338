// Errors of the testers' API: problem documents (RFC 9457).
import { replyJson, type Reply } from '../web/reply.ts';

export function problem(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return replyJson(
    status,
    { type: 'about:blank', title, status, detail },
    {
      ...headers,
      'content-type': 'application/problem+json',
    },
  );
}
