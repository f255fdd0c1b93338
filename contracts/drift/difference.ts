// Where two normal forms part ways, path by path. What only the deployment has besides is told apart: it breaks nothing.
import { hasFailed } from '../failure.ts';
import { isRecord } from '../invitation.ts';
import { anything, toNormalForm, type NormalForm } from './normal-form.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import type { Claim } from '../sequences/model/model.ts';
import type { Exchange, Session } from './side.ts';
import type { Asking, Step } from '../sequences/step.ts';

export type Difference = {
  /** `status`, `headers.allow`, `body.results.0.role`. */
  readonly path: string;
  /** As text, in normal form. */
  readonly fake: string;
  readonly deployment: string;
};

/** No answer came from the deployment, or one that is none of the contract's. */
export const isFailure = (
  { path, deployment }: Difference,
  isFailed: (status: number) => boolean = hasFailed,
): boolean => path === 'status' && (deployment === 'no answer' || isFailed(Number(deployment)));

export type Comparison = {
  readonly differences: readonly Difference[];
  /** Paths of fields and headers that the fake does not have. */
  readonly additional: readonly string[];
};

const absent = '(absent)';

const show = (value: unknown): string => {
  if (value === undefined) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const none: Comparison = { differences: [], additional: [] };

const join = (parts: readonly Comparison[]): Comparison => ({
  differences: parts.flatMap(({ differences }) => differences),
  additional: parts.flatMap(({ additional }) => additional),
});

/** `strict`: a key that only the deployment has is a difference too. */
const compareValues = (
  fake: unknown,
  deployment: unknown,
  path: string,
  strict: boolean,
): Comparison => {
  if (fake === anything || deployment === anything) return none;
  if (isRecord(fake) && isRecord(deployment)) {
    const shared = Object.keys(fake).map((key) =>
      compareValues(fake[key], deployment[key], `${path}.${key}`, strict),
    );
    const more = Object.keys(deployment).filter((key) => !(key in fake));
    if (!strict)
      return join([...shared, { ...none, additional: more.map((it) => `${path}.${it}`) }]);
    const undue = more.map((key) => ({
      path: `${path}.${key}`,
      fake: absent,
      deployment: show(deployment[key]),
    }));
    return join([...shared, { ...none, differences: undue }]);
  }
  if (Array.isArray(fake) && Array.isArray(deployment) && fake.length === deployment.length) {
    return join(
      fake.map((item, index) => compareValues(item, deployment[index], `${path}.${index}`, strict)),
    );
  }
  const [one, other] = [show(fake), show(deployment)];
  return one === other ? none : { ...none, differences: [{ path, fake: one, deployment: other }] };
};

export const compare = (fake: NormalForm, deployment: NormalForm): Comparison => {
  if (fake.status !== deployment.status) {
    // Bodies of different statuses have nothing to do with each other.
    const [one, other] = [String(fake.status), String(deployment.status)];
    return { ...none, differences: [{ path: 'status', fake: one, deployment: other }] };
  }
  return join([
    compareValues(fake.headers, deployment.headers, 'headers', false),
    // Which fields a refusal complains of is what it says.
    compareValues(fake.body, deployment.body, 'body', fake.status === 400),
  ]);
};

export type Both<T> = { readonly fake: T; readonly deployment: T };

export type StepPair = Comparison & {
  readonly step: Step;
  /** What was asked in the end; a wait asks for the invitation. */
  readonly asking: Asking;
  readonly fake: Exchange;
  readonly deployment: Exchange;
  readonly forms: Both<NormalForm>;
  /** The rule that the fake's answer rests on, as its traffic tells. */
  readonly rule?: RuleId | undefined;
  /** And as the model has it. */
  readonly due?: RuleId | undefined;
  /** What the model has against the deployment's answer. */
  readonly wrong: readonly Claim[];
};

type Circumstances = {
  readonly sessions: Both<Session>;
  /** What is shown was there before. */
  readonly foreign: boolean;
  readonly loose: boolean;
  readonly wrong: readonly Claim[];
};

export const toStepPair = (
  step: Step,
  asking: Asking,
  exchanges: Both<Exchange>,
  circumstances: Circumstances,
): StepPair => {
  const { sessions, foreign, loose, wrong } = circumstances;
  const toForm = ({ names, made }: Session, { reply }: Exchange): NormalForm =>
    toNormalForm(reply, { step: asking, names, made, foreign, loose });
  const forms = {
    fake: toForm(sessions.fake, exchanges.fake),
    deployment: toForm(sessions.deployment, exchanges.deployment),
  };
  return { step, asking, ...exchanges, forms, wrong, ...compare(forms.fake, forms.deployment) };
};
