// GET /_mock/sandboxes/{name}/events: what happened since the sandbox opened, in order.
import type { Event } from '../../domain/events.ts';
import type { LoggedEvent } from '../sandbox/event-log.ts';
import { replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { toSnakeCase } from './snake-case.ts';
import { readQuery, text, whole } from './input.ts';

/** Keys are secrets, and nothing that happens after the start makes one. */
const presentEvent = ({ sequence, event }: LoggedEvent): object => {
  const { type, at, ...facts }: Event = event;
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) shown[toSnakeCase(name)] = value;
  return { sequence, type, at: new Date(at).toISOString(), ...shown };
};

export const listEvents: SandboxOperation = ({ hosted }, request) => {
  const input = readQuery(request);
  const after = input.read('after', whole(0, Number.MAX_SAFE_INTEGER)) ?? 0;
  const limit = input.read('limit', whole(1, 1_000)) ?? 100;
  const type = input.read('type', text(1, 100));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  hosted.sandbox.state();
  const kept = hosted.sandbox.events.list();
  const matching = kept.filter(
    ({ sequence, event }) => sequence > after && (type === undefined || event.type === type),
  );
  return replyJson(200, {
    count: matching.length,
    first: kept[0]?.sequence ?? null,
    last: kept.at(-1)?.sequence ?? null,
    events: matching.slice(0, limit).map(presentEvent),
  });
};
