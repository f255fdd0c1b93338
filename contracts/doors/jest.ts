// The suites as the tests of a test runner: each contract a group, each check a test. Takes the functions of Jest, Vitest or
// node:test, and an address or an app: `import { defineContracts } from 'invitations-mock/jest'`.
import { contracts } from '../checks/contracts.ts';
import { causesOf } from '../engine/causes.ts';
import type { CheckEnded, Event } from '../engine/events.ts';
import { placeOf } from '../engine/schedule.ts';
import { whyNot } from '../engine/selection.ts';
import { openSession } from '../engine/session.ts';
import { isFailure } from '../engine/verdict.ts';
import { toLeftBehind } from '../left-behind.ts';
import { whyTooLittle } from '../result.ts';
import { readSettings } from '../settings.ts';
import { toCauses } from '../summary.ts';
import { toRemote } from '../targets/remote.ts';
import { inASentence, refuseOptions, refuseRunner } from './given.ts';
import { listen, type App } from './listen.ts';
import { supertestTransport } from './supertest.ts';

type Body = (...given: readonly unknown[]) => Promise<void>;
type Define = (name: string, body: Body) => unknown;

export type TestRunner = {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: Define & { readonly skip: Define };
  /** `after` of node:test. */
  readonly afterAll: (body: () => Promise<void>) => unknown;
};

export type ContractsOptions = {
  /** The base address of a deployment, or what answers requests, such as an Express app. */
  readonly target: string | App;
  /** CONTRACT_* variables: credentials, `CONTRACT_ONLY` and so on. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told what the run tells: exchanges, ended checks, causes. */
  readonly listen?: (event: Event) => void;
};

const open = async ({ target, env = process.env, listen: tell }: ContractsOptions) => {
  const ended: CheckEnded[] = [];
  const { url, close } = await listen(target);
  try {
    const settings = readSettings(toRemote(url, env).env);
    const session = await openSession({
      ...{ contracts, settings, name: url },
      signal: new AbortController().signal,
      listen: (event) => {
        if (event.kind === 'check ended') ended.push(event);
        tell?.(event);
      },
      warn: (sentence) => {
        process.emitWarning(sentence);
      },
      transport: await supertestTransport(settings.way),
    });
    const end = async () => {
      const left = await session.close();
      await close();
      const causes = causesOf(ended);
      for (const cause of causes) tell?.({ kind: 'cause found', ...cause });
      return { left, causes };
    };
    return { session, ended, end };
  } catch (error) {
    await close();
    throw error;
  }
};

type Open = Awaited<ReturnType<typeof open>>;

/** Undefined for what does not fail. What could not run does: it has shown nothing. */
const failureOf = ({ verdict, rule, title, message }: CheckEnded, isStrict: boolean) => {
  if (verdict === 'passed') return undefined;
  const isCounted = verdict !== 'not exercised' && (verdict !== 'divergence' || isStrict);
  if (isCounted) return `${verdict}: ${message}`;
  process.emitWarning(`${verdict}: [${rule}] ${title}: ${message}`);
  return undefined;
};

const canSkip = (context: unknown): context is { readonly skip: (why: string) => unknown } =>
  (typeof context === 'object' || typeof context === 'function') &&
  context !== null &&
  'skip' in context &&
  typeof context.skip === 'function';

const failIfAny = (failures: readonly (string | undefined)[]): void => {
  const told = failures.filter((failure) => failure !== undefined);
  if (told.length > 0) throw inASentence(new Error(told.join('\n\n')));
};

/** What no single check tells. */
const failuresOfAll = async ({
  session,
  ended,
}: Open): Promise<readonly (string | undefined)[]> => {
  const { settings, defined } = session;
  for (const one of defined) {
    const unmade = one.checks.filter((check) => whyNot(check, settings) !== undefined);
    for (const check of unmade) await session.perform(check, one);
  }
  const isDoubtful = ended.some(({ verdict }) => isFailure(verdict) || verdict === 'could not run');
  const lost = isDoubtful ? await session.lost() : undefined;
  const elsewhere = await session.elsewhere();
  const why = whyTooLittle({ ...settings, checks: ended });
  return [lost, why, ...elsewhere.map((one) => failureOf(one, settings.strict))];
};

/** Longer than any check takes: its own deadlines are the settings'. */
const longestMs = 600_000;

type WithDeadline<Given extends unknown[]> = (...given: [...Given, timeoutMs: number]) => unknown;

const defineAll = (run: Open, { describe, test, afterAll }: TestRunner): void => {
  const { session, end } = run;
  const { settings } = session;
  // node:test has no such argument and needs none.
  const define: WithDeadline<[string, Body]> = test;
  const after: WithDeadline<[() => Promise<void>]> = afterAll;
  const defined = session.defined.toSorted((one, other) => placeOf(one) - placeOf(other));
  for (const one of defined.filter(({ checks }) => checks.length > 0)) {
    describe(one.contract.name, () => {
      for (const check of one.checks) {
        const name = `[${check.rule.id}] ${check.title}`;
        const body: Body = async (...[context]) => {
          const outcome = await session.perform(check, one);
          if (outcome.verdict === 'not exercised' && canSkip(context))
            context.skip(outcome.message);
          else failIfAny([failureOf(outcome, settings.strict)]);
        };
        if (whyNot(check, settings) === undefined) define(name, body, longestMs);
        else test.skip(name, body);
      }
      after(() => session.leave(one), longestMs);
    });
  }
  define(
    'the answers to all of them keep the other rules',
    async () => {
      failIfAny(await failuresOfAll(run));
    },
    longestMs,
  );
  after(async () => {
    const { left, causes } = await end();
    if (causes.length > 0) process.stderr.write(`${toCauses(causes).join('\n')}\n`);
    failIfAny(toLeftBehind(left, settings.target));
  }, longestMs);
};

/** Opens the run, and gives what defines its tests. Throws a CannotRun. */
export const prepareContracts = async (
  options: ContractsOptions,
): Promise<(runner: TestRunner) => void> => {
  refuseOptions(options);
  const run = await open(options);
  return (runner) => {
    refuseRunner(runner);
    defineAll(run, runner);
  };
};

/**
 * Defines a test for each check; to be awaited at the top of a test file. It asks the target whether it can be tested, and
 * where the run writes, makes an invitation and removes it. Throws a CannotRun.
 */
export const defineContracts = async (
  runner: TestRunner,
  options: ContractsOptions,
): Promise<void> => {
  try {
    refuseRunner(runner);
    (await prepareContracts(options))(runner);
  } catch (error) {
    throw inASentence(error);
  }
};
