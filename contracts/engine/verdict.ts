// What comes of a check. Only two of the five say that the target is wrong.

export const verdicts = [
  'passed',
  /** A documented rule is broken. */
  'violation',
  /** The target does other than we assume. */
  'divergence',
  /** The way to the target failed, or what the check needs could not be made: it says nothing of its rule. */
  'could not run',
  /** It was not asked: a credential is missing, say. */
  'not exercised',
] as const;
export type CheckVerdict = (typeof verdicts)[number];

export const isFailure = (verdict: CheckVerdict): verdict is 'violation' | 'divergence' =>
  verdict === 'violation' || verdict === 'divergence';

/** The checks that were made to their end. */
export const isExercised = (verdict: CheckVerdict): boolean =>
  verdict === 'passed' || isFailure(verdict);
