// A recorded exchange as the rules look at it: which operation it is, what was asked, what came.
import { parse } from '../engine/reply.ts';
import { isRecord, type Json } from '../invitation.ts';
import { operations, patterns } from '../operations.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import type { HarEntry } from './har.ts';
import { readFields } from './bodies.ts';

/** A path that is spelled out is no id of another. */
const routesOf = (path: string): typeof patterns => {
  const matching = patterns.filter(({ pattern }) => pattern.test(path));
  const spelled = matching.filter(({ id }) => operations[id].path === path);
  return spelled.length > 0 ? spelled : matching;
};

/** A deployment may stand below a path of its own. */
const pathOf = (url: URL): string | undefined => {
  const start = url.pathname.indexOf('/api/v1/');
  return start < 0 || !url.protocol.startsWith('http') ? undefined : url.pathname.slice(start);
};

/** Whether a path is one of the contract's. A preflight is a browser's own question, of which the contract says nothing. */
export const isOfContract = (url: URL, method: string): boolean => {
  const path = pathOf(url);
  return method !== 'OPTIONS' && path !== undefined && routesOf(path).length > 0;
};

/** Takes an entry whose path is one of the contract's. */
export const toRecorded = (entry: HarEntry) => {
  const path = pathOf(entry.url) ?? '';
  const matching = routesOf(path);
  const [first] = matching;
  // HEAD is its GET without the body.
  const method = entry.method === 'HEAD' ? 'GET' : entry.method;
  const value = parse(entry.body ?? '');
  return {
    entry,
    /** From `/api/v1/` on, without the query. */
    path,
    /** The path with `{id}` in the place of an id, and what it has there. */
    template: first === undefined ? path : operations[first.id].path,
    id: first?.pattern.exec(path)?.[1] ?? '',
    /** Undefined when the path has no operation of that method. */
    operation: matching.find((route) => route.method === method)?.id,
    methods: matching.map((route) => route.method),
    sent: readFields(entry.requestBody),
    json: isRecord(value) ? value : undefined,
  };
};

export type Recorded = Readonly<ReturnType<typeof toRecorded>>;

export const invitationsIn = ({ operation, json, entry }: Recorded): readonly Json[] => {
  if (json === undefined || entry.status > 299 || operation?.startsWith('invitations') !== true) {
    return [];
  }
  if (operation !== 'invitations_list') return [json];
  const { results } = json;
  return Array.isArray(results) ? results.filter(isRecord) : [];
};

/** What is wrong, in a few words; nothing when nothing is, or when the exchange does not show it. */
export type Complained = string | false | undefined;

export type RecordedRule = {
  readonly rule: RuleId;
  readonly wrong: (exchange: Recorded) => Complained;
};

export const brokenBy = (rule: RuleId, wrong: RecordedRule['wrong']): RecordedRule => ({
  rule,
  wrong,
});

export const show = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value);
