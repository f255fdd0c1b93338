// The state machine's one entrance: a command becomes events or a rejection. It changes nothing and throws for no business reason.
import { defaultReadings, type Readings } from '../spec/vocabulary.ts';
import type { Command } from './commands.ts';
import { decideAccept } from './decide/accept.ts';
import { decideCreate } from './decide/create.ts';
import { decideCreateServiceAccount } from './decide/create-service-account.ts';
import { decideDeliver } from './decide/deliver.ts';
import { decideDestroyUser } from './decide/destroy-user.ts';
import { decideDestroy } from './decide/destroy.ts';
import { decideRegister } from './decide/register.ts';
import { decideRemove } from './decide/remove.ts';
import { decideResend } from './decide/resend.ts';
import { decideUpdate } from './decide/update.ts';
import type { Decision } from './decision.ts';
import type { State } from './state.ts';

/** `readings` say what holds where the contract leaves room. */
export const decide = (
  state: State,
  command: Command,
  readings: Readings = defaultReadings,
): Decision => {
  switch (command.type) {
    case 'CreateInvitation':
      return decideCreate(state, command, readings);
    case 'UpdateInvitation':
      return decideUpdate(state, command, readings);
    case 'DestroyInvitation':
      return decideDestroy(state, command, readings);
    case 'ResendInvitation':
      return decideResend(state, command, readings);
    case 'AcceptInvitation':
      return decideAccept(state, command, readings);
    case 'DeliverInvitation':
      return decideDeliver(state, command);
    case 'RegisterPerson':
      return decideRegister(state, command);
    case 'RemoveUser':
      return decideRemove(state, command, readings);
    case 'DestroyUser':
      return decideDestroyUser(state, command, readings);
    case 'CreateServiceAccount':
      return decideCreateServiceAccount(state, command);
    default:
      return command satisfies never;
  }
};
