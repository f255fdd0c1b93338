// What the baselines do with their invitations, as one writes it in an hour; how they speak HTTP is their own.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

type Invitation = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly email: string;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isInvitation = (value: unknown): value is Invitation =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['email'] === 'string';

export type Made = { readonly status: number; readonly body: object };

const [portText = '0', key = '', file = ''] = process.argv.slice(2);
export const port = Number(portText);
export const authorization = key;
export const listPath = '/api/v1/invitations/';

const base = `http://127.0.0.1:${port}`;
const pageSize = 50;
const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
const seeded = Array.isArray(data) ? data.filter(isInvitation) : [];
const invitations = new Map(seeded.map((invitation) => [invitation.id, invitation]));
const emails = new Set(seeded.map(({ email }) => email.toLowerCase()));
const [{ inviter, inviter_name, organization } = {}]: readonly Partial<Invitation>[] = seeded;

export const retrieve = (id: string): Invitation | undefined => invitations.get(id);

export const list = (query: URLSearchParams): object => {
  const filters = [...query].filter(([name]) => ['email', 'role', 'state'].includes(name));
  let found = [...invitations.values()];
  for (const [name, value] of filters) found = found.filter((each) => each[name] === value);
  const page = Number(query.get('page') ?? '1');
  const link = (to: number): string => {
    const parameters = new URLSearchParams([...filters, ['page', `${to}`]]);
    return `${base}${listPath}?${parameters.toString()}`;
  };
  return {
    count: found.length,
    next: page * pageSize < found.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: found.slice((page - 1) * pageSize, page * pageSize),
  };
};

export const create = (body: unknown): Made => {
  const { email, role } = isRecord(body) ? body : {};
  if (typeof email !== 'string' || typeof role !== 'string') {
    return { status: 400, body: { detail: 'Give email and role.' } };
  }
  if (emails.has(email.toLowerCase())) {
    return { status: 404, body: { detail: 'There is an invitation for this address.' } };
  }
  const id = randomUUID();
  const url = `${base}${listPath}${id}/`;
  const fixed = { state: 'pending', state_detail: '', membership: null };
  const invitation = { url, id, email, role, inviter, inviter_name, ...fixed, organization };
  invitations.set(id, invitation);
  emails.add(email.toLowerCase());
  return { status: 201, body: invitation };
};
