// What a rule looks like that one recorded exchange can show to be broken.
import type { RuleId } from '../../spec/vocabulary.ts';
import type { Recorded } from './recorded.ts';

export type RecordedRule = {
  /** Its id in spec/rules.yaml. */
  readonly rule: RuleId;
  /** What is wrong, in a few words; undefined when nothing is, or when the exchange does not show it. */
  readonly wrong: (exchange: Recorded) => string | undefined;
};

export const isSentence = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '';

export const show = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value);
