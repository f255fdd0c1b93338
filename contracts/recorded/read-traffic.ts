// The entries of a recording that are about the API, and the edition that their answers show.
import type { Edition } from '../../spec/vocabulary.ts';
import { CannotRun } from '../../settings/cannot-run.ts';
import { sightFields, toEdition } from '../engine/edition.ts';
import { readEntries, type ReadEntry } from './har.ts';
import { readHarFile } from './har-file.ts';
import { isOfContract } from './recorded.ts';

const isHost = (url: URL, host: string): boolean =>
  [url.host, url.hostname].includes(host.trim().toLowerCase());

/** `hosts` are the servers that count; all of them when there are none. Throws a CannotRun. */
export const readTraffic = (file: string, hosts: readonly string[]): readonly ReadEntry[] => {
  const seen = new Set<string>();
  const entries = readEntries(readHarFile(file), (url, method) => {
    if (!isOfContract(url, method)) return false;
    seen.add(url.host);
    return hosts.length === 0 || hosts.some((host) => isHost(url, host));
  });
  if (seen.size > 0 && entries.every(({ kind }) => kind === 'elsewhere')) {
    throw new CannotRun(
      `Nothing in ${file} was asked of ${hosts.join(' or ')} (--host): the API's paths were asked of ${[...seen].join(', ')}.`,
    );
  }
  return entries;
};

/** As far as the answers show it. */
export const editionOf = (entries: readonly ReadEntry[]): Edition =>
  toEdition(
    sightFields(
      entries.flatMap((it) =>
        it.kind === 'exchange' && it.entry.status < 300 ? [it.entry.body ?? ''] : [],
      ),
    ),
  );
