// What an operation of the testers' API answers, and what is answered where there is none, whoever hands the request over.
import { defaultName } from '../sandboxes/registry.ts';
import { StoreError, UnsureError, type TurnKind } from '../stores/store.ts';
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

const turnKindOf = ({ method }: AdminRequest): TurnKind =>
  method === 'GET' || method === 'HEAD' ? 'read' : 'write';

/** Does the work in the sandbox that the path names, or gives the answer that there is none. Counts as use of it. */
export const inSandbox = async <Given>(
  context: AdminContext,
  request: AdminRequest,
  work: (reached: SandboxContext) => Given | Promise<Given>,
): Promise<Given | Reply> => {
  const name = String(request.params['name'] ?? defaultName);
  return context.registry.enterNamed(name, {
    kind: turnKindOf(request),
    prepare: () => Promise.resolve(),
    run: (hosted) => {
      if (hosted === undefined) return unknownSandbox(context, name);
      hosted.lastUsedAt = Date.now();
      return work({ ...context, hosted });
    },
  });
};

/** Answers once what it changed is kept. */
export const answerOperation = async (
  context: AdminContext,
  operation: Endpoint<SandboxContext>,
  request: AdminRequest,
): Promise<Reply> => {
  const answer = await operation.read(context, request);
  if (typeof answer !== 'function') return answer;
  return inSandbox(context, request, async (reached) => {
    const reply = await answer(reached);
    await reached.hosted.sandbox.kept();
    return reply;
  });
};

/** Of the server as a whole, or of a sandbox that need not be there yet. */
export const answerServer = async (
  context: AdminContext,
  operation: Endpoint<AdminContext>,
  request: AdminRequest,
): Promise<Reply> => {
  const answer = await operation.read(context, request);
  if (typeof answer !== 'function') return answer;
  const { name } = request.params;
  if (name === undefined) return answer(context);
  return context.registry.enterNamed(String(name), {
    kind: turnKindOf(request),
    prepare: () => Promise.resolve(),
    run: () => answer(context),
  });
};

/** Of what could not be kept. Undefined for every other error. */
export const tellUnkept = (error: unknown): Reply | undefined => {
  if (!(error instanceof StoreError)) return undefined;
  const { reason, message } = error;
  const outcome =
    error instanceof UnsureError
      ? 'It may have happened for all that: look before you send it again.'
      : 'Nothing of what was asked for has happened.';
  const words = `${message} ${outcome}`;
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
