// Which operation an exchange is of, and whom it was made as: also where a check named the path and not the operation.
import { allOperations, patterns, type OperationId } from '../operations.ts';
import type { Exchange } from './events.ts';

/** What the path is about, as it stands there; undefined where it is about nothing. */
export const idIn = ({ path }: Exchange): string | undefined =>
  patterns.find(({ pattern }) => pattern.test(path))?.pattern.exec(path)?.[1];

export const operationOf = ({
  method,
  path,
  operation,
}: Pick<Exchange, 'method' | 'path' | 'operation'>): OperationId | undefined =>
  allOperations.find((id) => id === operation) ??
  patterns.find((one) => one.method === method && one.pattern.test(path))?.id;

/** Who was asked what, and with which status it answered. */
export const answerOf = (exchange: Exchange | undefined): string =>
  `${exchange?.method ?? ''} ${exchange?.operation ?? ''} ${exchange?.status ?? ''}`;

/** A refused method says something of every operation of its path. */
export const operationsAnswering = (line: Exchange): readonly OperationId[] => {
  const own = operationOf(line);
  if (own !== undefined) return [own];
  return line.status === 405
    ? patterns.filter(({ pattern }) => pattern.test(line.path)).map(({ id }) => id)
    : [];
};

/** A role, whichever scheme it came by; else the name as it stands. */
export const roleOf = ({ caller }: Exchange): string => caller.replace(/_(JWT|API_KEY)$/, '');
