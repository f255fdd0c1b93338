// Whether the product's memory stays flat: very many requests of every kind in several sandboxes, and what it holds meanwhile.
import { connect } from 'node:net';
import { Agent, request } from 'node:http';
import { pathToFileURL } from 'node:url';
import { listPath } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import type { RunningServer } from './server-pool.ts';
import { toTable, wholeText } from './table.ts';
import type { Workshop } from './workshop.ts';

const sandboxes = 4;
const connections = 16;
const intervals = 20;
/** create, list, retrieve, delete */
const requestsOfARound = 4;

export type SoakSample = {
  readonly requests: number;
  /** After garbage has been collected, in megabytes. */
  readonly heapMb: number;
  readonly residentMb: number;
  readonly perSecond: number;
};

type Ask = (method: string, path: string, body?: string) => Promise<string>;

const createAsk =
  ({ url, name }: RunningServer, authorization: string, agent: Agent): Ask =>
  (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const outgoing = request(`${url}${path}`, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode < 300) resolve(text);
          else reject(new Error(`${name} answered ${method} ${path} with ${statusCode}: ${text}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });

/** `"owner":{"api_key":"…"` and `"id":"…"` stand where they stand in every answer of the product. */
const find = (pattern: RegExp, text: string): string => {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined)
    throw new Error(`There is no ${pattern.source} in ${text.slice(0, 200)}`);
  return found;
};

const enter = async (server: RunningServer, agent: Agent): Promise<readonly Ask[]> => {
  const asks: Ask[] = [];
  const ask = createAsk(server, '', agent);
  for (let index = 0; index < sandboxes; index += 1) {
    const text = await ask('PUT', `/_mock/sandboxes/soak-${index}`, '{"scenario":"team"}');
    asks.push(createAsk(server, find(/"OWNER":\{"api_key":"([^"]+)"/, text), agent));
  }
  return asks;
};

const goRound = async (ask: Ask, index: number): Promise<void> => {
  const body = JSON.stringify({ email: `soak-${index}@example.com`, role: 'VIEWER' });
  const id = find(/"id":"([^"]+)"/, await ask('POST', listPath, body));
  await ask('GET', listPath);
  await ask('GET', `${listPath}${id}/`);
  await ask('DELETE', `${listPath}${id}/`);
};

type Memory = { readonly heapUsed: number; readonly rss: number };

const isMemory = (value: unknown): value is Memory =>
  typeof value === 'object' && value !== null && 'heapUsed' in value && 'rss' in value;

const readMemory = (socket: string): Promise<Memory> =>
  new Promise((resolve, reject) => {
    let text = '';
    const connection = connect(socket);
    connection.on('error', reject);
    connection.on('data', (chunk) => (text += String(chunk)));
    connection.on('end', () => {
      const memory: unknown = JSON.parse(text);
      if (isMemory(memory)) resolve(memory);
      else reject(new Error(`The probe in the product's process answered ${text}.`));
    });
  });

const megabyte = 2 ** 20;

/** All rounds from `first` up to `last`, on all connections at once. */
const goRounds = async (asks: readonly Ask[], first: number, last: number): Promise<void> => {
  let round = first;
  const work = async (): Promise<void> => {
    while (round < last) {
      const index = round;
      round += 1;
      const ask = asks[index % asks.length];
      if (ask !== undefined) await goRound(ask, index);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
};

export const measureSoak = async (
  requests: number,
  contenders: Contenders,
  workshop: Workshop,
  say: (line: string) => void,
): Promise<readonly SoakSample[]> => {
  const socket = workshop.file('heap.sock');
  const probe = `${pathToFileURL(workshop.probeFile).href}?at=${pathToFileURL(socket).href}`;
  const server = await contenders.product([], ['--expose-gc', '--import', probe]);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const asks = await enter(server, agent);
  const rounds = Math.ceil(requests / requestsOfARound / intervals);
  const samples: SoakSample[] = [];
  for (let interval = 1; interval <= intervals; interval += 1) {
    const startedAt = performance.now();
    await goRounds(asks, (interval - 1) * rounds, interval * rounds);
    const seconds = (performance.now() - startedAt) / 1_000;
    const { heapUsed, rss } = await readMemory(socket);
    const sample = {
      requests: interval * rounds * requestsOfARound,
      heapMb: heapUsed / megabyte,
      residentMb: rss / megabyte,
      perSecond: (rounds * requestsOfARound) / seconds,
    };
    samples.push(sample);
    say(`soak, ${toCells(sample).join(', ')}`);
  }
  agent.destroy();
  await server.stop();
  return samples;
};

const columns = ['Soak, requests', 'heap, MB', 'resident, MB', 'requests a second'];

const toCells = ({ requests, heapMb, residentMb, perSecond }: SoakSample): readonly string[] => [
  wholeText(requests),
  heapMb.toFixed(1),
  wholeText(residentMb),
  wholeText(perSecond),
];

export const toSoakTable = (samples: readonly SoakSample[]): string =>
  toTable(columns, samples.map(toCells));
