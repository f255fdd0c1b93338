// Flags and environment → typed configuration. The only file that knows how a setting is written.
import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import type { Setting } from './setting.ts';
import { settings, switches, type Config } from './settings.ts';

export type Invocation =
  | { readonly kind: 'start'; readonly config: Config }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

type Environment = Readonly<Record<string, string | undefined>>;

/** `page-size` → `INVITATIONS_MOCK_PAGE_SIZE` */
export const variableOf = (flag: string): string =>
  `INVITATIONS_MOCK_${flag.toUpperCase().replaceAll('-', '_')}`;

const parseFlags = (
  args: readonly string[],
): Readonly<Record<string, string | boolean | undefined>> => {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  };
  for (const { flag, short } of Object.values(settings)) {
    options[flag] = { type: 'string', ...(short === undefined ? {} : { short }) };
  }
  for (const { flag } of Object.values(switches)) options[flag] = { type: 'boolean' };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowNegative: true }).values;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // Node explains an ambiguous flag in several lines.
    const reason = text.split(/\.\s/, 1)[0] ?? text;
    throw new ConfigError(`${reason}; --help lists the flags.`);
  }
};

type Switch = { readonly flag: string; readonly fallback: boolean };

const readSwitch = (
  { flag, fallback }: Switch,
  flags: ReturnType<typeof parseFlags>,
  environment: Environment,
): boolean => {
  const fromFlag = flags[flag];
  if (typeof fromFlag === 'boolean') return fromFlag;
  const variable = variableOf(flag);
  const text = environment[variable] ?? '';
  if (text === '') return fallback;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError(`${variable} is "${text}", but it takes true or false.`);
};

/** Flags count more than variables. Throws a ConfigError that names the setting, its value, and what would be right. */
export const readConfig = (args: readonly string[], environment: Environment): Invocation => {
  const flags = parseFlags(args);
  if (flags['help'] === true) return { kind: 'help' };
  if (flags['version'] === true) return { kind: 'version' };

  const read = <Value>({ flag, fallback, parse, isSecret }: Setting<Value>): Value => {
    const variable = variableOf(flag);
    const fromFlag = flags[flag];
    const [text, origin] =
      typeof fromFlag === 'string'
        ? [fromFlag, `--${flag}`]
        : [environment[variable] ?? '', variable];
    if (text === '' && typeof fromFlag !== 'string') return fallback;
    const parsed = parse(text.trim());
    if ('value' in parsed) return parsed.value;
    const found = isSecret === true ? 'not what it has to be' : `"${text}"`;
    throw new ConfigError(`${origin} is ${found}, but it takes ${parsed.expected}.`);
  };
  const isOn = (given: Switch): boolean => readSwitch(given, flags, environment);

  const config: Config = {
    port: read(settings.port),
    host: read(settings.host),
    scenario: read(settings.scenario),
    scenarioSize: read(settings.scenarioSize),
    seed: read(settings.seed),
    startTime: read(settings.startTime),
    pageSize: read(settings.pageSize),
    delivery: read(settings.delivery),
    deliveryDelayMs: read(settings.deliveryDelayMs),
    deliveryReads: read(settings.deliveryReads),
    sandboxLimit: read(settings.sandboxLimit),
    invitationLimit: read(settings.invitationLimit),
    sandboxTimeToLiveMs: read(settings.sandboxTimeToLiveMs),
    acceptUrl: read(settings.acceptUrl),
    smtp: read(settings.smtp),
    validation: read(settings.validation),
    corsOrigins: read(settings.corsOrigins),
    bodyLimit: read(settings.bodyLimit),
    adminToken: read(settings.adminToken),
    secret: read(settings.secret),
    logLevel: read(settings.logLevel),
    logFormat: read(settings.logFormat),
    envFile: read(settings.envFile),
    trustProxy: isOn(switches.trustProxy),
    banner: isOn(switches.banner),
  };
  return { kind: 'start', config };
};
