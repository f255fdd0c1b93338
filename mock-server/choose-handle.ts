// Which path goes where: to the testers' API, and to the API or what stands in its place.
import type { Config } from './config/settings.ts';
import type { Forward } from './forward/forward.ts';
import { handleCors } from './web/cors.ts';
import { answerFailure } from './web/failure.ts';
import type { Handle } from './web/http-server.ts';
import type { Log } from './web/log.ts';
import { toRequest, toWire } from './web/node-port.ts';

export const adminPath = '/_mock';

const isAdminPath = (target: string): boolean =>
  target.startsWith(adminPath) && /^(?:[/?]|$)/.test(target.slice(adminPath.length));

/** Whoever opens the address in a browser wants to see something; to a client it is a path that there is not. */
export const leadToConsole =
  (serve: Handle): Handle =>
  (request, response) => {
    const isPage = request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
    if (request.url !== '/' || !isPage) {
      serve(request, response);
      return;
    }
    response.writeHead(302, { location: `${adminPath}/`, 'content-length': 0 }).end();
  };

export const serveForward =
  (forward: Forward, log: Log): Handle =>
  (request, response) => {
    forward(request, response).catch((error: unknown) => {
      answerFailure(toRequest(request, false), toWire(response), error, log.error);
    });
  };

export const chooseByPath = (
  { corsOrigins, corsCredentials }: Config,
  serveAdmin: Handle,
  serveOthers: Handle,
): Handle => {
  const cors = handleCors(corsOrigins, corsCredentials);
  return (request, response) => {
    cors(request, response, () => {
      const serve = isAdminPath(request.url ?? '') ? serveAdmin : serveOthers;
      serve(request, response);
    });
  };
};
