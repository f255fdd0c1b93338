// Which rules the ledger can no longer vouch for, and why, as a text.
import { CannotRun } from '../../settings/cannot-run.ts';
import { readRules, selectsAny, isSelected, toOrigin, type Rule } from '../catalog.ts';
import { readLedger, readVersion, type Entry, type Ledger, type TargetKind } from './ledger.ts';
import { groupBy } from '../report/group-by.ts';
import type { Version } from '../result.ts';

type Stale = { readonly rule: Rule; readonly reason: string };

type Measure = {
  readonly kind: TargetKind;
  readonly now: Date;
  readonly maxAgeMs: number;
  readonly version: Version;
};

const dayMs = 86_400_000;

const whyStale = ({ confirmed, failedAt }: Entry, measure: Measure): string | undefined => {
  const { kind, now, maxAgeMs, version } = measure;
  const target = kind === 'fake' ? 'the fake' : 'a deployment';
  if (failedAt !== undefined) return `failed on ${target} at the last run`;
  if (confirmed === undefined) return `never confirmed on ${target}`;
  if (confirmed.spec !== version.spec) return 'confirmed with another version of the spec';
  const ageMs = now.getTime() - Date.parse(confirmed.at);
  // A clock that was wrong must not make a confirmation last for ever.
  if (ageMs < -dayMs) return 'confirmed in the future, by the clock of that run';
  return ageMs > maxAgeMs
    ? `confirmed more than ${Math.round((maxAgeMs / dayMs) * 10) / 10} days ago`
    : undefined;
};

export const findStale = (
  ledger: Ledger,
  rules: readonly Rule[],
  measure: Measure,
): readonly Stale[] =>
  rules.flatMap((rule) => {
    const reason = whyStale(ledger.rules[rule.id]?.[measure.kind] ?? {}, measure);
    return reason === undefined ? [] : [{ rule, reason }];
  });

export type Question = {
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

const toSections = (stale: readonly Stale[]): readonly string[] =>
  [...groupBy(stale, ({ reason }) => reason)].flatMap(([reason, those]) => [
    `${those.length} ${reason}:`,
    ...those.map(({ rule }) => `  ${rule.id} (${toOrigin(rule)})`),
    '',
  ]);

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
