// Every setting of the server: its flag, what it takes, and what it is when nobody gives it.
import type { ScenarioName } from '../../fixtures/scenario.ts';
import type { DeliveryMode } from '../sandbox/delivery.ts';
import { parseAcceptTemplate } from '../sandbox/accept-link.ts';
import { sandboxSettings } from './sandbox-settings.ts';
import { oneOf, origins, setting, someText, wholeNumber } from './setting.ts';
import { parseSmtpAddress, type SmtpAddress } from './smtp-address.ts';
import { validationModes, type ValidationMode } from '../api/watch.ts';
import type { CorsOrigins } from '../web/cors.ts';
import { logFormats, logLevels, type LogFormat, type LogLevel } from '../web/log.ts';

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly scenario: ScenarioName;
  readonly scenarioSize: number | null;
  readonly seed: number;
  /** Milliseconds since the epoch; null: now. */
  readonly startTime: number | null;
  readonly pageSize: number;
  readonly delivery: DeliveryMode;
  readonly deliveryDelayMs: number;
  readonly deliveryReads: number;
  readonly sandboxLimit: number;
  /** Of one sandbox. */
  readonly invitationLimit: number;
  /** Of sandboxes that do not say it themselves. */
  readonly sandboxTimeToLiveMs: number;
  /** Template of the link in messages; null: the address of the API's own accept operation. */
  readonly acceptUrl: string | null;
  /** Null: messages are kept, and sent nowhere. */
  readonly smtp: SmtpAddress | null;
  readonly validation: ValidationMode;
  readonly corsOrigins: CorsOrigins;
  /** In bytes. */
  readonly bodyLimit: number;
  /** Null: none is needed on a loopback address, one is made on any other. */
  readonly adminToken: string | null;
  /** Null: the seed on a loopback address, random on any other. */
  readonly secret: string | null;
  readonly logLevel: LogLevel;
  /** Null: pretty on a terminal, json elsewhere. */
  readonly logFormat: LogFormat | null;
  readonly envFile: string | null;
  readonly trustProxy: boolean;
  readonly banner: boolean;
};

const corsFallback: CorsOrigins = { kind: 'loopback' };

export const settings = {
  port: {
    ...setting(
      'port',
      'NUMBER',
      4010,
      'Port to listen on; 0 takes a free one.',
      wholeNumber(0, 65_535),
    ),
    short: 'p',
  },
  host: setting(
    'host',
    'ADDRESS',
    '127.0.0.1',
    'Address to listen on.',
    someText('an address or a host name'),
  ),
  ...sandboxSettings,
  acceptUrl: setting<string | null>(
    'accept-url',
    'TEMPLATE',
    null,
    'Link in messages, with {id}, {email}, {organization}, {role}, {sandbox} in it.',
    parseAcceptTemplate,
  ),
  smtp: {
    ...setting<SmtpAddress | null>(
      'smtp',
      'ADDRESS',
      null,
      'Really sends messages, through smtp://USER:PASSWORD@HOST:PORT or smtps://….',
      parseSmtpAddress,
    ),
    isSecret: true,
  },
  validation: setting<ValidationMode>(
    'validation',
    'MODE',
    'report',
    `What Prism's findings do: ${validationModes.join(', ')}.`,
    oneOf(validationModes),
  ),
  corsOrigins: setting(
    'cors-origins',
    'ORIGINS',
    corsFallback,
    'Web pages that may read answers: loopback, none, *, or a list with commas.',
    origins,
  ),
  bodyLimit: setting(
    'body-limit',
    'BYTES',
    102_400,
    'Largest request body.',
    wholeNumber(1_024, 104_857_600),
  ),
  adminToken: setting<string | null>(
    'admin-token',
    'TOKEN',
    null,
    'Token for /_mock; made and shown if the host is not a loopback address.',
    someText('a token'),
  ),
  secret: setting<string | null>(
    'secret',
    'TEXT',
    null,
    'What keys and JWTs are made from (the seed on loopback, random elsewhere).',
    someText('a text'),
  ),
  logLevel: setting<LogLevel>(
    'log-level',
    'LEVEL',
    'info',
    `${logLevels.join(', ')}; exchanges are info, findings warn.`,
    oneOf(logLevels),
  ),
  logFormat: setting<LogFormat | null>(
    'log-format',
    'FORMAT',
    null,
    'pretty or json (pretty on a terminal).',
    oneOf(logFormats),
  ),
  envFile: setting<string | null>(
    'env-file',
    'FILE',
    null,
    'Writes address and credentials to a file that a shell can source.',
    someText('a file name'),
  ),
} as const;

export const switches = {
  trustProxy: {
    flag: 'trust-proxy',
    fallback: false,
    help: 'Believe X-Forwarded-Proto and X-Forwarded-Host.',
  },
  banner: {
    flag: 'banner',
    fallback: true,
    help: 'Show addresses and credentials at the start (--no-banner).',
  },
} as const;
