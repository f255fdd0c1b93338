// The testers' API over HTTP, typed by its spec. What is refused becomes an AdminError.
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from '../admin/testers-api.gen.ts';
import { toAdminError, toUnreachable } from './admin-error.ts';

export type Wire = Client<paths>;

const explain: Middleware = {
  onResponse: async ({ request, response }) => {
    if (response.ok) return undefined;
    const problem: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw toAdminError(`${request.method} ${request.url}`, response, problem);
  },
  onError: ({ request, error }) => toUnreachable(`${request.method} ${request.url}`, error),
};

/** What sends a request, in the place of the global `fetch`. */
export type Send = (request: Request) => Promise<Response>;

/** `url` is the server's address without `/_mock`. */
export const createWire = (url: string, adminToken: string | null, send?: Send): Wire => {
  const wire = createClient<paths>({
    baseUrl: `${url}/_mock`,
    ...(send === undefined ? {} : { fetch: send }),
    headers: adminToken === null ? {} : { authorization: `Bearer ${adminToken}` },
  });
  wire.use(explain);
  return wire;
};

/** The body of an answer that has one. */
export const dataOf = async <Data>(
  answer: Promise<{ readonly data?: Data; readonly response: Response }>,
): Promise<NonNullable<Data>> => {
  const { data, response } = await answer;
  if (data !== undefined && data !== null) return data;
  throw toAdminError(response.url, response, undefined);
};
