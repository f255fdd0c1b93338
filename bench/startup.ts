// How long each server takes from its first instruction to its first answer, and how much memory it holds.
import { fetchInvitations, listLoad } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { measure } from './load.ts';
import { median, ratioOfMedians } from './median.ts';
import type { Options } from './options.ts';
import type { RunningServer } from './server-pool.ts';
import { toTable, wholeText } from './table.ts';
import { judge, loadedTarget, memoryTarget, readyTarget, type TargetResult } from './targets.ts';

const serverNames = ['product', 'bare', 'prism'] as const;

type ServerName = (typeof serverNames)[number];

export type Start = {
  readonly readyMs: number;
  /** CPU time until then; null if unknown. */
  readonly readyCpuMs: number | null;
  readonly residentMb: number | null;
  /** After one sample of the list load. */
  readonly loadedMb: number | null;
};

export type Starts = { readonly [name in ServerName]: readonly Start[] };

const observe = async (server: RunningServer, seconds: number): Promise<Start> => {
  const { readyMs } = server;
  const readyCpuMs = server.cpuMs();
  const residentMb = server.residentMb();
  await measure(server, listLoad('list'), seconds);
  const loadedMb = server.residentMb();
  await server.stop();
  return { readyMs, readyCpuMs, residentMb, loadedMb };
};

/** The product as `npm start` starts it: its default scenario and page size. */
export const measureStarts = async (
  { seconds, rounds }: Options,
  contenders: Contenders,
  say: (line: string) => void,
): Promise<Starts> => {
  const example = await contenders.product();
  const invitations = await fetchInvitations(example);
  await example.stop();
  const starters: Readonly<Record<ServerName, () => Promise<RunningServer>>> = {
    product: contenders.product,
    bare: () => contenders.bare(invitations, example.authorization),
    prism: contenders.prism,
  };
  const starts: Record<ServerName, Start[]> = { product: [], bare: [], prism: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of serverNames) {
      const start = await observe(await starters[name](), seconds);
      starts[name].push(start);
      const memory = `${wholeMedian([start.residentMb])} MB, ${wholeMedian([start.loadedMb])} MB after load`;
      say(`start ${round} of ${rounds}: ${name} ${wholeText(start.readyMs)} ms, ${memory}`);
    }
  }
  return starts;
};

const known = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value) => value !== null);

const wholeMedian = (values: readonly (number | null)[]): string => {
  const measured = known(values);
  return measured.length === 0 ? 'unknown' : wholeText(median(measured));
};

const readyTimes = (starts: readonly Start[]): readonly number[] =>
  starts.map(({ readyMs }) => readyMs);

export const judgeStarts = ({ product, prism }: Starts): readonly TargetResult[] => {
  const ready = ratioOfMedians(readyTimes(product), readyTimes(prism));
  const atRest = known(product.map(({ residentMb }) => residentMb));
  const loaded = known(product.map(({ loadedMb }) => loadedMb));
  return [
    judge('ready: product to prism mock', ready, readyTarget),
    ...(atRest.length === 0 ? [] : [judge('memory, MB', median(atRest), memoryTarget)]),
    ...(loaded.length === 0 ? [] : [judge('memory after load, MB', median(loaded), loadedTarget)]),
  ];
};

export const toStartTable = (starts: Starts): string =>
  toTable(
    ['Start', 'ready ms', 'CPU ms until then', 'memory MB', 'after load MB'],
    serverNames.map((name) => [
      name,
      wholeText(median(readyTimes(starts[name]))),
      wholeMedian(starts[name].map(({ readyCpuMs }) => readyCpuMs)),
      wholeMedian(starts[name].map(({ residentMb }) => residentMb)),
      wholeMedian(starts[name].map(({ loadedMb }) => loadedMb)),
    ]),
  );
