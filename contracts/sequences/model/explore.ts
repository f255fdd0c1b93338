// Runs sequences drawn from a seed, shrinks those that the target answers otherwise than the model, one for each rule, and
// tells them as steps that a person can repeat.
import type { Kit } from '../../kit/kit.ts';
import { askersIn } from './askers.ts';
import type { AddressName, World } from './command.ts';
import { createModelRun, type Disagreement, type ModelRun } from './model-run.ts';
import type { RuleId } from './rules.ts';
import { CouldNotRun, type Lost } from '../../engine/could-not-run.ts';
import { createScope } from '../../engine/made.ts';
import { lateTries, steadyTries } from '../../engine/perform.ts';
import { createLog, type Current } from '../../kit/current.ts';
import { briefly } from '../../kit/base.ts';
import { toPage } from '../../invitation.ts';
import { NotExercised } from '../../not-exercised.ts';
import type { Settings } from '../../settings.ts';
import { drawSequence } from '../draw.ts';
import { search, type Failure, type Found } from '../search.ts';
import { isCaller, type Step } from '../step.ts';

const longestSequence = 24;
/** A target that breaks more rules than that is described well enough. */
const usuallyFound = 4;
/** Where each wait for a state takes its whole deadline, shrinking would go on for long. */
const longestMs = 45_000;

type Wrong = Failure & { readonly kind: RuleId; readonly disagreement: Disagreement };

export const toSentence = ({ failure, path, seed, shrinks }: Found<Wrong>): string => {
  const { steps, expected, rule } = failure.disagreement;
  const last = steps.at(-1)?.exchange.text.split('\n→ ').at(-1) ?? '';
  const lines = steps.map(
    ({ tell, exchange: { text } }, index) =>
      `${index + 1}. ${tell}\n   ${text.replace('\n', '\n   ')}`,
  );
  return [
    `Step ${steps.length} of ${steps.length} breaks ${rule}: expected ${expected}, but got ${last}`,
    `Repeat it with CONTRACT_SEED=${seed} CONTRACT_PATH=${path} and --only ${rule} (shrunk ${shrinks} times):`,
    ...lines,
  ].join('\n');
};

/** As it came where it was the same step each time: whether its operation fails there is for the check to find out. */
const toLoss = (losses: readonly Lost[]): CouldNotRun | undefined => {
  const [first] = losses;
  const placeOf = ({ place }: Lost): string => `${place?.operation ?? ''} ${place?.time ?? 0}`;
  const isSame = new Set(losses.map(placeOf)).size === 1;
  return isSame && losses.length === steadyTries
    ? first
    : new CouldNotRun(
        `A sequence of commands was lost, ${losses.length} times: ${first?.message ?? ''}`,
      );
};

export type Extent = Pick<Settings, 'runs' | 'path'> & { readonly mostFound?: number };

export const createExploring = (kit: Kit) => {
  const { acceptedInvitation, clear, currentCheck, poll, runAs, send, settings } = kit;
  const { run } = createModelRun(kit);

  const isFree = async (email: string): Promise<boolean> => {
    const read = () => send('invitations_list', { as: 'OWNER', query: { email } });
    const { held } = await poll(read, ({ json }) => toPage(json)?.count === 0, briefly(settings));
    return held;
  };

  /** Addresses that exist once are left alone while somebody else has them invited. */
  const findAddresses = async (): Promise<readonly AddressName[]> => {
    const addresses: AddressName[] = ['<email:1>', '<email:2>'];
    const { inviteeEmail, bounceEmail } = settings;
    if (inviteeEmail !== undefined && (await isFree(inviteeEmail))) addresses.push('<invitee>');
    if (bounceEmail !== undefined && (await isFree(bounceEmail))) addresses.push('<bounce>');
    return addresses;
  };

  /** An invitation that another run has made under an address that exists once is nobody's fault. */
  const refuseStrangers = async ({ model }: ModelRun): Promise<void> => {
    for (const email of [settings.inviteeEmail, settings.bounceEmail]) {
      if (email === undefined) continue;
      const { json } = await send('invitations_list', { as: 'OWNER', query: { email } });
      const items = toPage(json)?.results ?? [];
      const isStranger = (id: string): boolean => model.all.every((known) => known.id !== id);
      const found = items.find((item) => isStranger(item.id) && item.email === email);
      if (found !== undefined) {
        throw new NotExercised(`${email} has an invitation of somebody else: ${found.id}`);
      }
    }
  };

  /** Roles change as they come; the membership that stays is left with the least of them. */
  const leaveAsViewer = async ({ addresses }: World): Promise<void> => {
    if (!addresses.includes('<invitee>')) return;
    const scope = createScope();
    try {
      await runAs({ ...currentCheck(), scope }, () => acceptedInvitation({ role: 'VIEWER' }));
    } catch {
      // Whatever is wrong with that is told by the checks of accepting.
    } finally {
      await clear(scope);
    }
  };

  /** Goes on behind what is found, to find what else is wrong: a sequence ends where it meets what is known. */
  const exploreWorld = async (world: World, { runs, path, mostFound = usuallyFound }: Extent) => {
    const found = new Map<RuleId, Found<Wrong>>();
    const held = new Set<RuleId>();
    /** Why nothing can be said of rules: what a sequence asked about them was lost, however often it was made. */
    const lost = new Map<RuleId, CouldNotRun>();
    const deadline = performance.now() + longestMs;
    const runSurely = async (steps: readonly Step[]): Promise<ModelRun> => {
      const losses: Lost[] = [];
      for (let late = 0; ;) {
        const outcome = await run(world, steps);
        if (outcome.isLate === true && late < lateTries) {
          late += 1;
          continue;
        }
        for (const rule of outcome.held) held.add(rule);
        if (outcome.lost === undefined) return outcome;
        losses.push(outcome.lost.error);
        if (losses.length < steadyTries && performance.now() < deadline) continue;
        const loss = toLoss(losses);
        if (loss !== undefined) for (const rule of outcome.lost.rules) lost.set(rule, loss);
        return outcome;
      }
    };
    const attempt = async (steps: readonly Step[]): Promise<Wrong | undefined> => {
      const outcome = await runSurely(steps);
      const { disagreement } = outcome;
      if (disagreement === undefined || found.has(disagreement.rule)) return undefined;
      await refuseStrangers(outcome);
      return { kind: disagreement.rule, message: disagreement.expected, disagreement };
    };
    const draw = drawSequence(world, longestSequence);
    while (found.size < mostFound) {
      const withinMs = deadline - performance.now();
      const next = await search({ draw, attempt, runs, seed: settings.seed, path, withinMs });
      if (next === undefined) break;
      found.set(next.failure.kind, next);
      if (path !== undefined) break;
    }
    if (held.has('accept.answer')) await leaveAsViewer(world);
    return { found, held, lost };
  };

  /** Inside a check, whatever that one needs: asks as everybody whom the environment has. */
  const explore = (extent: Extent = settings) => {
    const askers = askersIn(settings);
    const needs = askers.flatMap(({ name }) => (isCaller(name) ? [name] : []));
    const own: Current = { ...currentCheck(), needs, faults: [], log: createLog() };
    return runAs(own, async () =>
      exploreWorld({ askers, addresses: await findAddresses() }, extent),
    );
  };

  return { explore };
};

export type Exploring = ReturnType<typeof createExploring>;
export type Explored = Awaited<ReturnType<Exploring['explore']>>;
