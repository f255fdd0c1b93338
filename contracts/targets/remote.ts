// A deployment as a target: whatever answers at CONTRACT_TARGET.
import { CannotRun } from '../cannot-run.ts';
import type { Target } from '../target.ts';

export const toRemote = (address: string, env: Target['env']): Target => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new CannotRun(
      `The target "${address}" is no HTTP address. Give the base address of the API, such as https://staging.example.com.`,
    );
  }
  return {
    kind: 'deployment',
    name: url.origin + url.pathname.replace(/\/+$/, ''),
    env: { ...env, CONTRACT_TARGET: url.origin + url.pathname },
    close: () => Promise.resolve(),
  };
};
