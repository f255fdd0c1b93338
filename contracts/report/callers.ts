// Operation × role: whom each operation was asked as. INVITEE has no organization, EXPIRED a JWT that has run out, NOBODY no
// credentials.
import { allOperations } from '../operations.ts';
import { roles } from '../settings.ts';
import type { Blamed } from './blame.ts';
import { roleOf } from '../engine/located.ts';
import { toCells, type Matrix } from './matrix.ts';
import type { Reasons } from './reasons.ts';

const callers = [...roles, 'OUTSIDER', 'INVITEE', 'EXPIRED', 'NOBODY'] as const;

export const toCallers = (exchanges: readonly Blamed[], reasons: Reasons): Matrix => ({
  id: 'callers',
  title: 'operation × role',
  axes: [
    { name: 'operation', values: allOperations },
    { name: 'role', values: callers },
  ],
  cells: toCells(
    allOperations.flatMap((operation) => callers.map((caller) => [operation, caller])),
    exchanges.flatMap(({ exchange, operations, failed }) =>
      operations.map((operation) => ({ at: [operation, roleOf(exchange)], failed })),
    ),
    ([operation = '', caller = '']) => reasons.of(operation, `CONTRACT_AUTH_${caller}`),
  ),
});
