// Results and records for the tests of the reports, right in all that a test does not care about.
import type { Event, Exchange } from '../engine/events.ts';
import type { CheckResult, RunResult } from '../result.ts';
import type { Cell, Matrix } from './matrix.ts';
import type { Coverage } from './coverage.ts';

export const aCheck = (values: Partial<CheckResult> = {}): CheckResult => ({
  ...{ rule: 'retrieve.answer', source: 'seed', documented: true, title: 'answers' },
  ...{ file: 'contracts/invitations/retrieve.contract.ts', verdict: 'passed', message: '' },
  ...{ ms: 12, faults: [], ...values },
});

export const aViolation = (values: Partial<CheckResult> = {}): CheckResult =>
  aCheck({ verdict: 'violation', message: 'expected 200', ...values });

export const aDivergence = (values: Partial<CheckResult> = {}): CheckResult =>
  aViolation({
    ...{ rule: 'list.oldest-first', source: 'ours', documented: false, verdict: 'divergence' },
    ...values,
  });

export const aResult = (values: Partial<RunResult> = {}): RunResult => ({
  ...{ target: 'http://127.0.0.1:4010', name: 'the fake at http://127.0.0.1:4010' },
  ...{ edition: '2024-05-30', startedAt: '2026-01-02T03:04:05.678Z', seed: 7, strict: false },
  ...{ versions: { spec: 'abc', suite: '1.2.3' }, checks: [aCheck()], rulesWithoutCheck: [] },
  ...{ required: 0, tolerated: 5, requests: 3, ms: 1500, leftBehind: [], ...values },
});

export const anExchange = (values: Partial<Exchange> = {}): Exchange => ({
  kind: 'exchange',
  rule: 'retrieve.answer',
  title: 'answers',
  caller: 'OWNER',
  scheme: 'Api-Key',
  method: 'GET',
  path: '/api/v1/invitations/one/',
  operation: 'invitations_retrieve',
  mediaType: undefined,
  status: 200,
  answered: { id: 'one', state: 'sent' },
  number: 1,
  findings: [],
  ms: 1,
  repeated: false,
  text: '',
  ...values,
});

/** Everything that a hostile target could put where text of its own is shown. */
export const hostile = [
  '</pre></script><script>document.title="owned"</script>',
  '<img src="http://127.0.0.1:9/x.png" onerror="document.title=\'owned\'">',
  '<style>body{display:none}</style><!-- ]]> &amp; {{7*7}}',
  '[link](http://example.com/) @everyone #1 ```` | `code` **bold** </details>',
  'control \u0000\u0008\u001B[31m\u007F\uFFFE lone \uD800 right-to-left \u202E',
].join('\n');

export const cellAt = (
  { matrices }: Coverage,
  id: Matrix['id'],
  ...at: readonly string[]
): Cell | undefined =>
  matrices
    .find((matrix) => matrix.id === id)
    ?.cells.find((cell) => cell.at.join(' ') === at.join(' '));

export const removed = (id: string): Event => ({ kind: 'removed', id });
