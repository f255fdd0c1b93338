// The doors agree: the command's engine and the tests of a test runner give the same verdicts, on the fake and on broken ones.
import http from 'node:http';
import { afterAll, expect, jest, test } from '@jest/globals';
import { runContracts } from '../engine/run.ts';
import { withStatus } from '../../proof/edit.ts';
import { onReply } from '../../proof/fault.ts';
import type { StartFault } from '../../proof/mutant.ts';
import { setUp } from '../../proof/deployment.ts';
import type { Target } from '../target.ts';
import { defineContracts, type TestRunner } from './jest.ts';

jest.setTimeout(120_000);

const usual = ['create.answer', 'create.duplicate-address', 'retrieve', 'media-types.takes-form'];
const open: Target[] = [];

afterAll(async () => {
  for (const target of open.splice(0)) await target.close();
});

const openFake = async (start?: StartFault, rule: readonly string[] = []): Promise<Target> => {
  const { target } = await setUp(start === undefined ? {} : { start });
  open.push(target);
  const only = [...usual, ...rule].join();
  return { ...target, env: { ...target.env, CONTRACT_ONLY: only, CONTRACT_RUNS: '0' } };
};

type Verdicts = ReadonlyMap<string, string>;

const nameOf = ({ rule, title }: { readonly rule: string; readonly title: string }): string =>
  `[${rule}] ${title}`;

const byCommand = async (target: Target): Promise<Verdicts> => {
  const signal = new AbortController().signal;
  const own = { ...target, close: () => Promise.resolve() };
  const { result } = await runContracts({ target: own, signal, warn: () => undefined });
  return new Map(result.checks.map((check) => [nameOf(check), check.verdict]));
};

type Body = (context?: unknown) => void | Promise<void>;

/** A test runner in a few lines: tests in their order, hooks after. */
const collect = () => {
  const tests: { readonly name: string; readonly body: Body }[] = [];
  const after: Body[] = [];
  const add = (name: string, body: Body): void => void tests.push({ name, body });
  const runner: TestRunner = {
    // What a group leaves is left before the next one begins.
    describe: (name, body) => {
      const outer = after.splice(0);
      body();
      for (const leave of after.splice(0)) tests.push({ name: `${name} ends`, body: leave });
      after.push(...outer);
    },
    test: Object.assign(add, { skip: () => undefined }),
    afterAll: (body) => after.push(body),
  };
  return { runner, tests, after };
};

const byTests = async ({ env }: Target, app?: http.RequestListener) => {
  const verdicts = new Map<string, string>();
  const failed = new Set<string>();
  const { runner, tests, after } = collect();
  await defineContracts(runner, {
    target: app ?? env['CONTRACT_TARGET'] ?? '',
    env: { ...env, CONTRACT_STRICT: '1' },
    listen: (event) => {
      if (event.kind === 'check ended') verdicts.set(nameOf(event), event.verdict);
    },
  });
  for (const { name, body } of tests) {
    try {
      await body();
    } catch {
      failed.add(name);
    }
  }
  for (const body of after) await body();
  return { verdicts, failed };
};

const withoutAllow = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'allow'));

const targets: readonly (readonly [string, StartFault | undefined, string?])[] = [
  ['the fake', undefined],
  [
    'one that answers 409 to a taken address',
    onReply({ on: 'invitations_create', status: 404 }, withStatus(409)),
  ],
  [
    'one that answers 200 to a create',
    onReply({ on: 'invitations_create', status: 201 }, withStatus(200)),
  ],
  [
    'one that strips Allow, which is told once, under its own rule',
    onReply({}, (reply) => ({ ...reply, headers: withoutAllow(reply.headers) })),
    'headers.allow',
  ],
];

