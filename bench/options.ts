// What a person may ask of the bench: its flags, and what it says of them.
import { parseArgs } from 'node:util';

/** Those that are measured unless others are asked for. */
const usualSections = ['list', 'retrieve', 'create', 'startup', 'scale', 'sandboxes'] as const;

export const sections = [...usualSections, 'stores', 'soak'] as const;

export type Section = (typeof sections)[number];

export type Options = {
  /** Of one sample. */
  readonly seconds: number;
  /** Samples of each server for each load. */
  readonly rounds: number;
  readonly only: readonly Section[];
  /** Of the soak. */
  readonly requests: number;
  readonly json: string;
  /** A target that is missed fails the command. */
  readonly check: boolean;
  readonly help: boolean;
};

export class OptionError extends Error {}

export const helpText = `npm run bench -- [flags]

Measures the product beside a bare Express server and beside "prism mock", all started by the bench.
It measures what "npm run build" made, so build first.

  --seconds N     seconds of one sample (5)
  --rounds N      samples of each server for each load (5)
  --only NAMES    of ${sections.join(',')}; without this flag all but stores and soak
  --requests N    requests of the soak, which shows whether memory stays flat (1000000)
  --json FILE     where the figures go (reports/bench.json)
  --check         exit 1 if a target is missed
  --help          this text
`;

const isSection = (value: string): value is Section =>
  sections.some((section) => section === value);

const wholeNumber = (flag: string, text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new OptionError(`--${flag} is "${text}"; give a whole number, 1 or more.`);
};

const readSections = (text: string): readonly Section[] =>
  text.split(',').map((name) => {
    if (isSection(name)) return name;
    throw new OptionError(`--only has "${name}"; known are ${sections.join(', ')}.`);
  });

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seconds: { type: 'string', default: '5' },
        rounds: { type: 'string', default: '5' },
        only: { type: 'string', default: usualSections.join(',') },
        requests: { type: 'string', default: '1000000' },
        json: { type: 'string', default: 'reports/bench.json' },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new OptionError(
      `${error instanceof Error ? error.message : String(error)}; --help lists the flags.`,
    );
  }
};

export const readOptions = (args: readonly string[]): Options => {
  const { seconds, rounds, only, requests, json, check, help } = parse(args);
  return {
    seconds: wholeNumber('seconds', seconds),
    rounds: wholeNumber('rounds', rounds),
    only: readSections(only),
    requests: wholeNumber('requests', requests),
    json,
    check,
    help,
  };
};
