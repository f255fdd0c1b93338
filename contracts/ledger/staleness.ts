// Which rules the ledger can no longer vouch for, and why.
import type { Rule } from '../catalog.ts';
import type { Entry, Ledger, TargetKind } from './ledger.ts';
import type { Version } from './version.ts';

export type Stale = { readonly rule: Rule; readonly reason: string };

export type Measure = {
  readonly kind: TargetKind;
  readonly now: Date;
  readonly maxAgeMs: number;
  readonly version: Version;
};

const dayMs = 86_400_000;

const reasonOf = ({ confirmed, failedAt }: Entry, measure: Measure): string | undefined => {
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
    const reason = reasonOf(ledger.rules[rule.id]?.[measure.kind] ?? {}, measure);
    return reason === undefined ? [] : [{ rule, reason }];
  });
