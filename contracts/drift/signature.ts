// What makes two differences the same one, so that one cause is told once and not for every request that shows it.
import { isFailure, type Difference } from './difference.ts';
import type { StepPair } from './step-pair.ts';
import { ruleOf } from './rules.ts';
import { methodOf } from '../sequences/step.ts';

/** `body.results.0.role` → `body.results.*.role`. */
export const withoutNumbers = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '.*');

/** What fails at two operations fails at more of its method for the same cause. */
const mostAlike = 2;

/** Of the signatures of what was found, the one that this is told with. */
export const toldWith = (found: readonly string[], signature: string): string | undefined => {
  if (found.includes(signature)) return signature;
  const [method = ''] = signature.split(' at ');
  const alike = found.filter((one) => method.endsWith(' fails') && one.startsWith(`${method} at `));
  return alike.length < mostAlike ? undefined : alike[0];
};

export const signatureOf = (pair: StepPair, difference: Difference): string => {
  const { operation } = pair.asking;
  const { fake, deployment } = difference;
  const path = withoutNumbers(difference.path);
  const method = methodOf(pair.asking);
  if (isFailure(difference)) return `${method} fails at ${operation}`;
  // What is sent elsewhere is so whichever operation of its method it is.
  if (path === 'status' && /^30[2378]$/.test(deployment)) return `${method} ${deployment}`;
  const rule = ruleOf(pair, difference);
  if (rule === undefined || path === 'status') {
    // One cause has a success refused, whatever the sequence was to show.
    return [pair.rule ?? '', operation, path, fake, deployment].join(' ');
  }
  // What was done before is why the model expects what is read.
  const isRead = /^invitations_(?:list|retrieve)$/.test(operation) && pair.step.kind !== 'settle';
  if (isRead && path.startsWith('body.') && !/^(list|pages)\./.test(rule)) return `read ${path}`;
  // A list shows a filter that does not work in its count, its items and their values.
  return /^(list|pages)\./.test(rule) ? rule : `${rule} ${path}`;
};
