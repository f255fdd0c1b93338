// The ways to put a fault together: where it strikes, and whether it changes the request, the answer, or answers itself.
import { operations, type OperationId } from '../contracts/operations.ts';
import type { Ask, Fault, Next, Reply, StartFault, World } from './mutant.ts';

export type Where = {
  readonly on?: OperationId | readonly OperationId[] | undefined;
  readonly status?: number | readonly number[] | undefined;
  readonly when?: ((ask: Ask, world: World) => boolean) | undefined;
};

/** What a fault has at hand beside the exchange. */
export type Tools = { readonly next: Next; readonly world: World };

const patterns = Object.entries(operations).map(([operation, { method, path }]) => ({
  operation,
  method,
  pattern: new RegExp(`^${path.replace('{id}', '[^/]+')}$`),
}));

const pathOf = (ask: Ask): string => ask.path.split('?')[0] ?? '';

const operationOf = (ask: Ask): string | undefined =>
  patterns.find(({ method, pattern }) => method === ask.method && pattern.test(pathOf(ask)))
    ?.operation;

/** The invitation, or whatever else the path is about. */
export const idIn = (ask: Ask): string => pathOf(ask).split('/')[4] ?? '';

const includes = <T>(wanted: T | readonly T[] | undefined, value: unknown): boolean =>
  wanted === undefined ||
  (Array.isArray(wanted) ? wanted.some((one) => one === value) : wanted === value);

export const strikes = (where: Where, ask: Ask, world: World, reply?: Reply): boolean =>
  includes(where.on, operationOf(ask)) &&
  (reply === undefined || includes(where.status, reply.status)) &&
  (where.when?.(ask, world) ?? true);

export const onReply =
  (
    where: Where,
    change: (reply: Reply, ask: Ask, tools: Tools) => Reply | Promise<Reply>,
  ): StartFault =>
  (world) =>
  async (ask, next) => {
    const reply = await next(ask);
    return strikes(where, ask, world, reply) ? change(reply, ask, { next, world }) : reply;
  };

export const onAsk =
  (where: Where, change: (ask: Ask, tools: Tools) => Ask | Promise<Ask>): StartFault =>
  (world) =>
  async (ask, next) =>
    next(strikes(where, ask, world) ? await change(ask, { next, world }) : ask);

export const instead =
  (where: Where, answer: (ask: Ask, tools: Tools) => Reply | Promise<Reply>): StartFault =>
  (world) =>
  (ask, next) =>
    strikes(where, ask, world) ? answer(ask, { next, world }) : next(ask);

const noFault: Fault = (ask, next) => next(ask);

/** Several faults in one place, the first outermost: for what shows at more than one seam. */
export const together =
  (...starts: readonly StartFault[]): StartFault =>
  (world) =>
    starts
      .map((start) => start(world))
      .reduceRight<Fault>(
        (inner, outer) => (ask, next) => outer(ask, async (one) => inner(one, next)),
        noFault,
      );
