// GET and DELETE /_mock/traffic: the last exchanges and what was found wrong in them.
import { replyEmpty, replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';

/** `?findings=true` keeps only exchanges in which something was found; the newest come first. */
export const listTraffic: SandboxOperation = ({ hosted }, request) => {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  const onlyFindings = searchParams.get('findings') === 'true';
  const exchanges = hosted.sandbox.traffic
    .list()
    .filter(({ findings }) => !onlyFindings || findings.length > 0)
    .map(({ at, durationMs, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
      duration_ms: durationMs,
    }))
    .reverse();
  return replyJson(200, { count: exchanges.length, exchanges });
};

export const clearTraffic: SandboxOperation = ({ hosted }) => {
  hosted.sandbox.traffic.clear();
  return replyEmpty(204);
};
