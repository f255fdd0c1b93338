// Which exchanges made a check fail: those in whose answers something breaks the spec; and where an expectation was
// disappointed, the last one, for checks stop there.
import type { ExchangeLine, RecordLine } from '../record.ts';
import type { CheckResult } from '../result.ts';

export type Blamed = ExchangeLine & {
  /** The check that failed by it, as `[rule] title`. */
  readonly failed: string | undefined;
};

type Removed = Extract<RecordLine, { readonly kind: 'removed' }>;

/** What happened to the target, in its order. */
export type Happening = Blamed | Removed;

const nameOf = ({ rule, title }: { readonly rule: string; readonly title: string }): string =>
  `[${rule}] ${title}`;

const isByFindingsAlone = ({ message }: CheckResult): boolean =>
  message.startsWith('Error: An answer breaks the spec');

export const toHappenings = (
  checks: readonly CheckResult[],
  lines: readonly RecordLine[],
): readonly Happening[] => {
  const failed = new Map(
    checks.filter(({ verdict }) => verdict === 'failed').map((check) => [nameOf(check), check]),
  );
  const last = new Map(
    lines.flatMap((line) => (line.kind === 'exchange' ? [[nameOf(line), line] as const] : [])),
  );
  const isBlamed = (line: ExchangeLine): boolean => {
    const check = failed.get(nameOf(line));
    if (check === undefined) return false;
    return line.findings > 0 || (last.get(nameOf(line)) === line && !isByFindingsAlone(check));
  };
  return lines.flatMap((line): readonly Happening[] => {
    if (line.kind === 'removed') return [line];
    if (line.kind === 'throttled') return [{ ...line, kind: 'exchange', failed: undefined }];
    if (line.kind !== 'exchange') return [];
    return [{ ...line, failed: isBlamed(line) ? nameOf(line) : undefined }];
  });
};

export const exchangesIn = (happenings: readonly Happening[]): readonly Blamed[] =>
  happenings.filter((one): one is Blamed => one.kind === 'exchange');
