// The command `editions`: what each edition of the contract brought, and what lies between two of them.
import { findDifferences } from '../spec/edition-differences.ts';
import { titleOf } from '../spec/editions.ts';
import { editions, type Edition } from '../spec/vocabulary.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { toMain, type Run } from './run-command.ts';

const toEdition = (text: string | undefined): Edition => {
  const found = editions.find((edition) => edition === text);
  if (found !== undefined) return found;
  const given = text === undefined ? 'Two editions are needed' : `There is no edition "${text}"`;
  throw new CannotRun(`${given}; they are ${editions.join(', ')}.`);
};

const run: Run = async ({ operands: [one, other], asks }, _env, { out }) => {
  if (!asks('diff')) {
    for (const edition of editions) out(`${edition}  ${await titleOf(edition)}`);
    return 0;
  }
  const [a, b] = [toEdition(one), toEdition(other)];
  const [earlier, later] = a < b ? [a, b] : [b, a];
  const differences = await findDifferences(earlier, later);
  out(
    differences.length === 0
      ? 'Nothing that a client can see.'
      : `${later} has what ${earlier} has not:`,
  );
  for (const { words, request } of differences) {
    out(words.replaceAll('`', ''));
    if (request !== undefined) out(`  ${request}`);
  }
  return 0;
};

export const editionsMain = toMain(
  {
    about:
      'What each edition of the contract brought; with --diff, what the later of two has that the other has not.',
    operand: { name: '[edition...]', help: 'with --diff: two editions' },
    settings: [],
    questions: { diff: 'what lies between two editions, with a curl for each difference' },
    notes:
      'URL is the address of a server, AUTH a credential with its scheme, TOKEN an opaque token, ID an id of an organization. Exit code: 0; 2 could not run as asked.',
  },
  run,
);
