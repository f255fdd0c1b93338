// The check that is running: what it may use, what it made, what it saw. Found by asynchronous context, so that a request
// is charged to the check that made it, whatever else goes on.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Finding } from '../spec/finding.ts';
import type { Rule } from './catalog.ts';
import type { Caller, Need } from './settings.ts';

/** What has to be removed when its owner, a check or a file, is done. */
export type Scope = {
  readonly made: { readonly id: string; readonly as: Caller }[];
  readonly addresses: string[];
  /** A request got no answer: it may have made something that nobody knows of. */
  lostAnswer: boolean;
};

export const createScope = (): Scope => ({ made: [], addresses: [], lostAnswer: false });

export type Check = {
  readonly rule: Rule;
  readonly title: string;
  readonly needs: readonly Need[];
  /** False for a check that only reads: the client then refuses to send anything else. */
  readonly changes: boolean;
  readonly scope: Scope;
  /** What is wrong with the answers that the check got, each with its exchange as text. */
  readonly findings: { readonly finding: Finding; readonly exchange: string }[];
  readonly log: { lastExchange: string };
};

const running = new AsyncLocalStorage<Check>();

export const currentCheck = (): Check => {
  const check = running.getStore();
  if (check === undefined) throw new Error('Requests are made inside a check: see rule().');
  return check;
};

export const runAs = <T>(check: Check, body: () => Promise<T>): Promise<T> =>
  running.run(check, body);
