// The process: processor, memory, event loop. Named as the usual client library for Node names them, so that the usual
// dashboards show them.
import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import type { Family } from './exposition.ts';

const gauge = (name: string, help: string, value: number): Family => ({
  ...{ name, help, type: 'gauge' },
  samples: [{ value }],
});

const counter = (name: string, help: string, value: number): Family => ({
  ...{ name, help, type: 'counter' },
  samples: [{ value }],
});

const resolutionMs = 10;

/** What is measured is the time from one tick to the next: what a tick takes anyway is no lag. */
const toLag = (nanoseconds: number): number =>
  Math.max(0, (Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : 0) - resolutionMs) / 1_000;

const lagFamilies = (lag: IntervalHistogram): readonly Family[] => {
  const since = 'since the last time that it was asked for, in seconds.';
  const name = 'nodejs_eventloop_lag';
  return [
    gauge(
      `${name}_mean_seconds`,
      `How late the event loop was on average ${since}`,
      toLag(lag.mean),
    ),
    gauge(
      `${name}_p99_seconds`,
      `How late it was in the worst hundredth ${since}`,
      toLag(lag.percentile(99)),
    ),
    gauge(`${name}_max_seconds`, `How late it was at worst ${since}`, toLag(lag.max)),
  ];
};

/** Nothing is measured before somebody asks for the first time. */
export const createProcessFigures = (): (() => readonly Family[]) => {
  let lag: IntervalHistogram | undefined;
  let loop = performance.eventLoopUtilization();
  return () => {
    if (lag === undefined) {
      lag = monitorEventLoopDelay({ resolution: resolutionMs });
      lag.enable();
    }
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    const before = loop;
    loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, before);
    const families = [
      counter('process_cpu_user_seconds_total', 'Processor time of the program.', user / 1e6),
      counter('process_cpu_system_seconds_total', 'Processor time of the system.', system / 1e6),
      gauge(
        'process_start_time_seconds',
        'When the process began, since the epoch.',
        performance.timeOrigin / 1_000,
      ),
      gauge('process_resident_memory_bytes', 'Memory that the process has.', rss),
      gauge('nodejs_heap_size_used_bytes', 'Heap in use.', heapUsed),
      gauge('nodejs_heap_size_total_bytes', 'Heap that is reserved.', heapTotal),
      gauge('nodejs_external_memory_bytes', 'Memory beside the heap.', external),
      ...lagFamilies(lag),
      gauge(
        'nodejs_eventloop_utilization',
        'Share of the time since it was last asked for in which the event loop was busy.',
        utilization,
      ),
    ];
    lag.reset();
    return families;
  };
};