test.each(targets)('%s', async (_title, start, rule) => {
  const target = await openFake(start, rule === undefined ? [] : [rule]);
  const command = await byCommand(target);
  const { verdicts, failed } = await byTests(target);
  const made = [...command].filter(([, verdict]) => verdict !== 'not exercised');
  expect(made.length).toBeGreaterThan(20);
  expect(made.filter(([name, verdict]) => verdicts.get(name) !== verdict)).toEqual([]);
  for (const [name, verdict] of made) {
    if (verdict === 'passed') expect(failed).not.toContain(name);
  }
  if (rule === undefined) return;
  const diverging = made.filter(([, verdict]) => ['divergence', 'violation'].includes(verdict));
  expect(diverging.length).toBeGreaterThan(0);
  expect(diverging.filter(([name]) => !name.startsWith(`[${rule}]`))).toEqual([]);
});

const passOn =
  ({ env }: Target, asked: http.IncomingHttpHeaders[] = []): http.RequestListener =>
  (request, response) => {
    const { method = 'GET', headers, url = '' } = request;
    asked.push(headers);
    const address = `${env['CONTRACT_TARGET'] ?? ''}${url}`;
    const passed = http.request(address, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed);
  };

test('an app does as well as an address, and is sent the headers of the way', async () => {
  const target = await openFake();
  const env = { ...target.env, CONTRACT_ONLY: 'retrieve.answer', CONTRACT_HEADER: 'X-Team: qa' };
  const asked: http.IncomingHttpHeaders[] = [];
  const { verdicts, failed } = await byTests({ ...target, env }, passOn(target, asked));
  const passed = [...verdicts.values()].filter((verdict) => verdict === 'passed');
  expect(passed.length).toBeGreaterThan(5);
  expect(failed.size).toBe(0);
  expect(asked.filter((headers) => headers['x-team'] !== 'qa')).toEqual([]);
});

test('what is not exercised is skipped where the test runner can, and nothing exercised is no success', async () => {
  const target = await openFake();
  const { runner, tests, after } = collect();
  const only = { CONTRACT_ONLY: 'create.duplicate-letter-case' };
  await defineContracts(runner, { target: passOn(target), env: { ...target.env, ...only } });
  const generated = tests.find(({ name }) => name.endsWith('in sequences of commands'));
  const reasons: string[] = [];
  await generated?.body({ skip: (why: string) => reasons.push(why) });
  expect(reasons).toHaveLength(1);
  const last = tests.find(({ name }) => name.startsWith('the answers to all'));
  await expect(last?.body()).rejects.toThrow('no check was exercised');
  for (const body of after) await body();
});

const unable: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['an option that there is not', 'takes target, env, listen, and no "envs"', { envs: {} }],
  ['no target', 'The target is undefined', { target: undefined }],
  ['a user in the address', 'a user or a password', { target: 'http://ada:secret@127.0.0.1:9' }],
  ['no credentials', 'Set CONTRACT_AUTH_OWNER', { env: {} }],
  ['a rule that there is not', 'is called "creat"', { env: { CONTRACT_ONLY: 'creat' } }],
  ['nobody there', 'cannot be reached', { env: { CONTRACT_AUTH_OWNER: 'Api-Key x' } }],
  [
    'a page for everybody',
    'There is no Invitations API',
    {
      env: { CONTRACT_AUTH_OWNER: 'Api-Key x' },
      target: ((_request, response) => response.end('<html>')) satisfies http.RequestListener,
    },
  ],
];

test.each(unable)('cannot run, which one sentence says: %s', async (_title, sentence, given) => {
  const { runner, tests } = collect();
  const options = { target: 'http://127.0.0.1:9', ...given };
  const error = await defineContracts(runner, options).then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason : undefined),
  );
  expect(error?.message).toContain(sentence);
  expect(error?.stack).toBe(`CannotRun: ${error?.message ?? ''}`);
  expect(tests).toEqual([]);
});

test('a hook that the test runner calls otherwise is asked for', async () => {
  const { describe, test: define } = collect().runner;
  await expect(
    Reflect.apply(defineContracts, undefined, [{ describe, test: define }, { target: 'x' }]),
  ).rejects.toThrow('afterAll');
});
