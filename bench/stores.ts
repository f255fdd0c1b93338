// What stores cost: requests a second by store, with one replica and more, in one sandbox and in a hundred, as ratios to memory.
import { rmSync } from 'node:fs';
import { startPostgres } from '../mock-server/stores/postgres/postgres-server.suite.ts';
import { createLoad, fetchInvitations, listLoad, retrieveLoad } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { measure, type Load } from './load.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import { fill } from './sandboxes.ts';
import type { RunningServer } from './server-pool.ts';
import {
  inFolder,
  inPostgres,
  measureStoredStarts,
  toStoredStartTable,
  type KeptIn,
  type StoredStarts,
} from './stored-starts.ts';
import { ratioText, toTable, wholeText } from './table.ts';

const crowd = 100;
const warmUpSeconds = 3;
const loads = ['list', 'retrieve', 'create', `list in ${crowd}`, `create in ${crowd}`] as const;

type LoadName = (typeof loads)[number];

/** Requests a second of all replicas together. */
type StoreFigures = {
  readonly name: string;
  readonly perSecond: Readonly<Record<LoadName, number>>;
};

export type StoresFigures = {
  readonly figures: readonly StoreFigures[];
  readonly starts: readonly StoredStarts[];
};

/** Each request as another sandbox. */
const asEach = (load: Load, keys: readonly string[]): Load => ({
  ...load,
  requests: keys.flatMap((authorization) =>
    load.requests.map((request) => ({
      ...request,
      headers: { ...request.headers, authorization, accept: 'application/json' },
    })),
  ),
});

const loadsOf = async (
  server: RunningServer,
  keys: readonly string[],
  name: string,
): Promise<Readonly<Record<LoadName, Load>>> => ({
  list: listLoad('list'),
  retrieve: retrieveLoad(await fetchInvitations(server)),
  create: createLoad(name),
  [`list in ${crowd}`]: asEach(listLoad('list'), keys),
  [`create in ${crowd}`]: asEach(createLoad(`${name}-crowd`), keys),
});

const measureStore = async (
  { seconds, rounds }: Options,
  name: string,
  servers: readonly RunningServer[],
): Promise<StoreFigures> => {
  const [first] = servers;
  if (first === undefined) throw new Error('There is no server to measure.');
  const keys = await fill(first, crowd);
  const each = await Promise.all(
    servers.map(async (server, place) => ({
      server,
      of: await loadsOf(server, keys, `${name.replaceAll(/\W/g, '')}-${place}`),
    })),
  );
  const rate = async (load: LoadName, time: number): Promise<number> => {
    const samples = each.map(({ server, of }) => measure(server, of[load], time));
    return (await Promise.all(samples)).reduce((sum, { perSecond }) => sum + perSecond, 0);
  };
  const perSecond = { ...none };
  for (const load of loads) {
    await rate(load, warmUpSeconds);
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) samples.push(await rate(load, seconds));
    perSecond[load] = median(samples);
  }
  return { name, perSecond };
};

const none: Record<LoadName, number> = {
  list: 0,
  retrieve: 0,
  create: 0,
  [`list in ${crowd}`]: 0,
  [`create in ${crowd}`]: 0,
};

const flags = ['--scenario', 'many-pages', '--scenario-size', '1000', '--page-size', '50'] as const;

export const measureStores = async (
  options: Options,
  contenders: Contenders,
  folder: string,
  say: (line: string) => void,
): Promise<StoresFigures> => {
  const figures: StoreFigures[] = [];
  const starts: StoredStarts[] = [];
  const start = async (kept: KeptIn): Promise<void> => {
    starts.push(await measureStoredStarts(options, contenders, flags, kept));
    say(`stores: starts with ${kept.name}`);
  };
  const run = async (name: string, store: string, replicas: number): Promise<void> => {
    const servers: RunningServer[] = [];
    for (let place = 0; place < replicas; place += 1) {
      servers.push(await contenders.product([...flags, '--store', store]));
    }
    figures.push(await measureStore(options, name, servers));
    for (const server of servers) await server.stop();
    say(`stores: ${name}`);
  };
  await run('memory', 'memory', 1);
  await run('file', `file:${folder}`, 1);
  rmSync(folder, { recursive: true, force: true });
  await start(inFolder(folder));
  rmSync(folder, { recursive: true, force: true });
  // What was committed survives the end of the machine, as where it is used.
  const postgres = await startPostgres({ isDurable: true });
  try {
    for (const replicas of [1, 2, 4]) {
      await run(`postgres, ${replicas}`, await postgres.newAddress(), replicas);
    }
    await start(inPostgres(await postgres.newAddress()));
  } finally {
    await postgres.end();
  }
  return { figures, starts };
};

export const toStoreTables = ({ figures, starts }: StoresFigures): readonly string[] => {
  const [memory] = figures;
  const rates = toTable(
    ['Requests a second, to memory', ...figures.map(({ name }) => name)],
    loads.map((load) => [
      load,
      ...figures.map(({ perSecond }) => {
        const ratio = perSecond[load] / (memory?.perSecond[load] ?? 1);
        return `${wholeText(perSecond[load])} (${ratioText(ratio)})`;
      }),
    ]),
  );
  return [rates, toStoredStartTable(starts)];
};
