// What a person may ask of the bench: its flags, and what it says of them.
import { readLine } from '../settings/command-line.ts';
import type { Environment } from '../settings/read.ts';
import { settingsOf, type Parse } from '../settings/setting.ts';
import { oneOf, someText, wholeNumber } from '../settings/values.ts';
import { version } from '../mock-server/version.ts';

/** Those that are measured unless others are asked for. */
const usualSections = ['list', 'retrieve', 'create', 'startup', 'scale', 'sandboxes'] as const;

export const sections = [...usualSections, 'stores', 'soak'] as const;

export type Section = (typeof sections)[number];

const readSections: Parse<readonly Section[]> = (text) => {
  const read = text.split(',').map(oneOf(sections));
  const value = read.flatMap((one) => ('value' in one ? [one.value] : []));
  return value.length === read.length ? { value } : { expected: `some of ${sections.join(',')}` };
};

const { setting, toggle } = settingsOf('BENCH');
const number = (flag: string, fallback: string, help: string) =>
  setting({ flag, fallback, help, placeholder: 'NUMBER', parse: wholeNumber(1, 1_000_000_000) });

const settings = {
  seconds: number('seconds', '5', 'seconds of one sample'),
  rounds: number('rounds', '5', 'samples of each server for each load'),
  requests: number('requests', '1000000', 'requests of the soak, which shows if memory stays flat'),
  only: setting({
    ...{ flag: 'only', placeholder: 'NAMES', isMany: true, fallback: usualSections.join(',') },
    ...{ help: `of ${sections.join(',')}`, parse: readSections },
  }),
  json: setting({
    ...{ flag: 'json', placeholder: 'FILE', fallback: 'reports/bench.json' },
    ...{ help: 'where the figures go', parse: someText('a file') },
  }),
  check: toggle({ flag: 'check', help: 'exit 1 if a target is missed', fallback: false }),
};

/** A text is to be shown. Throws a CannotRun where a flag is not known or its value is none. */
export const readOptions = (args: readonly string[], environment: Environment = {}) => {
  const line = readLine(args, environment, {
    ...{ program: 'npm run bench --', version: version(), settings: Object.values(settings) },
    about:
      'Measures the product beside a bare Express server and beside "prism mock", all started by the bench.',
    notes: 'It measures what "npm run build" made, so build first.',
  });
  if (line.kind === 'text') return line.text;
  const { read } = line;
  return {
    ...{ seconds: read(settings.seconds), rounds: read(settings.rounds) },
    ...{ requests: read(settings.requests), only: read(settings.only) },
    ...{ json: read(settings.json), check: read(settings.check) },
  };
};

export type Options = Exclude<ReturnType<typeof readOptions>, string>;
