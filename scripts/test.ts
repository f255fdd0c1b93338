// npm test: everything that has to hold, two steps at a time, each with its own output only if it fails. What runs is said
// at least every ten seconds. The last line counts the tests of all steps together.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { buildIfStale, isBuilt } from './build-if-stale.ts';
import { createSteps, removeReports, type Counts, type Step } from './test-steps.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const isVerbose = process.argv.includes('--verbose');

/** When each step that is running began. */
const running = new Map<string, number>();
let saidAt = 0;

const say = (text: string): void => {
  saidAt = performance.now();
  console.log(text);
};

type Outcome = { readonly ok: boolean; readonly output: string; readonly seconds: number };

const run = ({ command, environment, progress }: Step): Promise<Outcome> => {
  const [program = '', ...args] = command;
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (raw) => {
        // Vitest colours its lines wherever FORCE_COLOR is set, to whatever value.
        const line = stripVTControlCharacters(raw);
        output += `${line}\n`;
        if (progress?.test(line) === true) say(`  ${line.trim()}`);
      });
    }
    const end = (ok: boolean): void => {
      resolve({ ok, output, seconds: (performance.now() - startedAt) / 1_000 });
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
};

const countsOf = (step: Step, { ok, output }: Outcome): Counts => {
  try {
    const counts = step.readCounts?.() ?? { passed: Number(ok), failed: Number(!ok), skipped: [] };
    // A step that failed for a reason that no test shows still failed.
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch (error) {
    say(`${output}${String(error)}`);
    return { passed: 0, failed: 1, skipped: [] };
  }
};

const seconds = (from: number): string => `${((performance.now() - from) / 1_000).toFixed(0)} s`;

const work = async (queue: Step[], results: Counts[]): Promise<void> => {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const { name } = step;
    running.set(name, performance.now());
    say(`start  ${name}`);
    const outcome = await run(step);
    running.delete(name);
    const counts = countsOf(step, outcome);
    const { passed, failed, skipped } = counts;
    results.push(counts);
    say(
      `${failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${passed} passed, ${failed} failed, ${skipped.length} skipped; ${outcome.seconds.toFixed(1)} s)`,
    );
    for (const reason of skipped) say(`  skipped: ${reason}`);
    if (failed > 0 || isVerbose) say(outcome.output);
  }
};

const progress = setInterval(() => {
  if (performance.now() - saidAt < 5_000) return;
  say(`  ${[...running].map(([name, from]) => `${name}: ${seconds(from)}`).join(', ')}`);
}, 1_000);

const startedAt = performance.now();
if (!isBuilt()) say('build  what is compiled is older than its sources');
// What is compiled starts in half the time, and is started often.
buildIfStale();
const queue = [...createSteps()];
const results: Counts[] = [];
await Promise.all([work(queue, results), work(queue, results)]);
clearInterval(progress);
removeReports();

const sum = (count: (counts: Counts) => number): number =>
  results.reduce((total, counts) => total + count(counts), 0);
const failed = sum((counts) => counts.failed);
if (failed > 0) process.exitCode = 1;
console.log(`\nin ${seconds(startedAt)}`);
console.log(
  `${sum((counts) => counts.passed)} passed, ${failed} failed, ${sum((counts) => counts.skipped.length)} skipped`,
);
