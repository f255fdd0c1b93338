// What gateways do to exchanges, each as a value. Several of them make a gateway of a kind that people have met.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { lost } from './gateway.suite.ts';
import type { Answered, GatewayRequest, Habit, Passed } from './gateway.suite.ts';

type When = (asked: GatewayRequest) => boolean;

export const every =
  (nth: number): When =>
  ({ number }) =>
    number % nth === 0;

export const isMethod =
  (...methods: readonly string[]): When =>
  ({ method }) =>
    methods.includes(method);

export const only =
  (when: When, habit: Habit): Habit =>
  (asked, next) =>
    when(asked) ? habit(asked, next) : next(asked);

/** Counts the requests that it is about, and is at work at every nth of them. */
export const everyNthOf = (nth: number, when: When, habit: Habit): Habit => {
  let count = 0;
  return (asked, next) => {
    if (!when(asked)) return next(asked);
    count += 1;
    return count % nth === 0 ? habit(asked, next) : next(asked);
  };
};

export const html = (status: number, title: string): Answered => ({
  status,
  headers: [['Content-Type', 'text/html']],
  body: Buffer.from(`<html><head><title>${title}</title></head><body>${title}</body></html>`),
});

export const json = (
  status: number,
  value: unknown,
  ...headers: readonly (readonly [string, string])[]
): Answered => ({
  status,
  headers: [['Content-Type', 'application/json'], ['Allow', 'GET, POST'], ...headers],
  body: Buffer.from(JSON.stringify(value)),
});

export const answers =
  (answer: Answered | ((asked: GatewayRequest) => Answered)): Habit =>
  (asked) =>
    Promise.resolve(typeof answer === 'function' ? answer(asked) : answer);

export const loses: Habit = () => Promise.resolve(lost);

/** Until whoever asked gives up. */
export const hangs: Habit = () => new Promise(() => undefined);

const changing =
  (change: (answer: Answered, asked: GatewayRequest) => Answered): Habit =>
  async (asked, next) => {
    const passed: Passed = await next(asked);
    return passed === lost ? lost : change(passed, asked);
  };

export const strips = (name: string): Habit =>
  changing((answer) => ({
    ...answer,
    headers: answer.headers.filter(([it]) => it.toLowerCase() !== name.toLowerCase()),
  }));

const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;

/** Whether the client has asked for it or not, as some do. */
export const compresses = (encoding: keyof typeof packers): Habit =>
  changing((answer) =>
    answer.body.length === 0
      ? answer
      : {
          ...answer,
          headers: [...answer.headers, ['Content-Encoding', encoding]],
          body: packers[encoding](answer.body),
        },
  );

export const redirects =
  (toBase: string, status = 307): Habit =>
  ({ path }) =>
    Promise.resolve({ status, headers: [['Location', `${toBase}${path}`]], body: Buffer.from('') });

/** Changes the text of bodies: links to an inner host, a field that gets lost. */
export const rewrites = (change: (text: string, asked: GatewayRequest) => string): Habit =>
  changing((answer, asked) =>
    answer.body.length === 0
      ? answer
      : { ...answer, body: Buffer.from(change(answer.body.toString('utf8'), asked)) },
  );

export const throttles = (retryAfter?: string): Habit =>
  answers(
    json(
      429,
      { detail: 'Request was throttled.' },
      ...(retryAfter === undefined ? [] : [['Retry-After', retryAfter] as const]),
    ),
  );

/** Lets through so many a second, and a few at once. */
export const limits = (perSecond: number, refusal: Answered): Habit => {
  const burst = 5;
  let [tokens, at] = [burst, 0];
  return (asked, next) => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - at) * perSecond) / 1000);
    at = now;
    if (tokens < 1) return Promise.resolve(refusal);
    tokens -= 1;
    return next(asked);
  };
};

/** 429 with a date so far ahead of its own clock, which is wrong by `byMs`; once for every `nth` request. */
export const throttlesByDate = (nth: number, waitMs: number, byMs: number): Habit =>
  only(every(nth), (asked, next) =>
    throttles(new Date(Date.now() + byMs + waitMs).toUTCString())(asked, next),
  );

/** The clock of all answers is wrong by so much. */
export const shiftsClock = (byMs: number): Habit =>
  changing((answer) => ({
    ...answer,
    headers: [
      ...answer.headers.filter(([name]) => name.toLowerCase() !== 'date'),
      ['Date', new Date(Date.now() + byMs).toUTCString()],
    ],
  }));

/** 403 to what comes without it. */
export const wants = (name: string, value: string): Habit =>
  only(({ headers }) => headers[name.toLowerCase()] !== value, answers(html(403, 'Forbidden')));

const idIn = (answer: Answered): string | undefined =>
  /"id":\s*"([^"]+)"/.exec(answer.body.toString('utf8'))?.[1];

/** A new invitation is known only so long after its create, each in its turn, the last for all further ones. */
export const lags = (...times: readonly number[]): Habit => {
  const readableAt = new Map<string, number>();
  return async (asked, next) => {
    const isHidden = [...readableAt].some(
      ([id, at]) => asked.path.includes(id) && at > performance.now(),
    );
    if (isHidden) return json(404, { detail: 'Not found.' });
    const passed = await next(asked);
    if (asked.method !== 'POST' || passed === lost || passed.status !== 201) return passed;
    const ms = times[readableAt.size] ?? times.at(-1) ?? 0;
    readableAt.set(idIn(passed) ?? '', performance.now() + ms);
    return passed;
  };
};

/** Takes no invitation to an address at these domains. */
export const refusesDomains = (...domains: readonly string[]): Habit =>
  only(
    ({ method, body }) =>
      method !== 'GET' && domains.some((domain) => body.toString('utf8').includes(domain)),
    answers(json(400, { email: ['Addresses at this domain are not accepted.'] })),
  );
