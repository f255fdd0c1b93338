// A step as it went on both targets, and where their answers differ.
import { compare, type Comparison } from './difference.ts';
import { changesAddress, type Facts } from './facts.ts';
import { toNormalForm, type NormalForm } from './normal-form.ts';
import type { Exchange, Session } from './side.ts';
import { isList, isOwnList, type Asking, type Step } from './step.ts';

export type Both<T> = { readonly fake: T; readonly deployment: T };

export type Lap = Comparison & {
  readonly step: Step;
  /** What was asked in the end; a wait asks for the invitation. */
  readonly asking: Asking;
  readonly fake: Exchange;
  readonly deployment: Exchange;
  readonly forms: Both<NormalForm>;
  /** The rule that the fake's refusal rests on, as its traffic tells; undefined for what is none. */
  readonly rule?: string | undefined;
  /** What was known of the slot before the step. */
  readonly facts: Facts | undefined;
};

type Circumstances = {
  readonly sessions: Both<Session>;
  readonly facts: Facts | undefined;
  /** Whether the deployment answers a command that sends before it sends. */
  readonly answersPending: boolean;
};

const isLoose = (asking: Asking, { facts, answersPending }: Circumstances): boolean => {
  if (facts?.onItsWay === true) return true;
  const sends = asking.operation === 'invitations_resend_create' || changesAddress(asking);
  return sends && !answersPending;
};

const isForeign = (asking: Asking, facts: Facts | undefined): boolean =>
  isList(asking) ? !isOwnList(asking) : facts?.isForeign === true;

export const toLap = (
  step: Step,
  asking: Asking,
  exchanges: Both<Exchange>,
  circumstances: Circumstances,
): Lap => {
  const { sessions, facts } = circumstances;
  const loose = step.kind !== 'settle' && isLoose(asking, circumstances);
  const foreign = isForeign(asking, facts);
  const toForm = ({ names, made }: Session, { reply }: Exchange): NormalForm =>
    toNormalForm(reply, { step: asking, names, made, foreign, loose });
  const forms = {
    fake: toForm(sessions.fake, exchanges.fake),
    deployment: toForm(sessions.deployment, exchanges.deployment),
  };
  return { step, asking, ...exchanges, forms, facts, ...compare(forms.fake, forms.deployment) };
};
