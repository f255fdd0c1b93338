// The process: `drift URL`, `ledger` and `judge FILE.har`, each a command of its own.
import { driftMain } from './drift-command.ts';
import { judgeMain } from './har/judge-command.ts';
import { ledgerMain } from './ledger-command.ts';

const commands = { drift: driftMain, judge: judgeMain, ledger: ledgerMain } as const;

const [first = '', ...rest] = process.argv.slice(2);
const command = Object.entries(commands).find(([name]) => name === first)?.[1];
process.exitCode = await (command === undefined
  ? driftMain(process.argv.slice(2), process.env)
  : command(rest, process.env));
