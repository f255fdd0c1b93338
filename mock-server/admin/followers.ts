// Those who follow the traffic of a sandbox, so that each can be told when another comes or goes.
import type { Traffic } from '../sandbox/traffic.ts';

const byTraffic = new WeakMap<Traffic, Set<() => void>>();

const tell = (followers: ReadonlySet<() => void>): void => {
  for (const changed of followers) changed();
};

/** `changed` is called whenever others come or go; gives what takes it away again. */
export const joinFollowers = (traffic: Traffic, changed: () => void): (() => void) => {
  const followers = byTraffic.get(traffic) ?? new Set();
  byTraffic.set(traffic, followers);
  tell(followers);
  followers.add(changed);
  return () => {
    if (followers.delete(changed)) tell(followers);
  };
};

export const countFollowers = (traffic: Traffic): number => byTraffic.get(traffic)?.size ?? 0;
