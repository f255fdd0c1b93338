// Runs a sequence of steps against the target, each answer compared with what the model expects, up to the first that is
// wrong; then reads once more all that was made. Removes it afterwards.
import type { Kit } from '../../kit/kit.ts';
import { Lost } from '../../engine/could-not-run.ts';
import type { Exchange } from '../../engine/events.ts';
import { createScope } from '../../engine/made.ts';
import { createLog, type Current } from '../../kit/current.ts';
import type { Answer } from '../../kit/client.ts';
import { toInvitation } from '../../invitation.ts';
import { on } from '../build-step.ts';
import { fieldsOf, filled, isCaller, slotOf, slotsBefore, toBody, toLine } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import type { Asker } from './askers.ts';
import { isShared, type Expectation, type World } from './command.ts';
import { expectationOf, fillFrom, judge, pick } from './expect.ts';
import { createModel, type Claim, type Known, type Model } from './model.ts';
import { expectRetrieve, isClear } from './retrieve.ts';
import type { RuleId } from './rules.ts';

export type Told = { readonly tell: string; readonly exchange: Exchange };

export type Disagreement = {
  readonly rule: RuleId;
  readonly expected: string;
  readonly steps: readonly Told[];
};

export type ModelRun = {
  readonly disagreement: Disagreement | undefined;
  readonly held: ReadonlySet<RuleId>;
  readonly model: Model;
  /** It was found out by it that writes show late: it has to be made once more. */
  readonly isLate?: boolean;
  /** The answer that ended it by being lost, and the rules that it would have been judged by. */
  readonly lost?: { readonly error: Lost; readonly rules: readonly RuleId[] };
};

const rulesOf = ({ refusals, rule }: Expectation): readonly RuleId[] =>
  refusals.length === 0 ? [rule] : refusals.map((refusal) => refusal.rule);

/** What breaks the spec is wrong whatever the model thinks of it. */
const judgeSpec = ({ faults }: Current, rule: RuleId): readonly Claim[] =>
  faults.map(({ message }) => ({
    rule,
    holds: false,
    expected: `an answer that keeps to the spec, but it ${message}`,
  }));

const claimsOf = (check: Current, expect: Expectation, answer: Answer): readonly Claim[] => {
  const [onStatus, ...claims] = judge(expect, answer);
  return [onStatus, ...judgeSpec(check, onStatus.rule), ...claims];
};

/** About the invitation of another slot, where its own has none; undefined where none has. */
const toTaken = (step: Step, model: Model): Step | undefined => {
  const [wanted] = slotsBefore(step);
  if (wanted === undefined) return step;
  const slot = pick(model, wanted)?.slot;
  if (slot === undefined || slotOf(step) === undefined) return slot === undefined ? slot : step;
  return step.kind === 'ask' ? { ...step, on: { slot } } : { ...step, slot };
};

type Progress = {
  readonly check: Current;
  readonly steps: Told[];
  readonly held: Set<RuleId>;
  /** By which the step that was taken last is judged. */
  due: readonly RuleId[];
};

const lookers = ({ askers }: World): readonly Asker[] =>
  ['OWNER', 'OUTSIDER'].flatMap((name) => askers.find((asker) => asker.name === name) ?? []);

export const createModelRun = (kit: Kit) => {
  const { address, clear, currentCheck, findsLate, lag, made, poll, runAs, send, settings } = kit;

  const perform = (asker: Asker, asking: Asking, model: Model, known?: Known): Promise<Answer> => {
    const { operation, content, query } = asking;
    const fill = fillFrom(model);
    const { name: as } = asker;
    if (as !== 'NOBODY' && !isCaller(as)) throw new Error(`No check asks as ${as}.`);
    const ask = (): Promise<Answer> =>
      send(operation, {
        as,
        query: filled(query, fill),
        body: content && toBody(content, fill),
        ...(known && { id: known.id }),
      });
    const { email = '' } = fieldsOf(asking);
    if (operation !== 'invitations_create' || !isShared(email)) return ask();
    return made.claim(fill(email), as === 'NOBODY' ? 'OWNER' : as, currentCheck().scope, ask);
  };

  const judgeStep = (
    { check, steps, held }: Progress,
    tell: string,
    expect: Expectation,
    answer: Answer,
  ): Disagreement | undefined => {
    steps.push({ tell, exchange: answer.exchange });
    const claims = claimsOf(check, expect, answer);
    const wrong = claims.find(({ holds }) => !holds);
    if (wrong !== undefined) return { rule: wrong.rule, expected: wrong.expected, steps };
    for (const { rule } of claims) held.add(rule);
    return undefined;
  };

  const take = async (
    progress: Progress,
    model: Model,
    drawn: Step,
  ): Promise<Disagreement | undefined> => {
    const step = toTaken(drawn, model);
    const asker = model.askers.get(drawn.as);
    const expect = step && expectationOf(step, model);
    if (step === undefined || asker === undefined || expect === undefined) return undefined;
    progress.due = rulesOf(expect);
    const known = model.slots.get(slotOf(step) ?? 0);
    const read = on(slotOf(step) ?? 0, 'invitations_retrieve', asker.name);
    const ask = () => perform(asker, step.kind === 'ask' ? step : read, model, known);
    const waits = step.kind === 'settle' && known !== undefined && isClear({ known, asker });
    const isThere = ({ json }: Answer): boolean => toInvitation(json)?.state !== 'pending';
    const answer = waits ? (await poll(ask, isThere, settings)).value : await ask();
    return judgeStep(progress, toLine(step), expect, answer);
  };

  const runSteps = async (
    progress: Progress,
    world: World,
    model: Model,
    drawn: readonly Step[],
  ): Promise<Disagreement | undefined> => {
    for (const step of drawn) {
      const disagreement = await take(progress, model, step);
      if (disagreement !== undefined) return disagreement;
    }
    for (const known of model.all) {
      const asker = lookers(world).find(({ organization }) => organization === known.organization);
      if (asker === undefined) continue;
      const read = on(known.slot, 'invitations_retrieve', asker.name);
      const expect = expectRetrieve({ known, asker });
      progress.due = rulesOf(expect);
      const answer = await perform(asker, read, model, known);
      const disagreement = judgeStep(progress, `at the end, ${toLine(read)}`, expect, answer);
      if (disagreement !== undefined) return disagreement;
    }
    return undefined;
  };

  const emailsFor = ({ addresses }: World): ReadonlyMap<string, string> =>
    new Map(
      addresses.map((name) => {
        if (name === '<invitee>') return [name, settings.inviteeEmail ?? ''];
        return [name, name === '<bounce>' ? (settings.bounceEmail ?? '') : address()];
      }),
    );

  /** Inside a check that may ask as every asker of the world. */
  const run = (world: World, steps: readonly Step[]): Promise<ModelRun> => {
    const scope = createScope();
    const log = createLog();
    const check: Current = { ...currentCheck(), scope, log, faults: [], asked: new Map() };
    const lagBefore = lag.ms;
    return runAs(check, async () => {
      const model = createModel(emailsFor(world), world.askers);
      const progress: Progress = { check, steps: [], held: new Set<RuleId>(), due: [] };
      const { held } = progress;
      try {
        const disagreement = await runSteps(progress, world, model, steps);
        const isLate = disagreement !== undefined && (await findsLate(check, lagBefore));
        return { disagreement, held, model, isLate };
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
        const lost = { error, rules: progress.due };
        return { disagreement: undefined, held, model, lost };
      } finally {
        await clear(scope);
      }
    });
  };

  return { run };
};
