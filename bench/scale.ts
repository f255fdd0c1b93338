// What a request costs with more and more stored invitations, as a ratio to what it costs with a hundred.
import { fetchPage, listLoad, retrieveLoad, rotation, type Listed } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { costOf, measure, type Load, type Sample } from './load.ts';
import { median, ratioOfMedians } from './median.ts';
import type { Options } from './options.ts';
import type { RunningServer } from './server-pool.ts';
import { ratioText, toTable, wholeText } from './table.ts';
import { judge, scaleTarget, type TargetResult } from './targets.ts';

const sizes = [100, 10_000, 100_000] as const;
/** So few that even the narrowest filter fills a page of the smallest size: every answer is as long as the others. */
const pageSize = 20;
const warmUpSeconds = 2;

export type Scaling = {
  readonly name: string;
  /** In the order of `sizes`. */
  readonly sizes: readonly { readonly size: number; readonly samples: readonly Sample[] }[];
};

type Prepared = {
  readonly size: number;
  readonly server: RunningServer;
  readonly loads: readonly Load[];
};

/** Spread over the whole list, so that what is asked for does not happen to lie together. */
const spread = async (server: RunningServer, size: number): Promise<readonly Listed[]> => {
  const found: Listed[] = [];
  const pages = size / pageSize;
  for (let index = 0; index < rotation; index += 1) {
    const position = Math.floor((index * size) / rotation);
    const number = Math.min(pages, Math.floor(position / pageSize) + 1);
    const { results } = await fetchPage(server, `?page=${number}`);
    const invitation = results[position % pageSize];
    if (invitation !== undefined) found.push(invitation);
  }
  return found;
};

const refuseShortPage = async (server: RunningServer, query: string): Promise<void> => {
  const { results } = await fetchPage(server, query);
  if (results.length === pageSize) return;
  throw new Error(
    `"${query}" gave ${results.length} invitations, not ${pageSize}: costs cannot be compared.`,
  );
};

const prepare = async (contenders: Contenders, size: number): Promise<Prepared> => {
  const scenario = ['--scenario', 'many-pages', '--scenario-size', `${size}`];
  const server = await contenders.product([...scenario, '--page-size', `${pageSize}`]);
  const lists = {
    list: '',
    'deep page': `?page=${size / pageSize}`,
    'state=sent': '?state=sent',
    'role=VIEWER&state=sent': '?role=VIEWER&state=sent',
  };
  for (const query of Object.values(lists)) await refuseShortPage(server, query);
  const invitations = await spread(server, size);
  const byEmail = invitations.map(({ email }) => `?email=${encodeURIComponent(email)}`);
  return {
    size,
    server,
    loads: [
      ...Object.entries(lists).map(([name, query]) => listLoad(name, [query])),
      listLoad('email=…', byEmail),
      retrieveLoad(invitations),
    ],
  };
};

const measureLoad = async (
  index: number,
  prepared: readonly Prepared[],
  { seconds, rounds }: Options,
  say: (line: string) => void,
): Promise<Scaling> => {
  const runs = prepared.flatMap(({ size, server, loads }) => {
    const load = loads[index];
    const samples: Sample[] = [];
    return load === undefined ? [] : [{ size, server, load, samples }];
  });
  const name = runs[0]?.load.name ?? '';
  for (const { server, load } of runs) await measure(server, load, warmUpSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { size, server, load, samples } of runs) {
      const sample = await measure(server, load, seconds);
      samples.push(sample);
      const rate = wholeText(sample.perSecond);
      say(`${name}, round ${round} of ${rounds}: ${rate}/s with ${wholeText(size)} invitations`);
    }
  }
  return { name, sizes: runs.map(({ size, samples }) => ({ size, samples })) };
};

export const measureScaling = async (
  options: Options,
  contenders: Contenders,
  say: (line: string) => void,
): Promise<readonly Scaling[]> => {
  const prepared: Prepared[] = [];
  for (const size of sizes) prepared.push(await prepare(contenders, size));
  const scalings: Scaling[] = [];
  for (const index of prepared[0]?.loads.keys() ?? [])
    scalings.push(await measureLoad(index, prepared, options, say));
  await Promise.all(prepared.map(({ server }) => server.stop()));
  return scalings;
};

const costs = ({ sizes: measured }: Scaling): readonly number[] => {
  const base = measured[0]?.samples.map(costOf) ?? [];
  return measured.map(({ samples }) => ratioOfMedians(samples.map(costOf), base));
};

export const judgeScaling = (scaling: Scaling): TargetResult => {
  const cost = costs(scaling).at(-1) ?? Number.NaN;
  return judge(`${scaling.name}: cost with ${wholeText(sizes[2])} invitations`, cost, scaleTarget);
};

export const toScaleTable = (scalings: readonly Scaling[]): string =>
  toTable(
    [
      'Requests a second with',
      ...sizes.map(wholeText),
      ...sizes.slice(1).map((size) => `cost at ${wholeText(size)}`),
    ],
    scalings.map((scaling) => [
      scaling.name,
      ...scaling.sizes.map(({ samples }) =>
        wholeText(median(samples.map(({ perSecond }) => perSecond))),
      ),
      ...costs(scaling).slice(1).map(ratioText),
    ]),
  );
