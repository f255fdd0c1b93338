// Every sub-command: how it is called, what it does in a phrase, and where it is.
import type { Main } from './run-command.ts';

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
      load: async () => (await import('./start.ts')).startMain,
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
      load: async () => (await import('./contracts.ts')).contractsMain,
    },
  ],
  [
    'drift',
    {
      takes: 'URL',
      does: 'where a deployment and the fake answer differently',
      load: async () => (await import('./drift.ts')).driftMain,
    },
  ],
  [
    'editions',
    {
      takes: '[--diff A B]',
      does: 'what each edition of the contract brought, or what lies between two',
      load: async () => (await import('./editions.ts')).editionsMain,
    },
  ],
  [
    'ledger',
    {
      takes: '',
      does: 'rules that no run has confirmed for too long',
      load: async () => (await import('./ledger.ts')).ledgerMain,
    },
  ],
  [
    'judge',
    {
      takes: 'FILE.har',
      does: 'recorded traffic, judged by the contract',
      load: async () => (await import('./judge.ts')).judgeMain,
    },
  ],
  [
    'world',
    {
      takes: 'FILE.har',
      does: 'a seed file with the people and invitations that recorded traffic shows',
      load: async () => (await import('./world.ts')).worldMain,
    },
  ],
  [
    'proxy',
    {
      takes: 'URL',
      does: 'a deployment to click through, with every exchange judged and in the console',
      load: async () => (await import('./proxy.ts')).proxyMain,
    },
  ],
  [
    'mcp',
    {
      takes: '[URL]',
      does: 'tools of a running fake for assistants, by the Model Context Protocol',
      load: async () => (await import('./mcp.ts')).mcpMain,
    },
  ],
]);
