// Which reading of the contract makes the fake answer as the deployment did: found by trying them, on a fake that takes one
// after the other.
import { readRules, type Rule } from '../catalog.ts';
import { readingNames, readings, type ReadingName } from '../../spec/vocabulary.ts';
import type { Reader } from '../targets/fake.ts';
import type { Difference, StepPair } from './difference.ts';
import { execute, type Meeting } from './lockstep.ts';
import type { Side } from './side.ts';

export type Reading = { readonly name: ReadingName; readonly alternative: string };

export type Readers = {
  /** The fake that stands beside the deployment. */
  readonly beside: Reader;
  /** One to try with, made when it is first needed. */
  readonly toTry: () => Promise<{ readonly reader: Reader; readonly side: Side }>;
};

type Shown = { readonly difference: Difference; readonly pairs: readonly StepPair[] };

/** Gives the reading, which the fake follows from then on; undefined where none explains it. */
export type Explain = (
  shortest: Shown,
  whole: Shown,
  meeting: Omit<Meeting, 'isKnown'>,
) => Promise<Reading | undefined>;

/** Editions are found out at the start. */
const all: readonly Reading[] = readingNames
  .filter((name) => name !== 'edition')
  .flatMap((name) => readings[name].slice(1).map((alternative) => ({ name, alternative })));

export const ruleOfReading = ({ name }: Reading): Rule | undefined =>
  [...readRules().values()].find((rule) => Object.hasOwn(rule.readings ?? {}, name));

/** YAML would read a bare status as a number, and `null` as none, and the fake takes that too; quoted it reads as it is documented. */
export const toLine = ({ name, alternative }: Reading): string =>
  `${name}: ${/^\d|^null$/.test(alternative) ? `'${alternative}'` : alternative}`;

const isIn = (
  differences: readonly Difference[],
  { path, fake, deployment }: Difference,
): boolean =>
  differences.some((it) => it.path === path && it.fake === fake && it.deployment === deployment);

/** Shows the difference in the end, and none on the way that the deployment has not. */
const isLike = (shown: readonly StepPair[], { difference, pairs }: Shown): boolean =>
  isIn(shown.at(-1)?.differences ?? [], difference) &&
  shown.length === pairs.length &&
  shown.every(({ differences }, index) =>
    differences.every((it) => isIn(pairs[index]?.differences ?? [], it)),
  );

/** What an accept makes stays, and a later sequence meets it: only the whole sequence says why. */
const leavesMore = ({ pairs }: Shown): boolean =>
  /<invitee>/i.test(JSON.stringify(pairs.map(({ step }) => step)));

/** Readings of a rule about other operations than the steps ask for show nothing in them; what is linked is told alike anywhere. */
const isAbout = (reading: Reading, { pairs }: Shown): boolean => {
  const { id = '', operations } = ruleOfReading(reading) ?? {};
  if (operations === undefined || id.startsWith('linked.')) return true;
  return pairs.some(({ asking }) => operations.includes(asking.operation));
};

/** What stays at the fake is nobody's business. */
const quietly = { isKnown: () => true, onLeftBehind: () => undefined };

export const createExplain = ({ beside, toTry }: Readers): Explain => {
  const adopted: Record<string, string> = {};
  const shows = async (
    { name, alternative }: Reading,
    shown: Shown,
    meeting: Omit<Meeting, 'isKnown'>,
  ): Promise<boolean> => {
    const { reader, side } = await toTry();
    await reader.read({ ...adopted, [name]: alternative });
    const sides = { fake: meeting.sides.fake, deployment: side };
    const steps = shown.pairs.map(({ step }) => step);
    const { pairs } = await execute(steps, { ...meeting, ...quietly, sides });
    return isLike(pairs, shown);
  };
  return async (shortest, whole, meeting) => {
    let likely: Reading | undefined;
    const needsWhole = leavesMore(whole);
    const steps = needsWhole ? whole : shortest;
    for (const reading of all.filter(
      (it) => adopted[it.name] === undefined && isAbout(it, steps),
    )) {
      const isShown = await shows(reading, shortest, meeting);
      if (!isShown && !needsWhole) continue;
      if (isShown) likely ??= reading;
      // Of several that lead to the same end, one goes the same way.
      if (!(await shows(reading, whole, meeting))) continue;
      likely = reading;
      break;
    }
    if (likely === undefined) return undefined;
    adopted[likely.name] = likely.alternative;
    await beside.read(adopted);
    return likely;
  };
};
