// What an operation of the testers' API answers, and what is answered where there is none, whoever hands the request over.
import { defaultName } from '../sandboxes/registry.ts';
import { StoreError } from '../stores/store.ts';
import type { Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import { notFound, problem } from './problem.ts';
import { adminRoutes, sandboxRoutes } from './routes.ts';

const mostNames = 10;

const unknownSandbox = ({ registry }: AdminContext, name: string): Reply => {
  const names = registry.list().map(({ sandbox }) => sandbox.name);
  const shown = names.slice(0, mostNames).join(', ');
  const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
  return notFound(
    `There is no sandbox "${name}"; there are ${shown}${more}. PUT /_mock/sandboxes/${name} makes one.`,
  );
};

/** The sandbox that the path names, or the answer that there is none. Counts as use of it. */
export const reachSandbox = (
  context: AdminContext,
  { params }: Pick<AdminRequest, 'params'>,
): SandboxContext | { readonly refused: Reply } => {
  const name = String(params['name'] ?? defaultName);
  const hosted = context.registry.find(name);
  if (hosted === undefined) return { refused: unknownSandbox(context, name) };
  hosted.lastUsedAt = Date.now();
  return { ...context, hosted };
};

/** Answers once what it changed is kept. */
export const answerOperation = async (
  reached: SandboxContext,
  operation: Endpoint<SandboxContext>,
  request: AdminRequest,
): Promise<Reply> => {
  const reply = await operation.answer(reached, request);
  await reached.hosted.sandbox.kept();
  return reply;
};

/** Nothing has happened of what could not be kept. Undefined for every other error. */
export const tellUnkept = (error: unknown): Reply | undefined => {
  if (!(error instanceof StoreError)) return undefined;
  const { reason, message } = error;
  const words = `${message} Nothing of what was asked for has happened.`;
  return reason === 'full'
    ? problem(507, 'Insufficient Storage', words)
    : problem(503, 'Service Unavailable', words, { 'retry-after': '1' });
};

const known = [
  ...[...adminRoutes, ...sandboxRoutes.filter(({ alsoForDefault }) => alsoForDefault === true)].map(
    ({ method, path }) => `${method.toUpperCase()} /_mock${path}`,
  ),
  'GET /_mock/docs/',
];

export const unknownOperation = (method: string, target: string): Reply =>
  notFound(
    `There is no ${method} ${target}. Known are ${known.join(', ')}, and under /_mock/sandboxes/NAME all that concerns one sandbox.`,
  );
