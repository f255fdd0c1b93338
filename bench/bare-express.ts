// A baseline, run as a process of its own: the same invitations behind bare Express, as one writes it in an hour.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';

type Invitation = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly email: string;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isInvitation = (value: unknown): value is Invitation =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['email'] === 'string';

const [port = '0', key = '', file = ''] = process.argv.slice(2);
const base = `http://127.0.0.1:${port}`;
const pageSize = 50;
const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
const seeded = Array.isArray(data) ? data.filter(isInvitation) : [];
const invitations = new Map(seeded.map((invitation) => [invitation.id, invitation]));
const emails = new Set(seeded.map(({ email }) => email.toLowerCase()));
const [{ inviter, inviter_name, organization } = {}]: readonly Partial<Invitation>[] = seeded;

const app = express();

app.use((request, response, next) => {
  if (request.headers.authorization === key) next();
  else response.status(401).json({ detail: 'Invalid API key.' });
});

app.get('/api/v1/invitations/', (request, response) => {
  const { page: asked = '1', ...query } = request.query;
  const filters = Object.entries(query).filter(([name]) =>
    ['email', 'role', 'state'].includes(name),
  );
  let found = [...invitations.values()];
  for (const [name, value] of filters) found = found.filter((each) => each[name] === value);
  const page = Number(asked);
  const link = (to: number): string => {
    const parameters = new URLSearchParams({ ...Object.fromEntries(filters), page: `${to}` });
    return `${base}${request.path}?${parameters.toString()}`;
  };
  response.json({
    count: found.length,
    next: page * pageSize < found.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: found.slice((page - 1) * pageSize, page * pageSize),
  });
});

app.get('/api/v1/invitations/:id/', (request, response) => {
  const invitation = invitations.get(request.params.id);
  if (invitation === undefined) response.status(404).json({ detail: 'Not found.' });
  else response.json(invitation);
});

app.post('/api/v1/invitations/', express.json(), (request, response) => {
  const body: unknown = request.body;
  const { email, role } = isRecord(body) ? body : {};
  if (typeof email !== 'string' || typeof role !== 'string') {
    response.status(400).json({ detail: 'Give email and role.' });
    return;
  }
  if (emails.has(email.toLowerCase())) {
    response.status(404).json({ detail: 'There is an invitation for this address.' });
    return;
  }
  const id = randomUUID();
  const url = `${base}/api/v1/invitations/${id}/`;
  const fixed = { state: 'pending', state_detail: '', membership: null };
  const invitation = { url, id, email, role, inviter, inviter_name, ...fixed, organization };
  invitations.set(id, invitation);
  emails.add(email.toLowerCase());
  response.status(201).json(invitation);
});

app.listen(Number(port), '127.0.0.1');
