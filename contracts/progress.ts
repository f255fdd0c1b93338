// What a person sees while a run goes on: on a terminal one line that is written over and over, elsewhere a line every so
// often, so that a log shows where the time goes.

export type Screen = {
  readonly isTTY: boolean;
  readonly columns: number;
  readonly write: (text: string) => void;
};

export type Progress = {
  readonly begin: (files: number) => void;
  readonly check: (title: string, verdict: 'passed' | 'failed' | 'skipped') => void;
  readonly file: () => void;
  readonly end: () => void;
};

const everyMs = 10_000;
const eraseLine = '\r\u001B[K';

export const createProgress = ({ isTTY, columns, write }: Screen): Progress => {
  const count = { checks: 0, failed: 0, files: 0, allFiles: 0 };
  let timer: NodeJS.Timeout | undefined;
  let started = 0;
  const counts = (): string =>
    `${count.files} of ${count.allFiles} files, ${count.checks} checks, ${count.failed} failed`;
  const report = (): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    write(`${counts()}, ${seconds} s\n`);
  };
  return {
    begin: (files) => {
      count.allFiles = files;
      started = performance.now();
      if (!isTTY) timer = setInterval(report, everyMs).unref();
    },
    check: (title, verdict) => {
      count.checks += verdict === 'skipped' ? 0 : 1;
      count.failed += verdict === 'failed' ? 1 : 0;
      if (isTTY) write(`${eraseLine}${`${counts()}  ${title}`.slice(0, columns - 1)}`);
    },
    file: () => {
      count.files += 1;
    },
    end: () => {
      clearInterval(timer);
      if (isTTY) write(eraseLine);
    },
  };
};
