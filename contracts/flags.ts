// What a run of the suites can be told by flags, each with its variable. What comes by variables alone is in settings.ts.
import { editions, newestEdition } from '../spec/vocabulary.ts';
import { parseReadingsFile } from '../spec/readings-file.ts';
import { durationFrom } from '../settings/duration.ts';
import { settingsOf } from '../settings/setting.ts';
import { oneOf, positiveNumber, someText, wholeNumber, words } from '../settings/values.ts';

const { setting, optional, toggle } = settingsOf('CONTRACT');

const file = { placeholder: 'FILE', otherwise: 'none', parse: someText('a file name') } as const;
const generated = { placeholder: 'NUMBER', parse: wholeNumber(0, 2 ** 31 - 1) } as const;

const ofFile = (flag: string, help: string) => optional({ ...file, flag, help });
const toggled = (flag: string, help: string) => toggle({ flag, help, fallback: false });
const percent = (flag: string, fallback: string, help: string) =>
  setting({ flag, fallback, help, placeholder: 'PERCENT', parse: wholeNumber(0, 100) });

/** Those that other commands have too, and there mean the same. */
export const sharedFlags = {
  readEnv: optional({
    ...file,
    flag: 'read-env',
    former: 'env-file',
    help: 'CONTRACT_* variables, as --write-env of start writes them; they count more than those of the shell',
  }),
  isReadOnly: toggled('read-only', 'only what changes nothing'),
  isConfirmed: toggled(
    'yes',
    'write to a target that is not on this machine, without asking first',
  ),
  edition: optional({
    flag: 'edition',
    placeholder: 'DATE',
    otherwise: 'found out from what it answers',
    help: `edition of the contract that it is of, ${editions[0]} to ${newestEdition}`,
    parse: oneOf(editions),
  }),
  strict: toggled('strict', 'what diverges from our assumptions fails too'),
} as const;

export const wayFlags = {
  header: optional({
    flag: 'header',
    placeholder: "'NAME: VALUE'",
    isMany: true,
    isSecret: true,
    otherwise: 'none',
    help: 'sent with every request, as a gateway wants it; shown nowhere; may be given several times',
    parse: someText("a name and a value, such as 'X-Team: qa'"),
  }),
  ca: ofFile('ca', 'PEM of an authority that is trusted besides those of this machine'),
  cert: ofFile('cert', 'PEM of the certificate to show to a server that demands one'),
  key: ofFile('key', "PEM of that certificate's key"),
} as const;

export const flags = {
  ...sharedFlags,
  ...wayFlags,
  only: optional({
    flag: 'only',
    placeholder: 'WORD',
    isMany: true,
    otherwise: 'all',
    help: 'a rule (create.duplicate-address), a topic (create) or an operation (invitations_create); may be given several times',
    parse: words('words with commas between, such as create,list.answer'),
  }),
  readings: optional({
    flag: 'readings',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'how the target answers where the contract leaves room, as for start; what it does by them is no divergence',
    parse: parseReadingsFile,
  }),
  rate: optional({
    flag: 'rate',
    placeholder: 'NUMBER',
    otherwise: 'no limit',
    help: 'requests a second, at most',
    parse: positiveNumber,
  }),
  timeoutMs: setting({
    flag: 'timeout',
    placeholder: 'DURATION',
    fallback: '10s',
    help: 'deadline of a request, and of a wait for a state',
    parse: durationFrom(1),
  }),
  jobs: setting({
    flag: 'jobs',
    placeholder: 'NUMBER',
    fallback: '4',
    help: 'so many topics are checked side by side, where they share nothing',
    parse: wholeNumber(1, 64),
  }),
  settleMs: optional({
    flag: 'settle',
    placeholder: 'DURATION',
    otherwise: 'found out, also where it begins later',
    help: 'how long the target takes until reads show what was written',
    parse: durationFrom(0),
  }),
  isVerbose: toggled('verbose', 'tell every failed check, and not the causes alone'),
  required: percent(
    'require',
    '0',
    'of the checks, at least, have to be exercised; else the run ends with 2',
  ),
  tolerated: percent(
    'tolerate',
    '5',
    'of the checks, at most, may be lost on the way to the target; else the run ends with 2',
  ),
  runs: setting({
    ...generated,
    flag: 'runs',
    fallback: '30',
    help: 'sequences of commands that are tried; 0 generates nothing',
  }),
  seed: setting({ ...generated, flag: 'seed', fallback: '1', help: 'of what is generated' }),
  path: optional({
    flag: 'path',
    placeholder: 'PATH',
    otherwise: 'none',
    help: 'with --seed: repeat what a failure of a generated check printed',
    parse: someText('what a failure printed'),
  }),
  reportPath: ofFile('report', 'the result as JSON'),
  reportFolder: optional({
    flag: 'report-dir',
    placeholder: 'DIR',
    otherwise: 'none',
    help: 'the result for people and tools: HTML, Markdown, JUnit, JSON',
    parse: someText('a folder'),
  }),
  ledgerPath: ofFile('ledger', 'note in the ledger which rules this run has confirmed'),
} as const;
