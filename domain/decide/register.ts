// Signing up: an address has one user.
import type { RegisterPerson } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { addressKey } from '../invitation.ts';
import type { State } from '../state.ts';

export const decideRegister = (state: State, command: RegisterPerson): Decision => {
  const { at, userId, name, email } = command;
  if (state.directory.userIdsByAddress.has(addressKey(email))) {
    return reject('address-already-registered');
  }
  return grant({
    type: 'UserRegistered',
    at,
    userId,
    name,
    email,
    pictureUrl: null,
    kind: 'person',
  });
};
