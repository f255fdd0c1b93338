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

export function badRequest(detail: string): Reply {
  return problem(400, 'Bad Request', detail);
}

export function notFound(detail: string): Reply {
  return problem(404, 'Not Found', detail);
}

export function conflict(detail: string): Reply {
  return problem(409, 'Conflict', detail);
}
