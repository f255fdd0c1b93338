// The process of `npm run contracts`.
import { contractsMain } from './command.ts';

process.exitCode = await contractsMain(process.argv.slice(2), process.env, 'npm run contracts --');
