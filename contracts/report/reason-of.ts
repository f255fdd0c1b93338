// Why a check was not exercised, in the same words for all that have the same reason.
import { withoutIds } from '../engine/without-ids.ts';
import type { CheckResult } from '../result.ts';

/** Reasons that differ in ids and bodies alone are one. */
export const reasonOf = ({ message }: CheckResult): string =>
  withoutIds(message.split('\n', 1)[0] ?? '')
    .replace(/ as \S+: expected .*?, but got (\d{3}).*$/s, ' answered $1')
    .replace(/ as \S+ answered (\d{3}), not .*$/s, ' answered $1');
