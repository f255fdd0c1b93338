// Which rules have gone without confirmation for too long, as a text.
import { CannotRun } from '../../settings/cannot-run.ts';
import { readRules, selectsAny, isSelected, toOrigin, type Rule } from '../catalog.ts';
import { readLedger, type TargetKind } from './ledger.ts';
import { findStale, type Stale } from './staleness.ts';
import { readVersion } from './version.ts';

export type Question = {
  /** Of the ledger. */
  readonly file: string;
  /** Where the rules have to be confirmed. */
  readonly kind: TargetKind;
  readonly maxAgeMs: number;
  /** Rules or topics that no run can confirm there. */
  readonly except: readonly string[];
};

const withoutExceptions = (
  rules: ReadonlyMap<string, Rule>,
  except: readonly string[],
): readonly Rule[] => {
  const unknown = except.find((word) => !selectsAny(word, rules));
  if (unknown !== undefined) {
    throw new CannotRun(`--except ${unknown}: there is no such rule or topic in spec/rules.yaml.`);
  }
  return [...rules.values()].filter((rule) => except.length === 0 || !isSelected(except, rule));
};

const toSections = (stale: readonly Stale[]): readonly string[] => {
  const reasons = [...new Set(stale.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => {
    const rules = stale.filter((it) => it.reason === reason).map(({ rule }) => rule);
    return [
      `${rules.length} ${reason}:`,
      ...rules.map((rule) => `  ${rule.id} (${toOrigin(rule)})`),
      '',
    ];
  });
};

/** Throws a CannotRun where there is no ledger, or none that can be read. */
export const tellStaleRules = ({ file, kind, maxAgeMs, except }: Question) => {
  const rules = withoutExceptions(readRules(), except);
  const ledger = readLedger(file);
  if (ledger === undefined) {
    throw new CannotRun(
      `There is no ledger at ${file}: a run of the contract suites writes it. Run them, or give its file with --ledger.`,
    );
  }
  const measure = { kind, maxAgeMs, now: new Date(), version: readVersion() };
  const stale = findStale(ledger, rules, measure);
  const where = kind === 'fake' ? 'the fake' : 'a deployment';
  const summary = `${rules.length - stale.length} of ${rules.length} rules confirmed on ${where}, ${stale.length} stale`;
  return { text: [...toSections(stale), summary].join('\n'), stale: stale.length };
};
