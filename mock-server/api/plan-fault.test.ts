// Answers that take their time: held back, in pieces, let go, left alone by their clients, and too many of them.
import { createServer, get, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { FaultRule } from '../sandbox/fault-rule.ts';
import { aFault } from '../sandbox/fault.suite.ts';
import { createFaults, type Faults } from '../sandbox/faults.ts';
import { toWire } from '../web/node-port.ts';
import { replyJson } from '../web/reply.ts';
import { writeReply } from '../web/write.ts';
import { planFault, type FaultOutcome } from './plan-fault.ts';

const answer = replyJson(200, { text: 'x'.repeat(89) });
const size = 100;
const whole = answer.body ?? '';

const request = { operation: null, method: 'GET', role: 'none', isRefused: false } as const;

let faults: Faults = createFaults({ answers: 1, characters: 1_000 }, () => undefined);
let outcomes: FaultOutcome[] = [];

const server = createServer((_request, response) => {
  const met = faults.meet(request);
  const plan = met && planFault(toWire(response), answer, met, faults);
  if (plan === undefined) writeReply(response, answer);
  else void plan.carryOut(plan.reply).then((outcome) => outcomes.push(outcome));
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  faults.clear();
  faults = createFaults({ answers: 1, characters: 1_000 }, () => undefined);
  outcomes = [];
});

const set = (more: Partial<FaultRule>): void => {
  faults.replace([aFault(more)], 1);
};

/** Looks again each time that something may have happened. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise(setImmediate);
};

const ask = (): ClientRequest => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return get({ port, host: '127.0.0.1', agent: false });
};

const open = (): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    ask().on('response', resolve).on('error', reject);
  });

const readPieces = async (response: IncomingMessage): Promise<readonly string[]> => {
  const pieces: string[] = [];
  for await (const piece of response) pieces.push(String(piece));
  return pieces;
};

test('the answer of this file has the size that its tests count with', () => {
  expect(whole).toHaveLength(size);
});

test('a dripping answer comes whole, in pieces of their size', async () => {
  set({ drip: { bytes: 10, everyMs: 2 } });
  const pieces = await readPieces(await open());
  expect(pieces.join('')).toBe(whole);
  expect(pieces.length).toBeGreaterThan(3);
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([{ effect: 'sent in 10 pieces', response: { body: whole } }]);
});

test('a piece that is larger than the answer is the answer', async () => {
  set({ drip: { bytes: 1_000, everyMs: 60_000 } });
  expect((await readPieces(await open())).join('')).toBe(whole);
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([{ effect: 'sent in 1 piece' }]);
});

test('a drip that is let go sends the rest at once', async () => {
  set({ drip: { bytes: 30, everyMs: 60_000 } });
  const response = await open();
  const reading = readPieces(response);
  faults.clear();
  expect((await reading).join('')).toBe(whole);
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([{ effect: 'sent in 2 pieces' }]);
});

test('a drip ends when the client goes away, and makes room', async () => {
  set({ drip: { bytes: 30, everyMs: 60_000 } });
  (await open()).destroy();
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([
    {
      effect: 'sent in 1 piece, the client went away after 30 of 100 bytes',
      response: { body: whole.slice(0, 30) },
    },
  ]);
  expect(faults.hold(() => undefined, 0)).toBeDefined();
});

test('a late answer comes as soon as it is let go', async () => {
  set({ latency: { kind: 'fixed', ms: 600_000 } });
  const opening = open();
  await until(() => faults.list()[0]?.hit === 1);
  faults.clear();
  expect((await readPieces(await opening)).join('')).toBe(whole);
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([{ response: { status: 200 } }]);
  expect(outcomes[0]?.effect).toMatch(/^held back \d{1,5} ms$/);
});

test('a late answer comes by itself, and the outcome says how late', async () => {
  set({ latency: { kind: 'fixed', ms: 3 } });
  const since = performance.now();
  expect((await readPieces(await open())).join('')).toBe(whole);
  await until(() => outcomes.length === 1);
  const [, waited] = /^held back (\d+) ms$/.exec(outcomes[0]?.effect ?? '') ?? [];
  expect(Number(waited)).toBeLessThanOrEqual(Math.ceil(performance.now() - since));
});

test('an outcome tells all that was done, in the order in which it was done', async () => {
  const effect = { kind: 'body', body: 'truncated' } as const;
  set({ latency: { kind: 'fixed', ms: 1 }, drip: { bytes: 25, everyMs: 1 }, effect });
  expect((await readPieces(await open())).join('')).toBe(whole.slice(0, size / 2));
  await until(() => outcomes.length === 1);
  expect(outcomes[0]?.effect).toMatch(/^body truncated, held back \d+ ms, sent in 2 pieces$/);
});

test.each<[string, Partial<FaultRule>, RegExp]>([
  [
    'late answer',
    { latency: { kind: 'fixed', ms: 600_000 } },
    /^held back \d+ ms, the client went away before the answer$/,
  ],
  [
    'hanging connection',
    { effect: { kind: 'connection', connection: 'hang' } },
    /^no answer, the connection hangs$/,
  ],
])('a %s is waited with no longer when the client goes away', async (_what, more, effect) => {
  set(more);
  const asking = ask();
  const failed = new Promise((resolve) => asking.on('error', resolve));
  await until(() => faults.list()[0]?.hit === 1);
  expect(faults.hold(() => undefined, 0)).toBeUndefined();
  asking.destroy();
  await failed;
  let release: (() => void) | undefined;
  await until(() => (release = faults.hold(() => undefined, 0)) !== undefined);
  release?.();
  expect(outcomes).toMatchObject([{ response: { status: 0, headers: {}, body: null } }]);
  expect(outcomes[0]?.effect).toMatch(effect);
});

test.each<[string, Partial<FaultRule>, string[]]>([
  ['a late answer goes out at once', { latency: { kind: 'fixed', ms: 600_000 } }, []],
  ['a drip is whole', { drip: { bytes: 1, everyMs: 60_000 } }, []],
  ['nothing hangs', { effect: { kind: 'connection', connection: 'hang' } }, []],
  [
    'a late and truncated answer is truncated',
    { latency: { kind: 'fixed', ms: 600_000 }, effect: { kind: 'body', body: 'truncated' } },
    ['body truncated'],
  ],
])('where no more can be held back, %s', async (_what, more, effects) => {
  set(more);
  faults.hold(() => undefined, 0);
  const text = (await readPieces(await open())).join('');
  expect(text.length).toBe(effects.length === 0 ? size : size / 2);
  await until(() => outcomes.length === effects.length);
  expect(outcomes.map(({ effect }) => effect)).toEqual(effects);
  const skipped = effects.length === 0 ? 1 : 0;
  expect(faults.list()).toMatchObject([{ seen: 1, hit: 1 - skipped, skipped }]);
});

test('a longer answer than there is room for is not held back', async () => {
  faults = createFaults({ answers: 5, characters: size - 1 }, () => undefined);
  set({ latency: { kind: 'fixed', ms: 600_000 } });
  expect((await readPieces(await open())).join('')).toBe(whole);
  expect(faults.list()).toMatchObject([{ skipped: 1 }]);
});

test('where no more can be held back, a late reset comes at once', async () => {
  const effect = { kind: 'connection', connection: 'reset-before' } as const;
  set({ latency: { kind: 'fixed', ms: 600_000 }, effect });
  faults.hold(() => undefined, 0);
  await expect(open()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await until(() => outcomes.length === 1);
  expect(outcomes).toMatchObject([{ effect: 'connection reset before the answer' }]);
});

test('what hangs weighs nothing, for its answer is not kept', async () => {
  faults = createFaults({ answers: 1, characters: size - 1 }, () => undefined);
  set({ effect: { kind: 'connection', connection: 'hang' } });
  const opening = open();
  await until(() => outcomes.length === 1);
  expect(faults.list()).toMatchObject([{ hit: 1, skipped: 0 }]);
  faults.clear();
  await expect(opening).rejects.toMatchObject({ code: 'ECONNRESET' });
});
