// What a deployment may do differently and be right all the same, as faults that are none.
import { isRecord } from '../contracts/invitation.ts';
import { roles } from '../contracts/settings.ts';
import { askAs, objectIn, parse, refusal, setting, withBody, withHeaders } from './edit.ts';
import { idIn, onReply } from './fault.ts';
import { lookUp } from './look.ts';
import type { Ask, Reply, StartFault } from './mutant.ts';
import type { Env } from './deployment.ts';

export const waiting =
  (ms: number) =>
  (env: Env): Env => ({ ...env, CONTRACT_TIMEOUT: String(ms) });

const reworded = (value: unknown): unknown => {
  if (typeof value === 'string') return 'Das geht hier nicht.';
  if (Array.isArray(value)) return value.map(reworded);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, reworded(one)]))
    : value;
};

export const rewording: StartFault = onReply({}, (reply) => {
  if (reply.status < 400) return reply;
  const value = parse(reply.body);
  return value === undefined ? reply : withBody(reworded(value))(reply);
});

export const replacingHost = (text: string, ask: Ask, other: string): string =>
  text.replaceAll(`http://${ask.headers['host'] ?? ''}`, other);

export const prefix = '/team/invitations-service';

export const prefixed: StartFault = () => async (ask, next) => {
  if (!ask.path.startsWith(prefix)) return refusal(404);
  const reply = await next({ ...ask, path: ask.path.slice(prefix.length) });
  const own = `http://${ask.headers['host'] ?? ''}`;
  return { ...reply, body: replacingHost(reply.body, ask, `${own}${prefix}`) };
};

export const deliveringFirst: StartFault = onReply(
  {
    on: ['invitations_resend_create', 'invitations_update', 'invitations_partial_update'],
    status: 200,
  },
  async (reply, ask, tools) => {
    const found = await lookUp(idIn(ask), ask, tools);
    const { state, state_detail } = objectIn(found);
    // Meanwhile it may have been deleted.
    return found.status === 200 ? setting({ state, state_detail })(reply) : reply;
  },
);

/** What others do on the same deployment, between our requests. */
export const busy: StartFault = (world) => {
  let count = 0;
  const made: string[] = [];
  return async (ask, next) => {
    count += 1;
    const { accept, host } = ask.headers;
    const quiet = { ...ask, headers: { accept: accept ?? '*/*', host: host ?? '' }, body: '' };
    const others = askAs({ ...quiet, path: '/api/v1/invitations/' }, 'ADMIN', world);
    if (count % 25 === 0) {
      const body = JSON.stringify({ email: `other-${count}@example.org`, role: 'CONTRIB' });
      const headers = { ...others.headers, accept: '*/*', 'content-type': 'application/json' };
      const reply = await next({ ...others, method: 'POST', headers, body });
      made.push(String(objectIn(reply)['id']));
    }
    if (count % 40 === 0 && made.length > 0) {
      await next({ ...others, method: 'DELETE', path: `${others.path}${made.shift() ?? ''}/` });
    }
    return next(ask);
  };
};

export const throttling: StartFault = () => {
  let count = 0;
  return (ask, next) => {
    count += 1;
    return count % 30 === 0 ? withHeaders({ 'retry-after': '0' })(refusal(429)) : next(ask);
  };
};

export const html: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', allow: 'GET, HEAD, OPTIONS' },
  body: '<!doctype html><title>Invitations</title>',
};

export const membershipBefore: StartFault = (world) => {
  let joined: Promise<unknown> | undefined;
  return async (ask, next) => {
    const path = '/api/v1/invitations/';
    const base = { ...ask, headers: { 'content-type': 'application/json' }, method: 'POST' };
    const join = async (): Promise<void> => {
      const body = JSON.stringify({ email: world.inviteeEmail, role: 'CONTRIB' });
      const id = String(objectIn(await next(askAs({ ...base, path, body }, 'OWNER', world)))['id']);
      await next(askAs({ ...base, path: `${path}${id}/accept/`, body: '' }, 'INVITEE', world));
      await next(
        askAs({ ...base, method: 'DELETE', path: `${path}${id}/`, body: '' }, 'OWNER', world),
      );
    };
    await (joined ??= join());
    return next(ask);
  };
};

export const onlyJwts = (env: Env): Env => ({
  ...env,
  ...Object.fromEntries(
    roles.map((role) => [`CONTRACT_AUTH_${role}`, env[`CONTRACT_AUTH_${role}_JWT`]]),
  ),
  ...Object.fromEntries(roles.map((role) => [`CONTRACT_AUTH_${role}_JWT`, undefined])),
});

export const keeping =
  (...names: readonly string[]) =>
  (env: Env): Env =>
    Object.fromEntries(
      Object.entries(env).filter(
        ([name]) => !name.startsWith('CONTRACT_') || names.includes(name.slice(9)),
      ),
    );

export const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, one]) => [name, reversed(one)]),
      )
    : value;
};
