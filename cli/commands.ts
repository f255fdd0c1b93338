// Every sub-command: how it is called, what it does in a phrase, and where it is.
import leven from 'leven';

/** Arguments, environment, and what the command calls itself in its help; gives the exit code. */
export type Main = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
) => Promise<number>;

type Command = {
  readonly takes: string;
  readonly does: string;
  readonly load: () => Promise<Main>;
};

export const commands: ReadonlyMap<string, Command> = new Map([
  [
    'start',
    {
      takes: '[FLAG]…',
      does: 'the fake, until Ctrl-C; also without its name: `invitations-mock --port 0`',
      load: async () => (await import('../mock-server/start-command.ts')).startMain,
    },
  ],
  [
    'exec',
    {
      takes: '[FLAG]… -- CMD',
      does: 'the fake on a free port while CMD runs, which finds it by variables',
      load: async () => (await import('./exec.ts')).execMain,
    },
  ],
  [
    'wait',
    {
      takes: '[URL]',
      does: 'waits until a server is ready',
      load: async () => (await import('./wait.ts')).waitMain,
    },
  ],
  [
    'healthcheck',
    {
      takes: '[URL]',
      does: 'asks once whether a server is ready; for containers',
      load: async () => (await import('./healthcheck.ts')).healthcheckMain,
    },
  ],
  [
    'contracts',
    {
      takes: '[URL]',
      does: 'the contract suites against a deployment, or against the fake',
      load: async () => (await import('../contracts/command.ts')).contractsMain,
    },
  ],
  [
    'drift',
    {
      takes: 'URL',
      does: 'where a deployment and the fake answer differently',
      load: async () => (await import('../contracts/drift/drift-command.ts')).driftMain,
    },
  ],
  [
    'ledger',
    {
      takes: '',
      does: 'rules that no run has confirmed for too long',
      load: async () => (await import('../contracts/drift/ledger-command.ts')).ledgerMain,
    },
  ],
  [
    'judge',
    {
      takes: 'FILE.har',
      does: 'recorded traffic, judged by the contract',
      load: async () => (await import('../contracts/drift/har/judge-command.ts')).judgeMain,
    },
  ],
  [
    'proxy',
    {
      takes: 'URL',
      does: "Prism's proxy in front of a deployment, which validates what passes",
      load: async () => (await import('./proxy.ts')).proxyMain,
    },
  ],
]);

export const usage = (program: string): string => {
  const lines = [...commands].map(([name, { takes, does }]) => ({
    left: `${name} ${takes}`.trimEnd(),
    does,
  }));
  const width = Math.max(...lines.map(({ left }) => left.length));
  return [
    `${program}: a stateful fake of the Invitations API, and suites that judge fake and deployment alike.`,
    '',
    `Usage: ${program} COMMAND …`,
    '',
    ...lines.map(({ left, does }) => `  ${left.padEnd(width)}  ${does}`),
    '',
    "  -h, --help     This text; after a command, that command's flags and exit codes.",
    '  -v, --version  The version.',
    '',
  ].join('\n');
};

/** One line for a person who has typed something else. */
export const unknownCommand = (name: string): string => {
  const names = [...commands.keys()];
  const [nearest = ''] = names.toSorted((one, other) => leven(name, one) - leven(name, other));
  const isNear = leven(name, nearest) <= Math.max(2, nearest.length / 2);
  return `There is no command "${name}"${isNear ? `; did you mean ${nearest}?` : '.'} The commands are ${names.join(', ')}.`;
};
