// 429: a limit cannot be found out without overrunning it, and nobody does that to a deployment. So nothing is asked here:
// the answers 429 that all other checks met by chance, and waited after, are looked at. No such answer, no verdict.
import type { RuleId } from '../../spec/vocabulary.ts';
import { contract } from '../engine/contract.ts';
import type { Exchange } from '../engine/events.ts';
import { isPage } from '../engine/intermediary.ts';
import { isRecord } from '../invitation.ts';
import { parse } from '../engine/reply.ts';
import { NotExercised } from '../not-exercised.ts';
import { patterns } from '../operations.ts';

const none = { needs: [], changes: false } as const;
const never = 'no answer 429 came in this run, and none is provoked';

const ofPages = 'the answers 429 of this run are HTML pages of what stands before the API';

const fail = ({ method, path, caller, text }: Exchange, expected: string): never => {
  throw new Error(`${method} ${path} as ${caller}: expected ${expected}, but got\n${text}`);
};

const detailIn = (text: string): unknown => {
  const value = parse(text);
  return isRecord(value) ? value['detail'] : undefined;
};

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const isRefusedMethod = ({ method, path }: Exchange): boolean => {
  const ofPath = patterns.filter(({ pattern }) => pattern.test(path));
  return ofPath.length > 0 && !ofPath.some((operation) => operation.method === method);
};

export const checks = contract('throttling', { place: 'last' }, ({ rule, throttled }) => {
  const look = (lacking: string, which: typeof isRefusedMethod = () => true) => {
    const asked = throttled.filter(({ exchange }) => which(exchange));
    const found = asked.filter(({ reply }) => !isPage(reply.text));
    if (found.length === 0) throw new NotExercised(asked.length === 0 ? lacking : ofPages);
    return found;
  };
  const check = (id: RuleId, title: string, body: () => void): void => {
    rule(id, title, none, async () => {
      await Promise.resolve();
      body();
    });
  };

  check('errors.throttled', 'each answer 429 of this run has detail', () => {
    for (const { exchange, reply } of look(never)) {
      const detail = detailIn(reply.text);
      if (typeof detail !== 'string' || detail.trim() === '') fail(exchange, '{"detail": "…"}');
    }
  });

  check('errors.retry-after', 'each answer 429 of this run says when', () => {
    for (const { exchange, reply } of look(never)) {
      const when = reply.headers['retry-after'] ?? '';
      if (!/^\d+$/.test(when) && !httpDate.test(when)) {
        fail(exchange, `Retry-After in whole seconds or as an HTTP date, not "${when}"`);
      }
    }
  });

  // What stands in front of a target may throttle whoever asks, before anybody looks at credentials: the answers do not
  // tell whose they are. So one to a JWT without scope accuses nobody, and only the other checks of this rule can fail.
  const withoutScope = 'a JWT without scope is answered 403 while throttled';
  check('order.scope-before-rate', withoutScope, () => {
    look(never);
    throw new NotExercised(
      'whose answers 429 came in this run, the target’s or a gateway’s, is not known',
    );
  });

  const ofMethod = 'an answer 429 came for a method that is refused';
  check('order.rate-before-method', ofMethod, () => {
    look('no answer 429 came for a method that is refused, and none is provoked', isRefusedMethod);
  });
});
