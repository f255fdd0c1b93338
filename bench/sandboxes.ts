// What sandboxes cost: to make, reset, keep and bring back, in memory, and in speed when a thousand are used at once.
import { listLoad } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { costOf, measure, type Load, type Sample } from './load.ts';
import { median, ratioOfMedians } from './median.ts';
import type { Options } from './options.ts';
import type { RunningServer } from './server-pool.ts';
import { ratioText, toTable, wholeText } from './table.ts';
import { judge, sharingTarget, type TargetResult } from './targets.ts';

const scenarios = ['team', 'many-pages'] as const;
const crowd = 1_000;
const repetitions = 20;
const warmUpSeconds = 2;
const steps = ['create', 'reset', 'snapshot', 'restore', 'export'] as const;

type Step = (typeof steps)[number];

export type SandboxFigures = {
  /** Milliseconds of each step, by scenario. */
  readonly steps: Readonly<
    Record<(typeof scenarios)[number], Readonly<Record<Step, readonly number[]>>>
  >;
  /** Megabytes of resident memory with none and with a thousand more; null where it cannot be known. */
  readonly memory: { readonly before: number | null; readonly after: number | null };
  readonly alone: readonly Sample[];
  readonly crowded: readonly Sample[];
};

const ask = async (
  server: RunningServer,
  method: string,
  path: string,
  body = {},
): Promise<unknown> => {
  const response = await fetch(`${server.url}/_mock/sandboxes/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

const member = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce(
    (found, name): unknown =>
      typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined,
    value,
  );

const time = async (step: () => Promise<unknown>, into: number[]): Promise<unknown> => {
  const startedAt = performance.now();
  const result = await step();
  into.push(performance.now() - startedAt);
  return result;
};

const measureSteps = async (
  server: RunningServer,
  scenario: string,
): Promise<Readonly<Record<Step, readonly number[]>>> => {
  const samples: Record<Step, number[]> = {
    create: [],
    reset: [],
    snapshot: [],
    restore: [],
    export: [],
  };
  for (let index = 0; index < repetitions; index += 1) {
    const name = `${scenario}-${index}`;
    await time(() => ask(server, 'PUT', name, { scenario }), samples.create);
    await time(() => ask(server, 'POST', `${name}/reset`), samples.reset);
    const kept = await time(() => ask(server, 'POST', `${name}/snapshots`), samples.snapshot);
    const id = String(member(kept, 'id'));
    await time(() => ask(server, 'POST', `${name}/snapshots/${id}/restore`), samples.restore);
    await time(() => ask(server, 'GET', `${name}/export`), samples.export);
    await ask(server, 'DELETE', name);
  }
  return samples;
};

/** Makes so many, and gives the keys of their owners. */
export const fill = async (server: RunningServer, count: number): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const made = await ask(server, 'PUT', `crowd-${index}`, { scenario: 'team' });
    keys.push(String(member(made, 'credentials', 'OWNER', 'api_key')));
  }
  return keys;
};

const listAs = (name: string, keys: readonly string[]): Load => {
  const load = listLoad(name, ['']);
  const [request] = load.requests;
  return {
    ...load,
    requests: keys.map((authorization) => ({
      ...request,
      headers: { authorization, accept: 'application/json' },
    })),
  };
};

export const measureSandboxes = async (
  { seconds, rounds }: Options,
  contenders: Contenders,
  say: (line: string) => void,
): Promise<SandboxFigures> => {
  const server = await contenders.product();
  const team = await measureSteps(server, 'team');
  const manyPages = await measureSteps(server, 'many-pages');
  await server.stop();

  const host = await contenders.product();
  const before = host.residentMb();
  const keys = await fill(host, crowd);
  const after = host.residentMb();
  say(`${crowd} sandboxes: ${wholeText(before ?? 0)} to ${wholeText(after ?? 0)} MB`);
  const one = listAs('list in one sandbox', keys.slice(0, 1));
  const all = listAs(`list in ${wholeText(crowd)} sandboxes`, keys);
  const alone: Sample[] = [];
  const crowded: Sample[] = [];
  for (const load of [one, all]) await measure(host, load, warmUpSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    alone.push(await measure(host, one, seconds));
    crowded.push(await measure(host, all, seconds));
    say(`sandboxes, round ${round} of ${rounds}`);
  }
  await host.stop();
  return { steps: { team, 'many-pages': manyPages }, memory: { before, after }, alone, crowded };
};

export const judgeSandboxes = ({ alone, crowded }: SandboxFigures): TargetResult => {
  const cost = ratioOfMedians(crowded.map(costOf), alone.map(costOf));
  return judge(
    `list: cost in ${wholeText(crowd)} sandboxes, as a ratio to one`,
    cost,
    sharingTarget,
  );
};

const perSandbox = ({ before, after }: SandboxFigures['memory']): string =>
  before === null || after === null
    ? 'unknown'
    : `${(((after - before) * 1_024) / crowd).toFixed(0)} kB`;

export const toSandboxTable = ({
  steps: measured,
  memory,
  alone,
  crowded,
}: SandboxFigures): string => {
  const rate = (samples: readonly Sample[]): string =>
    wholeText(median(samples.map(({ perSecond }) => perSecond)));
  const times = toTable(
    ['Milliseconds to', ...scenarios],
    steps.map((step) => [
      step,
      ...scenarios.map((name) => ratioText(median(measured[name][step]))),
    ]),
  );
  const sharing = toTable(
    ['Lists a second', 'one sandbox', wholeText(crowd), 'memory of each'],
    [['team', rate(alone), rate(crowded), perSandbox(memory)]],
  );
  return `${times}\n\n${sharing}`;
};
