// Workers, each a process, that share a queue of jobs. They stay until the pool is closed: their start costs as much as
// two jobs.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isOutcome, type Job, type Outcome } from './job.ts';

export type Pool = {
  /** The job's outcome, as soon as a worker is free for it. */
  readonly run: (job: Job) => Promise<Outcome>;
  readonly close: () => void;
};

const file = fileURLToPath(new URL('worker.ts', import.meta.url));

/** After so many jobs a process makes room for a fresh one: Jest gives the memory of its sandboxes back late. */
const jobsOfOne = 50;

type Worker = { readonly child: ChildProcess; jobs: number };

const start = (): Worker => ({
  child: fork(file, {
    execArgv: [
      ...['--import', 'tsx', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  }),
  jobs: 0,
});

const perform = ({ child }: Worker, job: Job): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const complaints: string[] = [];
    child.stderr?.removeAllListeners('data');
    child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    const onExit = (): void => {
      reject(new Error(`The worker ended at ${job.id}: ${complaints.join('').trim()}`));
    };
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      if (isOutcome(message)) resolve(message);
      else reject(new Error(`The worker said something else than an outcome at ${job.id}.`));
    });
    child.send(job);
  });

export const createPool = (size: number): Pool => {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const stop = (worker: Worker): void => {
    all.delete(worker);
    worker.child.kill();
  };

  const take = (): Worker => {
    const worker = idle.pop() ?? start();
    all.add(worker);
    worker.jobs += 1;
    return worker;
  };

  const run = async (job: Job): Promise<Outcome> => {
    // Whoever is done hands its place over, so that nobody slips in between.
    if (busy < size) busy += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const worker = take();
    try {
      const outcome = await perform(worker, job);
      if (worker.jobs < jobsOfOne) idle.push(worker);
      else stop(worker);
      return outcome;
    } catch (error) {
      stop(worker);
      throw error;
    } finally {
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };

  return {
    run,
    close: () => {
      for (const worker of [...all]) stop(worker);
    },
  };
};
