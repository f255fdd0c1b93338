// Two targets made ready to be compared, and compared: callers paired, the deployment looked at, sequences chosen.
import { randomBytes } from 'node:crypto';
import { CannotRun } from '../../settings/cannot-run.ts';
import { createLine } from '../engine/line.ts';
import { createLosses } from '../engine/losses.ts';
import { removeAll, type Left } from '../engine/remove.ts';
import { toLeftBehind } from '../left-behind.ts';
import { lostSince, preflight } from '../engine/preflight.ts';
import { createTempo, slowedBy } from '../engine/tempo.ts';
import { readSettings, roles, type Settings } from '../settings.ts';
import type { Target } from '../target.ts';
import type { Reader } from '../targets/fake.ts';
import {
  findAnswersPending,
  withFreeAddresses,
  toSharedWorld,
  withSchemesOf,
} from './shared-world.ts';
import type { SharedWorld } from './shared-world.ts';
import { isOfGateway } from '../failure.ts';
import { isFailure, type Both } from './difference.ts';
import { runDrift, type Budget, type DriftResult, type Found } from './drift.ts';
import { createExplain, type Explain } from './explain.ts';
import { generate, generateReads } from './generate.ts';
import { findLag, findsLate } from './lag.ts';
import type { Known } from './known.ts';
import type { Meeting } from './lockstep.ts';
import { toSide, type Side } from './side.ts';
import { toReadingTours, toTours } from './tours.ts';

export type Plan = {
  readonly targets: Both<Target>;
  /** What the fake's side may be told to read otherwise, and one to try with; without them nothing is explained. */
  readonly readers?: { readonly beside: Reader; readonly toTry: () => Promise<Reader> };
  readonly known: readonly Known[];
  readonly isReadOnly: boolean;
  readonly seed: number;
  readonly runs: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly warn: (sentence: string) => void;
};

/** For reads anybody will do: the most permissive caller that is given stands in for the owner, on both sides. */
const withOwner = (sides: Both<Settings>, isReadOnly: boolean): Both<Settings> => {
  const stand = roles.find((role) => sides.deployment.credentials.has(role));
  if (stand === 'OWNER') return sides;
  if (!isReadOnly || stand === undefined) {
    throw new CannotRun(
      'Commands are compared as the OWNER: set CONTRACT_AUTH_OWNER to a credential that works, or compare reads alone with --read-only.',
    );
  }
  const add = (settings: Settings): Settings => ({
    ...settings,
    credentials: new Map(settings.credentials).set('OWNER', settings.credentials.get(stand) ?? ''),
  });
  return { fake: add(sides.fake), deployment: add(sides.deployment) };
};

const toBudget = (plan: Plan, shared: SharedWorld): Budget => {
  const { isReadOnly, seed, runs, seconds } = plan;
  const tours = isReadOnly ? toReadingTours(shared) : toTours(shared);
  const byChance = isReadOnly ? generateReads : generate;
  return { next: (index) => tours[index] ?? byChance(seed + index, shared), runs, seconds };
};

const nameLeft = (left: readonly string[], { target }: Settings, { warn }: Plan): void => {
  if (left.length > 0) warn(toLeftBehind(left, target).join('\n'));
};

const makeReady = async (plan: Plan) => {
  const { targets, isReadOnly, signal, warn } = plan;
  const deployment = readSettings(targets.deployment.env);
  const ways = { tempo: createTempo(deployment.rate, slowedBy(warn)), losses: createLosses() };
  const line = createLine(deployment, { signal, ...ways });
  const admitted = await preflight(deployment, line);
  admitted.warnings.forEach(warn);
  const fake = withSchemesOf(readSettings(targets.fake.env), deployment);
  const ready = withOwner({ fake, deployment }, isReadOnly);
  const onKept = (ids: readonly string[]) => {
    nameLeft(ids, deployment, plan);
  };
  const looking = { tempo: ways.tempo, onKept };
  const lagMs = isReadOnly ? 0 : await findLag(deployment, line, looking);
  const sides = {
    fake: toSide(ready.fake, signal),
    deployment: toSide(ready.deployment, signal, lagMs, ways),
  };
  /** One of another fake, as the fake's own. */
  const sideOf = ({ env }: Target): Side => {
    const other = withSchemesOf(readSettings(env), deployment);
    return toSide(withOwner({ fake: other, deployment }, isReadOnly).fake, signal);
  };
  const shared = toSharedWorld(deployment);
  return {
    sides,
    sideOf,
    /** What is no more as it was at the start, in a sentence. */
    ...{ told: ways.losses.told, tempo: ways.tempo },
    findsLate: async () => !isReadOnly && (await findsLate(sides.deployment, looking, warn)),
    lost: async () =>
      ways.losses.told() ??
      lostSince(deployment, createLine(deployment, { signal, tempo: ways.tempo }), admitted).catch(
        (error: unknown) => {
          if (signal.aborted || !(error instanceof CannotRun)) throw error;
          return error.message;
        },
      ),
    shared: isReadOnly ? shared : await withFreeAddresses(shared, sides.deployment, warn),
  };
};

const toExplain = ({ readers }: Plan, sideOf: (target: Target) => Side): Explain | undefined =>
  readers &&
  createExplain({
    beside: readers.beside,
    toTry: async () => {
      const reader = await readers.toTry();
      return { reader, side: sideOf(reader.target) };
    },
  });

export const compareTargets = async (plan: Plan): Promise<DriftResult> => {
  const { isReadOnly, signal } = plan;
  const { sides, sideOf, shared, told, lost, tempo, findsLate } = await makeReady(plan);
  const run = randomBytes(4).toString('hex');
  const left = new Map<string, Left>();
  const unseen = new Set<string>();
  const unknown = new Map<string, Left>();
  let executions = 0;
  const meeting: Omit<Meeting, 'isKnown' | 'answersPending'> = {
    sides,
    signal,
    newExecution: () => {
      executions += 1;
      return `${run}-${executions}`;
    },
    onLeftBehind: (kept) => {
      for (const one of kept.left) left.set(one.id, one);
      for (const name of kept.unseen) unseen.add(name);
      for (const one of kept.unknown) unknown.set(one.id, one);
    },
  };
  try {
    const answersPending = isReadOnly || (await findAnswersPending(meeting));
    const result = await runDrift({
      meeting: { ...meeting, answersPending },
      known: plan.known,
      budget: toBudget(plan, shared),
      explain: toExplain(plan, sideOf),
      ...{ lost, findsLate },
    });
    // What is lost on a way that loses much is not the deployment's.
    const isLost = ({ difference }: Found): boolean => isFailure(difference, isOfGateway);
    const way = told();
    const found = way === undefined ? result.found : result.found.filter((one) => !isLost(one));
    const ended = way ?? result.ended;
    if (ended !== undefined && found.length === 0) throw new CannotRun(ended);
    return { ...result, found, ended };
  } finally {
    const { settings, lag } = sides.deployment;
    if (lag.ms > 0) for (const [id, one] of unknown) left.set(id, one);
    const last = { settings, line: createLine(settings, { tempo }) };
    await removeAll([...left.values()], last, (id) => left.delete(id));
    nameLeft([...left.keys(), ...unseen], settings, plan);
  }
};
