// GET /_mock/health/live and /_mock/health/ready: whether the process runs, and whether it takes requests.
import { replyJson } from '../web/reply.ts';
import type { AdminOperation } from './context.ts';

export const live: AdminOperation = () => replyJson(200, { status: 'live' });

export const ready: AdminOperation = ({ isReady }) =>
  isReady() ? replyJson(200, { status: 'ready' }) : replyJson(503, { status: 'stopping' });
