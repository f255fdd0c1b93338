// Recorded traffic, as far as it is about the API, judged: each exchange by the spec, and by the rules that one exchange alone can show to be broken.
import type { Judge } from '../../spec/judge.ts';
import { answerRule, ruleOfFinding } from '../../spec/rule-of-finding.ts';
import { isDocumented, type Rule } from '../catalog.ts';
import { hasFailed } from '../failure.ts';
import { readEntries, type HarEntry, type ReadEntry } from './har.ts';
import { invitations } from './invitations.ts';
import { lists } from './lists.ts';
import { failuresThatStay, isForeignPage } from './outages.ts';
import { toRecorded, isOfContract, type Recorded } from './recorded.ts';
import { refusals } from './refusals.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import { CannotRun } from '../../settings/cannot-run.ts';
import { sightFields, toEdition } from '../engine/edition.ts';
import { readHarFile } from './har-file.ts';

export type Complaint = {
  readonly exchange: Recorded;
  /** Undefined where it is the spec alone that says so. */
  readonly rule: Rule | undefined;
  readonly isViolation: boolean;
  readonly message: string;
};

const rulesOfOne = [...refusals, ...lists, ...invitations];

const bySpec = ({ entry, path }: Recorded, judge: Judge) => {
  const { method, url, status, headers, hasAllHeaders, body } = entry;
  const response = { status, headers, ...(body === undefined || body === '' ? {} : { body }) };
  const isShown = ([, part, name]: readonly string[]): boolean => {
    if (part === 'body') return body !== undefined;
    return part !== 'header' || hasAllHeaders || headers[name ?? ''] !== undefined;
  };
  return judge
    .response({ method, target: `${path}${url.search}` }, response)
    .filter(({ severity, location }) => severity !== 'information' && isShown(location));
};

const judgeOne = (
  exchange: Recorded,
  judge: Judge,
  rules: ReadonlyMap<string, Rule>,
): readonly Complaint[] => {
  const complaints = new Map<string, Complaint>();
  const complain = (id: string | undefined, message: string): void => {
    const rule = rules.get(id ?? '');
    const key = rule?.id ?? message;
    if (complaints.has(key)) return;
    const isViolation = rule !== undefined && isDocumented(rule);
    complaints.set(key, { exchange, rule, isViolation, message });
  };
  for (const { rule, wrong } of rulesOfOne) {
    const message = wrong(exchange);
    if (typeof message === 'string' && rules.has(rule)) complain(rule, message);
  }
  const { status, body = '' } = exchange.entry;
  const about = { operation: exchange.operation, status, text: body };
  for (const finding of bySpec(exchange, judge)) {
    // Of a method that a path does not have, no other rule speaks.
    const ofMethod = exchange.operation === undefined ? 'errors.method-not-allowed' : undefined;
    complain(ruleOfFinding(finding, about) ?? ofMethod, finding.message);
  }
  return [...complaints.values()];
};

const isAnswered = ({ status }: HarEntry): boolean => status >= 200 && status !== 304;

export const judgeTraffic = (
  entries: readonly ReadEntry[],
  judge: Judge,
  rules: ReadonlyMap<string, Rule>,
) => {
  const count = (kind: ReadEntry['kind']): number =>
    entries.filter((entry) => entry.kind === kind).length;
  const exchanges = entries.flatMap((it) => (it.kind === 'exchange' ? [toRecorded(it.entry)] : []));
  const answered = exchanges.filter(({ entry }) => isAnswered(entry));
  const failures = answered.filter(({ entry }) => hasFailed(entry.status));
  const staying = failuresThatStay(answered);
  const own = answered.filter(({ entry }) => !hasFailed(entry.status));
  const judged = own.filter((exchange) => !isForeignPage(exchange, answered));
  const countJudged = (holds: (entry: HarEntry) => boolean): number =>
    judged.filter(({ entry }) => holds(entry)).length;
  return {
    complaints: [
      ...staying.map((exchange) => ({
        exchange,
        rule: rules.get(answerRule(exchange.operation) ?? ''),
        isViolation: true,
        message: `the server failed: ${exchange.entry.status}`,
      })),
      ...judged.flatMap((exchange) => judgeOne(exchange, judge, rules)),
    ],
    judged: judged.length + staying.length,
    /** Requests for other things than the contract is about, and preflights. */
    elsewhere: count('elsewhere'),
    /** Without an answer, or with one that says that nothing has changed. */
    unanswered: exchanges.length - answered.length,
    /** Answered out of a cache, or by a test in the place of the server. */
    notAsked: count('not asked'),
    /** Failures of the server that went away when it was asked again, and refusals of what stands before it. */
    passing: failures.length - staying.length + own.length - judged.length,
    /** Judged without what the recording has not, or has a part of. */
    withoutBody: countJudged(({ body, isCut }) => body === undefined && !isCut),
    cut: countJudged(({ isCut }) => isCut),
    withoutHeaders: countJudged(({ hasAllHeaders }) => !hasAllHeaders),
    unreadable: entries.flatMap((it) => (it.kind === 'unreadable' ? [it.reason] : [])),
  };
};

export type TrafficVerdict = ReturnType<typeof judgeTraffic>;

const isHost = (url: URL, host: string): boolean =>
  [url.host, url.hostname].includes(host.trim().toLowerCase());

/** `hosts` are the servers that count; all of them when there are none. Throws a CannotRun. */
export const readTraffic = (file: string, hosts: readonly string[]): readonly ReadEntry[] => {
  const seen = new Set<string>();
  const entries = readEntries(readHarFile(file), (url, method) => {
    if (!isOfContract(url, method)) return false;
    seen.add(url.host);
    return hosts.length === 0 || hosts.some((host) => isHost(url, host));
  });
  if (seen.size > 0 && entries.every(({ kind }) => kind === 'elsewhere')) {
    throw new CannotRun(
      `Nothing in ${file} was asked of ${hosts.join(' or ')} (--host): the API's paths were asked of ${[...seen].join(', ')}.`,
    );
  }
  return entries;
};

/** As far as the answers show it. */
export const editionOf = (entries: readonly ReadEntry[]): Edition =>
  toEdition(
    sightFields(
      entries.flatMap((it) =>
        it.kind === 'exchange' && it.entry.status < 300 ? [it.entry.body ?? ''] : [],
      ),
    ),
  );
