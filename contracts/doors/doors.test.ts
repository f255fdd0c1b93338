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

type Body = () => void | Promise<void>;

/** A test runner in a few lines: hooks before, tests in their order, hooks after. */
const collect = () => {
  const before: Body[] = [];
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
    beforeAll: (body) => before.push(body),
    afterAll: (body) => after.push(body),
  };
  return { runner, before, tests, after };
};

const byTests = async ({ env }: Target, app?: http.RequestListener) => {
  const verdicts = new Map<string, string>();
  const failed = new Set<string>();
  const { runner, before, tests, after } = collect();
  await defineContracts(runner, {
    target: app ?? env['CONTRACT_TARGET'] ?? '',
    env: { ...env, CONTRACT_STRICT: '1' },
    listen: (event) => {
      if (event.kind === 'check ended') verdicts.set(nameOf(event), event.verdict);
    },
  });
  for (const body of before) await body();
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

test('an app does as well as an address', async () => {
  const target = await openFake();
  const env = { ...target.env, CONTRACT_ONLY: 'retrieve.answer' };
  const passOn: http.RequestListener = (request, response) => {
    const { method = 'GET', headers, url = '' } = request;
    const address = `${target.env['CONTRACT_TARGET'] ?? ''}${url}`;
    const asked = http.request(address, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(asked);
  };
  const { verdicts, failed } = await byTests({ ...target, env }, passOn);
  const passed = [...verdicts.values()].filter((verdict) => verdict === 'passed');
  expect(passed.length).toBeGreaterThan(5);
  expect(failed.size).toBe(0);
});
