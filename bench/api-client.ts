// Reads a server's invitations before they are measured, and makes the requests of the loads from them.
import type { Load } from './load.ts';
import type { RunningServer } from './server-pool.ts';

export type Listed = { readonly id: string; readonly email: string };
export type Page = { readonly count: number; readonly results: readonly Listed[] };

export const listPath = '/api/v1/invitations/';
/** How many invitations a load that asks for single ones goes round. */
export const rotation = 50;

const isListed = (value: unknown): value is Listed =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'email' in value &&
  typeof value.email === 'string';

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  typeof value.count === 'number' &&
  'results' in value &&
  Array.isArray(value.results) &&
  value.results.every(isListed);

export const fetchText = async (server: RunningServer, path: string): Promise<string> => {
  const { name, url, authorization } = server;
  const response = await fetch(`${url}${path}`, { headers: { authorization } });
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${name} answered GET ${path} with ${response.status}: ${text.slice(0, 300)}`);
};

export const fetchPage = async (server: RunningServer, query = ''): Promise<Page> => {
  const text = await fetchText(server, `${listPath}${query}`);
  const page: unknown = JSON.parse(text);
  if (isPage(page)) return page;
  throw new Error(`${server.name} answered ${query} with no page: ${text.slice(0, 300)}`);
};

export const fetchInvitations = async (server: RunningServer): Promise<readonly Listed[]> => {
  const invitations: Listed[] = [];
  let count = 1;
  for (let page = 1; invitations.length < count; page += 1) {
    const { results, count: total } = await fetchPage(server, `?page=${page}`);
    invitations.push(...results);
    count = total;
  }
  return invitations;
};

export const listLoad = (name: string, queries: readonly string[] = ['']): Load => {
  const requests = queries.map(
    (query) => ({ method: 'GET', path: `${listPath}${query}` }) as const,
  );
  return { name, status: 200, requests };
};

export const retrieveLoad = (invitations: readonly Listed[]): Load => {
  const requests = invitations
    .slice(0, rotation)
    .map(({ id }) => ({ method: 'GET', path: `${listPath}${id}/` }) as const);
  return { name: 'retrieve', status: 200, requests };
};

/** Every request asks for an address that nobody has asked for in this run, if nobody has the name. */
export const createLoad = (name = 'bench'): Load => {
  let count = 0;
  return {
    name: 'create',
    status: 201,
    requests: [
      {
        method: 'POST',
        path: listPath,
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          count += 1;
          const body = `{"email":"${name}-${count}@example.com","role":"VIEWER"}`;
          return { ...request, body };
        },
      },
    ],
  };
};
