// A deployment as a target: whatever answers at CONTRACT_TARGET.
import { CannotRun } from '../../settings/cannot-run.ts';
import type { Target } from '../target.ts';

export const toRemote = (address: string, env: Target['env']): Target => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new CannotRun(
      `The target "${address}" is no HTTP address. Give the base address of the API, such as https://staging.example.com.`,
    );
  }
  // None of them would be sent, and a password would be shown.
  const extra = [
    ...(url.username === '' && url.password === '' ? [] : ['a user or a password']),
    ...(url.search === '' ? [] : ['a query']),
  ].join(' and ');
  if (extra !== '') {
    throw new CannotRun(
      `The target's address has ${extra}, of which the API knows nothing. Give ${url.origin}${url.pathname}; credentials are given as CONTRACT_AUTH_OWNER and the like, headers with --header.`,
    );
  }
  return {
    kind: 'deployment',
    name: url.origin + url.pathname.replace(/\/+$/, ''),
    env: { ...env, CONTRACT_TARGET: url.origin + url.pathname },
    close: () => Promise.resolve(),
  };
};
