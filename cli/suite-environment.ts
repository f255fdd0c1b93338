// What the suites and the comparison are told about a deployment: an address, and variables from shell, file and flags.
import { readEnv } from '../contracts/read-env.ts';
import { flags } from '../contracts/flags.ts';
import type { Run } from './run-command.ts';
import type { Environment } from '../settings/read.ts';

export const targetOperand = {
  name: '[url]',
  help: 'base address of the deployment, what comes before /api/v1/ (CONTRACT_TARGET)',
} as const;

export const credentialNotes = `Credentials, as whole Authorization values ("Api-Key KEY" or "Bearer JWT"); what needs one that is not
given is named as not exercised:

  CONTRACT_AUTH_OWNER, _ADMIN, _CONTRIB, _VIEWER   one for each role, of one organization
  CONTRACT_AUTH_OUTSIDER                           an owner of another organization
  CONTRACT_AUTH_INVITEE, CONTRACT_INVITEE_EMAIL    a logged-in user without organization
  CONTRACT_AUTH_EXPIRED                            a JWT that has expired
  CONTRACT_BOUNCE_EMAIL                            an address whose messages come back
  CONTRACT_TOKEN_URL                               where JWTs are had: POST {email, organization}
                                                   answers {authorization}; organization, an id,
                                                   is left out for a JWT without scope
  CONTRACT_EMAIL_DOMAIN                            where the other invitations go (example.com)
  CONTRACT_AUTH_OWNER_JWT, _OWNER_API_KEY, …       the same role by the other scheme`;

/** A flag counts more than a line of the file, and that more than a variable of the shell. */
export const environmentOf = (
  { read, operands, variables }: Parameters<Run>[0],
  env: Environment,
): Environment => {
  const file = read(flags.readEnv);
  const [url] = operands;
  return {
    ...env,
    ...(file === null ? {} : readEnv(file)),
    ...variables,
    ...(url === undefined ? {} : { CONTRACT_TARGET: url }),
  };
};
