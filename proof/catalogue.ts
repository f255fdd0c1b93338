// Every broken fake, from every topic.
import { acceptMutants } from './accept.ts';
import { badBodyMutants } from './bad-bodies.ts';
import { accessMutants } from './access.ts';
import { authenticationMutants } from './authentication.ts';
import { createMutants } from './create.ts';
import { destroyMutants } from './destroy.ts';
import { errorMutants } from './errors.ts';
import { linkedMutants } from './linked.ts';
import { listMutants } from './list.ts';
import type { Mutant } from './mutant.ts';
import { orderMutants } from './order.ts';
import { pageNumberMutants } from './page-numbers.ts';
import { pageMutants } from './pages.ts';
import { refusedUpdateMutants } from './refused-updates.ts';
import { resendMutants } from './resend.ts';
import { schemaMutants } from './schema.ts';
import { unevenMutants } from './uneven.ts';
import { userMutants } from './users.ts';
import { updateMutants } from './update.ts';
import { wireFormatMutants } from './wire-format.ts';

export const mutants: readonly Mutant[] = [
  ...listMutants,
  ...pageNumberMutants,
  ...pageMutants,
  ...createMutants,
  ...updateMutants,
  ...refusedUpdateMutants,
  ...destroyMutants,
  ...acceptMutants,
  ...resendMutants,
  ...accessMutants,
  ...authenticationMutants,
  ...wireFormatMutants,
  ...schemaMutants,
  ...badBodyMutants,
  ...errorMutants,
  ...orderMutants,
  ...linkedMutants,
  ...unevenMutants,
  ...userMutants,
];

const topicOf = ({ rule }: Mutant): string => rule.split('.')[0] ?? '';

/** One of each topic, for a look in between. */
export const quick: readonly Mutant[] = mutants.filter(
  (mutant, index) => mutants.findIndex((other) => topicOf(other) === topicOf(mutant)) === index,
);
