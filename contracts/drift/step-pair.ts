// A step as it went on both targets, and where their answers differ.
import { compare, type Comparison } from './difference.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import type { Claim } from '../sequences/model/model.ts';
import { toNormalForm, type NormalForm } from './normal-form.ts';
import type { Exchange, Session } from './side.ts';
import type { Asking, Step } from '../sequences/step.ts';

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
