// Recorded traffic judged: each exchange by the spec, and by the rules that one exchange alone can show to be broken.
import type { Judge } from '../../spec/judge.ts';
import { isDocumented, type Rule } from '../catalog.ts';
import type { HarEntry } from './har.ts';
import { invitations } from './invitations.ts';
import { lists } from './lists.ts';
import { toRecorded, type Recorded } from './recorded.ts';
import { refusals } from './refusals.ts';
import { ruleOfFinding } from './spec-rules.ts';

export type Complaint = {
  readonly entry: HarEntry;
  /** Undefined where it is the spec alone that says so. */
  readonly rule: Rule | undefined;
  readonly isViolation: boolean;
  readonly message: string;
};

export type Verdict = {
  readonly complaints: readonly Complaint[];
  readonly judged: number;
  /** Requests for other things than the contract is about, and preflights. */
  readonly ignored: number;
  /** Without an answer, or with one out of a cache. */
  readonly unanswered: number;
  /** Judged without a body, for the recording has none. */
  readonly withoutBody: number;
};

const rulesOfOne = [...refusals, ...lists, ...invitations];

const bySpec = ({ entry, path }: Recorded, judge: Judge) => {
  const { method, url, status, headers, body } = entry;
  const response = { status, headers, ...(body === undefined || body === '' ? {} : { body }) };
  return judge
    .response({ method, target: `${path}${url.search}` }, response)
    .filter(({ severity }) => severity !== 'information')
    .filter(({ location }) => body !== undefined || location[1] !== 'body');
};

const judgeOne = (
  exchange: Recorded,
  judge: Judge,
  rules: ReadonlyMap<string, Rule>,
): readonly Complaint[] => {
  const { entry } = exchange;
  const complaints = new Map<string, Complaint>();
  for (const { rule: id, wrong } of rulesOfOne) {
    const message = wrong(exchange);
    const rule = rules.get(id);
    if (message === undefined || rule === undefined || complaints.has(id)) continue;
    complaints.set(id, { entry, rule, isViolation: isDocumented(rule), message });
  }
  for (const finding of bySpec(exchange, judge)) {
    const rule = rules.get(ruleOfFinding(finding, exchange) ?? '');
    const key = rule?.id ?? finding.message;
    if (complaints.has(key)) continue;
    // What success looks like is documented; what a failure looks like is for the most part assumed.
    const isViolation = rule === undefined ? entry.status < 300 : isDocumented(rule);
    complaints.set(key, { entry, rule, isViolation, message: finding.message });
  }
  return [...complaints.values()];
};

/** A browser's own question before it lets a page ask; the contract says nothing of it. */
const isPreflight = ({ method }: HarEntry): boolean => method === 'OPTIONS';

const isAnswered = ({ status }: HarEntry): boolean => status >= 200 && status !== 304;

export const judgeTraffic = (
  entries: readonly HarEntry[],
  judge: Judge,
  rules: ReadonlyMap<string, Rule>,
): Verdict => {
  const relevant = entries
    .filter((entry) => !isPreflight(entry))
    .map(toRecorded)
    .filter((exchange) => exchange !== undefined);
  const judged = relevant.filter(({ entry }) => isAnswered(entry));
  return {
    complaints: judged.flatMap((exchange) => judgeOne(exchange, judge, rules)),
    judged: judged.length,
    ignored: entries.length - relevant.length,
    unanswered: relevant.length - judged.length,
    withoutBody: judged.filter(({ entry }) => entry.body === undefined).length,
  };
};
