// State × command: in which state an invitation was when a command reached it. Nobody tells a client that, so it is
// concluded:
//
// - An answer to a retrieve shows the state that it met. So does a success of an update, unless it shows `pending`, which
//   the update itself may have made.
// - Otherwise it is the last state that an answer showed of that invitation, `absent` after a delete, and where none was
//   shown before a 404. A state that comes by itself between two answers is not seen.
// - An exchange counts when the state machine decided it: a success, or a 404 to a caller of the organization (to accept,
//   also to the INVITEE). 400, 401, 403 and so on are decided before, or by something else.
import { invitationStates } from '../../spec/vocabulary.ts';
import { invitationOperations, operations, type OperationId } from '../operations.ts';
import type { Exchange } from '../engine/events.ts';
import { roles } from '../settings.ts';
import type { Blamed, Happening, Reasons } from './reasons.ts';
import { idIn, roleOf } from '../engine/located.ts';
import { toCells, type Hit, type Matrix } from './matrix.ts';

const absent = 'absent';
const states = [...invitationStates, absent] as const;

const commands = invitationOperations.filter((id) => operations[id].path.includes('{id}'));

const isSuccess = ({ status }: Exchange): boolean => status >= 200 && status < 300;

const isDecided = (line: Exchange, command: OperationId): boolean => {
  if (isSuccess(line)) return true;
  const role = roleOf(line);
  const isInvited = command === 'invitations_accept_create' && role === 'INVITEE';
  return line.status === 404 && (isInvited || roles.some((one) => one === role));
};

/** The state that the command met; undefined where it cannot be told. */
const metBy = (
  line: Exchange,
  command: OperationId,
  lastSeen: string | undefined,
): string | undefined => {
  const shown = isSuccess(line) ? line.answered?.state : undefined;
  if (command === 'invitations_retrieve') return shown ?? absent;
  const isUpdate = command === 'invitations_update' || command === 'invitations_partial_update';
  if (isUpdate && shown !== undefined && shown !== 'pending') return shown;
  return lastSeen ?? (line.status === 404 ? absent : undefined);
};

const toHit = (
  { exchange, failed }: Blamed,
  operation: OperationId | undefined,
  lastSeen: ReadonlyMap<string, string>,
): readonly Hit[] => {
  const command = commands.find((one) => one === operation);
  if (command === undefined || !isDecided(exchange, command)) return [];
  const state = metBy(exchange, command, lastSeen.get(idIn(exchange) ?? ''));
  return state === undefined ? [] : [{ at: [state, command], failed }];
};

const toHits = (happenings: readonly Happening[]): readonly Hit[] => {
  const lastSeen = new Map<string, string>();
  const hits: Hit[] = [];
  for (const line of happenings) {
    if (line.kind === 'removed') {
      lastSeen.set(line.id, absent);
      continue;
    }
    const { exchange } = line;
    const { answered, status } = exchange;
    // A refused method reached no command.
    const operation = status === 405 ? undefined : line.operations[0];
    hits.push(...toHit(line, operation, lastSeen));
    if (answered !== undefined) lastSeen.set(answered.id, answered.state);
    const isGone = operation === 'invitations_destroy' && isSuccess(exchange);
    if (isGone) lastSeen.set(idIn(exchange) ?? '', absent);
  }
  return hits;
};

export const toStates = (happenings: readonly Happening[], reasons: Reasons): Matrix => ({
  id: 'states',
  title: 'state × command',
  axes: [
    { name: 'state', values: states },
    { name: 'command', values: commands },
  ],
  cells: toCells(
    states.flatMap((state) => commands.map((command) => [state, command])),
    toHits(happenings),
    ([, command = '']) => reasons(command),
  ),
});
