// The testers' API for who has no server: a `Request` in, a `Response` out. Who runs in this process may use all of it.
import { replyDetail, type Reply } from '../web/reply.ts';
import { onceGone, toHttpRequest, toResponse } from '../web/fetch-port.ts';
import type { OnFault } from '../web/failure.ts';
import type { AdminRequest } from './admin-request.ts';
import {
  answerOperation,
  answerServer,
  inSandbox,
  tellUnkept,
  unknownOperation,
} from './answer-admin.ts';
import type { AdminContext } from './context.ts';
import { problem } from './problem.ts';
import { adminRoutes, sandboxRoutes } from './routes.ts';

type AnswerAdmin = (context: AdminContext, request: AdminRequest) => Promise<Reply>;

type Place = { readonly method: string; readonly path: RegExp; readonly answer: AnswerAdmin };

/** `:name` in a path is one segment of an address. */
const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`);

const noStream = problem(
  501,
  'Not Implemented',
  'Nothing is streamed without a server. Ask for the traffic itself, or start the fake as a server.',
);

const places: readonly Place[] = [
  ...adminRoutes.map(({ method, path, operation }) => ({
    method: method.toUpperCase(),
    path: toPattern(path),
    answer: (context: AdminContext, request: AdminRequest) =>
      answerServer(context, operation, request),
  })),
  ...sandboxRoutes.flatMap((route): readonly Place[] => {
    const answer: AnswerAdmin = (context, request) =>
      'stream' in route
        ? inSandbox(context, request, () => noStream)
        : answerOperation(context, route.operation, request);
    const method = route.method.toUpperCase();
    const named = { method, path: toPattern(`/sandboxes/:name${route.path}`), answer };
    return route.alsoForDefault === true
      ? [named, { method, path: toPattern(route.path), answer }]
      : [named];
  }),
];

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const answer = async (context: AdminContext, request: Request, below: string): Promise<Reply> => {
  const asked = toHttpRequest(request);
  const [path = ''] = asked.target.slice(below.length).split('?', 1);
  const wanted = asked.method === 'HEAD' ? 'GET' : asked.method;
  const found = places.find((place) => place.method === wanted && place.path.test(path));
  if (found === undefined) return unknownOperation(asked.method, asked.target);
  const groups = Object.entries(found.path.exec(path)?.groups ?? {});
  return found.answer(context, {
    ...asked,
    params: Object.fromEntries(groups.map(([name, value]) => [name, decode(value)])),
    readBytes: async (limit) => {
      const bytes = Buffer.from(await request.arrayBuffer());
      return bytes.length > limit ? 'too-large' : bytes;
    },
    onGone: onceGone(request),
  });
};

/** `below` is the path under which it is asked. */
export const createAdminFetch =
  (context: AdminContext, below: string, onFault: OnFault) =>
  async (request: Request): Promise<Response> => {
    const isHead = request.method === 'HEAD';
    try {
      return toResponse(await answer(context, request, below), isHead);
    } catch (error) {
      const unkept = tellUnkept(error);
      if (unkept === undefined) onFault(`${request.method} ${request.url} failed`, error);
      return toResponse(unkept ?? replyDetail(500, 'The fake failed to answer.'), isHead);
    }
  };
