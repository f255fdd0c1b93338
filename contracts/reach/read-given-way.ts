// The way to a target, as flags and variables say it.
import type { Read } from '../../settings/read.ts';
import { wayFlags } from '../flags.ts';
import { readWay, splitHeaders, type Way } from './way.ts';

/** Throws a CannotRun. */
export const readGivenWay = (read: Read): Way =>
  readWay({
    headers: splitHeaders(read(wayFlags.header) ?? ''),
    ca: read(wayFlags.ca) ?? undefined,
    cert: read(wayFlags.cert) ?? undefined,
    key: read(wayFlags.key) ?? undefined,
  });
