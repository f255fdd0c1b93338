// The fake as a process, without the program's other commands.
import { startMain } from './start-command.ts';

process.exitCode = await startMain(process.argv.slice(2), process.env, 'invitations-mock');
