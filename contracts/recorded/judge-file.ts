// A file of recorded traffic: what it shows to be wrong, by cause, as a text.
import { judges } from '../../spec/judges.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import { CannotRun } from '../../settings/cannot-run.ts';
import { readRules } from '../catalog.ts';
import { isIn } from '../engine/selection.ts';
import { plural } from '../report/verdict.ts';
import { causesIn, toCauseLines, type Cause } from './causes.ts';
import { judgeTraffic, editionOf, readTraffic, type TrafficVerdict } from './judge-traffic.ts';

export type JudgeOptions = {
  readonly file: string;
  readonly isStrict: boolean;
  /** Of the contract; where it is not given, the answers show it. */
  readonly edition?: Edition | undefined;
  /** The servers whose answers are judged, as `api.example.com` or with a port; all of them when there are none. */
  readonly hosts?: readonly string[];
};

export type Judged = { readonly text: string; readonly isWrong: boolean };

const tell = (counts: readonly (readonly [number, string])[]): readonly string[] =>
  counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);

const tally = (verdict: TrafficVerdict): string => {
  const among = tell([
    [verdict.withoutBody, 'without a recorded body'],
    [verdict.cut, 'with a body that was cut'],
    [verdict.withoutHeaders, 'without all headers'],
  ]);
  return [
    `${plural(verdict.judged, 'exchange')} judged${among.length === 0 ? '' : ` (${among.join(', ')})`}`,
    ...tell([
      [verdict.passing, 'answered by a gateway in passing'],
      [verdict.unanswered, 'without an answer of their own'],
      [verdict.notAsked, 'that did not ask the server'],
      [verdict.elsewhere, 'about other things'],
      [verdict.unreadable.length, `that cannot be read: ${verdict.unreadable.join('; ')}`],
    ]),
  ].join(', ');
};

const toSection = (title: string, causes: readonly Cause[]): readonly string[] =>
  causes.length === 0
    ? []
    : [
        `${title}: ${plural(causes.length, 'probable cause')}`,
        '',
        ...causes.flatMap((cause) => [...toCauseLines(cause), '']),
      ];

const toText = (file: string, verdict: TrafficVerdict, edition: Edition): string => {
  const causes = causesIn(verdict.complaints);
  const violations = causes.filter(({ isViolation }) => isViolation);
  const divergences = causes.filter(({ isViolation }) => !isViolation);
  return [
    `The traffic in ${file}, judged by edition ${edition} of the contract`,
    '',
    ...toSection('Violates the contract', violations),
    ...toSection('Does other than assumed', divergences),
    tally(verdict),
    `${plural(violations.length, 'violation')}, ${plural(divergences.length, 'divergence')}`,
  ].join('\n');
};

/** Throws a CannotRun where there is nothing to judge. */
export const judgeFile = async ({
  file,
  isStrict,
  hosts = [],
  edition: told,
}: JudgeOptions): Promise<Judged> => {
  const entries = readTraffic(file, hosts);
  const edition = told ?? editionOf(entries);
  const rules = new Map([...readRules()].filter(([, rule]) => isIn(edition, rule)));
  const verdict = judgeTraffic(entries, await judges(edition), rules);
  if (verdict.judged === 0) {
    throw new CannotRun(
      `Nothing in ${file} is an answer of the Invitations API that can be judged: ${entries.length} in all, ${tally(verdict)}.`,
    );
  }
  return {
    text: toText(file, verdict, edition),
    isWrong: verdict.complaints.some(({ isViolation }) => isViolation || isStrict),
  };
};
