// The paths of the contract, each with the operations that it has and the methods that none of them has.
import { operations, type OperationId } from './operations.ts';
import { operationIds } from '../spec/vocabulary.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export type Path = {
  readonly template: string;
  readonly operations: readonly OperationId[];
  readonly allowed: readonly Method[];
  readonly refused: readonly Method[];
};

const templates = [...new Set(operationIds.map((operation) => operations[operation].path))];

export const paths: readonly Path[] = templates.map((template) => {
  const own = operationIds.filter((operation) => operations[operation].path === template);
  const allowed = own.map((operation) => operations[operation].method);
  const refused = methods.filter((method) => !allowed.includes(method));
  return { template, operations: own, allowed, refused };
});
