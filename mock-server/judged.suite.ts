// Judges what tests ask of the testers' API by its own description: what is answered always, what
// is asked where the server takes it. Tests send wrong requests on purpose; wrong answers are nobody's purpose.
import type { IncomingHttpHeaders } from 'node:http';
import type { ExchangeRequestBody } from '../spec/exchange.ts';
import type { Finding } from '../spec/finding.ts';
import { createJudge, type Judge } from '../spec/judge.ts';
import { dereference } from '../spec/openapi-document.ts';
import { describeTestersApi } from './admin/describe.ts';

export type AdminExchange = {
  readonly method: string;
  /** From `/_mock` on. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Buffer | undefined;
  readonly answer: {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly text: string;
  };
};

const made: { judge?: Promise<Judge> } = {};

/** It takes its time to make, so it is made when it is first needed. */
const getJudge = (): Promise<Judge> => {
  made.judge ??= createJudge(dereference(describeTestersApi()));
  return made.judge;
};

const parse = (text: string): ExchangeRequestBody => {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'unreadable' };
  }
};

const toBody = (body: string | Buffer | undefined, type: string): ExchangeRequestBody => {
  if (body === undefined || body.length === 0) return { kind: 'none' };
  if (/^application\/json\b/.test(type)) return parse(body.toString());
  if (!/^application\/x-www-form-urlencoded\b/.test(type)) return { kind: 'unreadable' };
  return { kind: 'form', fields: Object.fromEntries(new URLSearchParams(body.toString())) };
};

const counts = ({ location: [side], code }: Finding, answer: AdminExchange['answer']): boolean => {
  // Files of the documentation and of the console are no operations; nor is what there is not.
  if (code === 'unknown-operation') return false;
  return side === 'response' || answer.status < 400;
};

/** Rejects with what was found wrong, as an Error that names the exchange. */
export const judgeAdmin = async ({
  method,
  target,
  headers,
  body,
  answer,
}: AdminExchange): Promise<void> => {
  const judge = await getJudge();
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const findings = judge
    .exchange(
      {
        method,
        target: target.slice('/_mock'.length),
        headers: lowerCase,
        // What was refused may be wrong as much as it likes.
        body:
          answer.status >= 400 ? { kind: 'none' } : toBody(body, lowerCase['content-type'] ?? ''),
      },
      { status: answer.status, headers: answer.headers, body: answer.text },
    )
    .filter((finding) => counts(finding, answer));
  if (findings.length === 0) return;
  const found = findings
    .slice(0, 10)
    .map(({ location, message }) => `  ${location.join('.')}: ${message}`);
  throw new Error(
    [
      `${method} ${target} → ${answer.status} is not what the description of the testers' API says:`,
      ...found,
      `  It was answered: ${answer.text.slice(0, 2_000)}`,
    ].join('\n'),
  );
};
