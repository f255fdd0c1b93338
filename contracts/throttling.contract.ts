// 429: a limit cannot be found out without overrunning it, and nobody does that to a deployment. So nothing is asked here:
// the answers 429 that all other checks met by chance, and waited after, are looked at. No such answer, no verdict.
import type { RuleId } from '../spec/vocabulary.ts';
import { disappoint } from './expect.ts';
import { isRecord } from './invitation.ts';
import { NotExercised } from './not-exercised.ts';
import { operations } from './operations.ts';
import { rule } from './rule.ts';
import { harness } from './run.ts';
import type { Throttled } from './throttled.ts';

const none = { needs: [], changes: false } as const;

const look = (which: (throttled: Throttled) => boolean, lacking: string): readonly Throttled[] => {
  const found = harness.throttled.filter(which);
  if (found.length === 0) throw new NotExercised(lacking);
  return found;
};
const never = 'no answer 429 came in this run, and none is provoked';

const fail = ({ method, path, caller, reply }: Throttled, expected: string): never =>
  disappoint({ ...reply, json: undefined, asked: `${method} ${path} as ${caller}` }, expected);

const detailIn = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value['detail'] : undefined;
  } catch {
    return undefined;
  }
};

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const check = (id: RuleId, title: string, look: () => void): void => {
  rule(id, title, none, async () => {
    await Promise.resolve();
    look();
  });
};

check('errors.throttled', 'each answer 429 of this run has detail', () => {
  for (const throttled of look(() => true, never)) {
    const detail = detailIn(throttled.reply.text);
    if (typeof detail !== 'string' || detail.trim() === '') fail(throttled, '{"detail": "…"}');
  }
});

check('errors.retry-after', 'each answer 429 of this run says when', () => {
  for (const throttled of look(() => true, never)) {
    const when = throttled.reply.headers['retry-after'] ?? '';
    if (!/^\d+$/.test(when) && !httpDate.test(when)) {
      fail(throttled, `Retry-After in whole seconds or as an HTTP date, not "${when}"`);
    }
  }
});

// What stands in front of a target may throttle whoever asks, before anybody looks at credentials: the answers do not tell
// whose they are. So one to a JWT without scope accuses nobody, and only the other checks of this rule can fail.
check('order.scope-before-rate', 'a JWT without scope is answered 403 while throttled', () => {
  look(() => true, never);
  throw new NotExercised(
    'whose answers 429 came in this run, the target’s or a gateway’s, is not known',
  );
});

const isRefusedMethod = ({ method, path }: Throttled): boolean => {
  const isOn = (template: string): boolean =>
    new RegExp(`^${template.replace('{id}', '[^/]+')}$`).test(path.split('?')[0] ?? '');
  const ofPath = Object.values(operations).filter((operation) => isOn(operation.path));
  return ofPath.length > 0 && !ofPath.some((operation) => operation.method === method);
};

check('order.rate-before-method', 'an answer 429 came for a method that is refused', () => {
  look(isRefusedMethod, 'no answer 429 came for a method that is refused, and none is provoked');
});
