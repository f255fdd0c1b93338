// What a broken fake is: the fake as it stands, and one fault put in front of it, where requests go in and answers come out.
import type { RuleId } from '../spec/vocabulary.ts';

/** A request as it came over the wire. */
export type Ask = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Asks the fake itself, which has no fault. */
export type Next = (ask: Ask) => Promise<Reply>;

export type World = {
  readonly pageSize: number;
  readonly inviteeEmail: string;
  /** The whole `Authorization` value of CONTRACT_AUTH_…. */
  readonly credential: (name: string) => string;
  /** OWNER, OUTSIDER and so on, whichever scheme it came by; undefined for a stranger. */
  readonly callerOf: (ask: Ask) => string | undefined;
};

export type Fault = (ask: Ask, next: Next) => Reply | Promise<Reply>;

/** A fault may remember what it saw: each run starts it anew. */
export type StartFault = (world: World) => Fault;

export type Mutant = {
  /** `create.duplicate-address/answers-409` */
  readonly id: string;
  readonly rule: RuleId;
  /** What the broken deployment does, as a sentence without its subject. */
  readonly title: string;
  readonly start: StartFault;
  /** Rules whose checks have to run beside those of its own, where these look at what the others met, or say it themselves. */
  readonly beside?: readonly string[];
};

export const toSlug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** The faults that break one rule, each under its title. */
export const breaks = (
  rule: RuleId,
  faults: Readonly<Record<string, StartFault>>,
  beside: readonly string[] = [],
): readonly Mutant[] =>
  Object.entries(faults).map(([title, start]) => ({
    id: `${rule}/${toSlug(title)}`,
    rule,
    title,
    start,
    beside,
  }));
