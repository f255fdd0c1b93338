// Requests a second of the product, of its baselines, and of the ceiling above them all.
import {
  createLoad,
  fetchInvitations,
  fetchText,
  listLoad,
  listPath,
  retrieveLoad,
} from './api-client.ts';
import type { Listed } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { costOf, measure, type Load, type Sample } from './load.ts';
import { median, ratioOfMedians } from './median.ts';
import type { Options } from './options.ts';
import type { RunningServer } from './server-pool.ts';
import { ratioText, toTable, wholeText } from './table.ts';
import { judge, costTargets, type TargetResult } from './targets.ts';

export const rateNames = ['list', 'retrieve', 'create'] as const;

export type RateName = (typeof rateNames)[number];

const serverNames = ['product', 'node', 'bare', 'prism', 'ceiling'] as const;

type ServerName = (typeof serverNames)[number];

export type Rates = { readonly name: RateName } & {
  readonly [name in ServerName]: readonly Sample[];
};

/** As many as fill pages and are scanned in no time: what is measured is requests, not searches. */
const invitationCount = 1_000;
const productFlags = ['--page-size', '50', '--scenario', 'many-pages'] as const;
const warmUpSeconds = 2;

const toLoad = (name: RateName, invitations: readonly Listed[]): Load => {
  switch (name) {
    case 'list':
      return listLoad('list');
    case 'retrieve':
      return retrieveLoad(invitations);
    case 'create':
      return createLoad();
    default:
      return name satisfies never;
  }
};

const sampleAnswer = async (
  name: RateName,
  server: RunningServer,
  invitations: readonly Listed[],
) => {
  const path = name === 'list' ? listPath : `${listPath}${invitations[0]?.id ?? ''}/`;
  return fetchText(server, path);
};

/** What is compared has to do the same work. */
const refuseOtherSizes = async (product: RunningServer, bare: RunningServer): Promise<void> => {
  const [one, other] = await Promise.all([fetchText(product, listPath), fetchText(bare, listPath)]);
  if (Math.abs(one.length - other.length) <= 0.02 * one.length) return;
  throw new Error(
    `The product's page has ${one.length} characters and the bare server's ${other.length}; they must be the same page.`,
  );
};

export const measureRates = async (
  name: RateName,
  { seconds, rounds }: Options,
  contenders: Contenders,
  say: (line: string) => void,
): Promise<Rates> => {
  const product = await contenders.product([
    ...productFlags,
    '--scenario-size',
    `${invitationCount}`,
  ]);
  const invitations = await fetchInvitations(product);
  const bare = await contenders.bare(invitations, product.authorization);
  await refuseOtherSizes(product, bare);
  const load = toLoad(name, invitations);
  const answer = await sampleAnswer(name, product, invitations);
  const servers: Readonly<Record<ServerName, RunningServer>> = {
    product,
    node: await contenders.node(invitations, product.authorization),
    bare,
    prism: await contenders.prism(),
    ceiling: await contenders.ceiling(load.status, answer),
  };
  const samples: Record<ServerName, Sample[]> = {
    product: [],
    node: [],
    bare: [],
    prism: [],
    ceiling: [],
  };
  for (const each of serverNames) await measure(servers[each], load, warmUpSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const each of serverNames) {
      const sample = await measure(servers[each], load, seconds);
      samples[each].push(sample);
      const busy = `generator ${Math.round(100 * sample.generatorBusy)} % of a core`;
      say(
        `${name}, round ${round} of ${rounds}: ${each} ${wholeText(sample.perSecond)}/s, ${busy}`,
      );
    }
  }
  await Promise.all(serverNames.map((each) => servers[each].stop()));
  return { name, ...samples };
};

const perSecond = (samples: readonly Sample[]): readonly number[] =>
  samples.map((sample) => sample.perSecond);

export const judgeRates = ({ name, product, node }: Rates): TargetResult => {
  const ratio = ratioOfMedians(product.map(costOf), node.map(costOf));
  return judge(`${name}: CPU of a request to bare node:http`, ratio, costTargets[name]);
};

export const toRateTable = (all: readonly Rates[]): string =>
  toTable(
    ['Requests a second', ...serverNames, 'product/bare', 'product/prism'],
    all.map((rates) => [
      rates.name,
      ...serverNames.map((each) => wholeText(median(perSecond(rates[each])))),
      ratioText(ratioOfMedians(perSecond(rates.product), perSecond(rates.bare))),
      ratioText(ratioOfMedians(perSecond(rates.product), perSecond(rates.prism))),
    ]),
  );

/** The same comparison by what a request costs the server, for machines that have other work to do. */
export const toCostTable = (all: readonly Rates[]): string =>
  toTable(
    ['Microseconds a request', ...serverNames, 'product/node', 'bare/product', 'prism/product'],
    all.map((rates) => [
      rates.name,
      ...serverNames.map((each) => wholeText(median(rates[each].map(costOf)))),
      ratioText(ratioOfMedians(rates.product.map(costOf), rates.node.map(costOf))),
      ratioText(ratioOfMedians(rates.bare.map(costOf), rates.product.map(costOf))),
      ratioText(ratioOfMedians(rates.prism.map(costOf), rates.product.map(costOf))),
    ]),
  );
