// The order of the check files, the same in every run. Two have a place of their own: the INVITEE joins the organization
// only once, and that has to be seen by the checks of accepting; answers 429 are looked at when all others are done.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

type File = { readonly path: string };

const folder = fileURLToPath(new URL('.', import.meta.url));
const first = 'invitations/accept';
const last = 'throttling';

const keyOf = ({ path }: File): string => {
  const name = relative(folder, path)
    .split(sep)
    .join('/')
    .replace(/\.contract\.[jt]s$/, '');
  const place = name === first ? 0 : name === last ? 2 : 1;
  return `${place} ${name}`;
};

// eslint-disable-next-line no-restricted-exports -- Jest takes a sequencer by its default export only.
export default class ContractSequencer {
  sort<Test extends File>(tests: readonly Test[]): Test[] {
    return [...tests].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  allFailedTests<Test extends File>(tests: readonly Test[]): Test[] {
    return [...tests];
  }

  /** Jest would have us remember how long each took. */
  cacheResults(): void {
    return undefined;
  }
}
