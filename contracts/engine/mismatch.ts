// Which status a fault tells of and which was due, and what was asked: of its exchange, or as its words have it.
import type { Fault } from './events.ts';
import { operationOf } from './located.ts';
import { withoutIds } from './without-ids.ts';

const placeOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${withoutIds(path)}`;

const mismatch = /expected ((?:one of )?\d{3}(?:, \d{3})*)(?: and [^,]*)?, but got (\d{3})\b/;

export const askedAt = (method: string, url: string): string => {
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/s, '');
  const at = path.indexOf('/api/v1/');
  const asked = { method, path: at < 0 ? path : path.slice(at), operation: undefined };
  return operationOf(asked) ?? placeOf(asked);
};

const itemPath = /^(\/api\/v1\/\w+\/)[^/?]+/;

export const templateOf = (path: string): string =>
  path.replace(/\?.*$/s, '').replace(itemPath, '$1{id}');

/** `POST /api/v1/invitations/ as OWNER: expected 201, but got 200` without an exchange at hand. */
const said = /^(\S+) (\S+) as [^:]+: /;

/** `isUnlike`: the status is none of those that were due. Without an operation nothing tells what was asked. */
export const mismatchOf = ({ message, exchange, finding }: Fault) => {
  const [, due = '', got = ''] = mismatch.exec(message) ?? [];
  const [, method = '', path = ''] = said.exec(message) ?? [];
  const asked = exchange ?? { method, path, status: Number(got) };
  const isSaid = exchange === undefined;
  const operation = isSaid ? askedAt(method, path) : (operationOf(exchange) ?? placeOf(exchange));
  const isOfStatus = due !== '' && got === String(asked.status) && !due.split(', ').includes(got);
  return {
    ...{ method: asked.method, path: asked.path, status: asked.status, due },
    operation: isSaid && path === '' ? undefined : operation,
    isUnlike: isOfStatus && finding === undefined,
  };
};
