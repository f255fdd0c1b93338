// One sample: twenty connections that stay open send one kind of request for some seconds.
import autocannon from 'autocannon';
import type { RunningServer } from './server-pool.ts';

export type Load = {
  readonly name: string;
  /** The only status that counts: a server that is fast at refusing is not fast. */
  readonly status: number;
  readonly requests: readonly autocannon.Request[];
};

export type Sample = {
  readonly perSecond: number;
  /** CPU time that the server took for one request; other processes on the machine hardly move it. Null if unknown. */
  readonly cpuMicroseconds: number | null;
  /** Share of one core that sending and reading took; near 1 the figure is the generator's, not the server's. */
  readonly generatorBusy: number;
};

export const connections = 20;

/** Throws if a single answer had another status than the one that is measured. */
const refuseOtherAnswers = (
  server: RunningServer,
  load: Load,
  result: autocannon.Result,
): number => {
  const counts = Object.entries(result.statusCodeStats ?? {});
  const wanted = counts.find(([status]) => status === `${load.status}`)?.[1].count ?? 0;
  const others = counts.filter(([status]) => status !== `${load.status}`);
  if (others.length === 0 && result.errors === 0 && wanted > 0) return wanted;
  const seen = others.map(([status, { count = 0 }]) => `${count} with ${status}`);
  if (result.errors > 0) seen.push(`${result.errors} connection errors or timeouts`);
  throw new Error(
    `${server.name} answered "${load.name}" ${wanted} times with ${load.status}, and ${seen.join(', ') || 'never else'}; ` +
      `every answer has to be ${load.status}. ${server.epitaph() ?? 'Nothing was measured.'}`,
  );
};

export const measure = async (
  server: RunningServer,
  load: Load,
  seconds: number,
): Promise<Sample> => {
  const { url, authorization } = server;
  const cpuBefore = process.cpuUsage();
  const serverCpuBefore = server.cpuMs();
  const startedAt = performance.now();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: { authorization, accept: 'application/json' },
    requests: [...load.requests],
  });
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const serverCpuAfter = server.cpuMs();
  const answered = refuseOtherAnswers(server, load, result);
  const lastedMs = result.finish.getTime() - result.start.getTime();
  return {
    perSecond: (answered * 1_000) / lastedMs,
    cpuMicroseconds:
      serverCpuBefore === null || serverCpuAfter === null
        ? null
        : ((serverCpuAfter - serverCpuBefore) * 1_000) / answered,
    generatorBusy: (user + system) / 1_000 / elapsedMs,
  };
};

/** A request's cost: in CPU time where that is known, else in the time that the server had for it. */
export const costOf = ({ perSecond, cpuMicroseconds }: Sample): number =>
  cpuMicroseconds ?? 1_000_000 / perSecond;
