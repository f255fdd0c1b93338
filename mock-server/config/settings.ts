// Every setting of the server: its flag, what it takes, and what it is when nobody gives it.
import { settingsOf, type Parse, type Setting } from '../../settings/setting.ts';
import { oneOf, someText, wholeNumber } from '../../settings/values.ts';
import { validationModes, type ValidationMode } from '../api/finish-exchange.ts';
import { parseAcceptTemplate } from '../sandbox/accept-link.ts';
import { logFormats, logLevels, type LogFormat, type LogLevel } from '../web/log.ts';
import { parseCorsOrigins } from './cors-origins.ts';
import { sandboxSettings } from './sandbox-settings.ts';
import { parseSmtpAddress } from './smtp-address.ts';
import { parseStoreAddress, type StoreAddress } from './store-address.ts';

const { setting, optional, toggle } = settingsOf('INVITATIONS_MOCK');

const parseCollector: Parse<string> = (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
    ? { value: text }
    : { expected: 'the address of a collector, such as http://127.0.0.1:4318' };

export const settings = {
  port: setting({
    flag: 'port',
    short: 'p',
    placeholder: 'NUMBER',
    fallback: '4010',
    help: 'port to listen on; 0 takes a free one',
    parse: wholeNumber(0, 65_535),
  }),
  host: setting({
    flag: 'host',
    placeholder: 'ADDRESS',
    fallback: '127.0.0.1',
    help: 'address to listen on',
    parse: someText('an address or a host name'),
  }),
  ...sandboxSettings,
  /** Template of the link in messages; null: that of the fake's own accept page. */
  acceptUrl: optional({
    flag: 'accept-url',
    placeholder: 'TEMPLATE',
    otherwise: 'a page of the fake',
    help: 'link in messages, with {id}, {email}, {organization}, {role}, {sandbox} in it',
    parse: parseAcceptTemplate,
  }),
  /** Null: messages are kept, and sent nowhere. */
  smtp: optional({
    flag: 'smtp',
    placeholder: 'ADDRESS',
    otherwise: 'none',
    help: 'really sends messages, through smtp://USER:PASSWORD@HOST:PORT or smtps://…',
    isSecret: true,
    parse: parseSmtpAddress,
  }),
  validation: setting<ValidationMode>({
    flag: 'validation',
    placeholder: 'MODE',
    fallback: 'report',
    help: `what Prism's findings do: ${validationModes.join(', ')}`,
    parse: oneOf(validationModes),
  }),
  corsOrigins: setting({
    flag: 'cors-origins',
    placeholder: 'ORIGINS',
    fallback: 'loopback',
    help: 'web pages that may read answers: loopback, none, *, or a list with commas',
    parse: parseCorsOrigins,
  }),
  corsCredentials: toggle({
    flag: 'cors-credentials',
    fallback: false,
    help: 'pages that may read answers may send cookies with their requests; not with --cors-origins *',
  }),
  /** In bytes. */
  bodyLimit: setting({
    flag: 'body-limit',
    placeholder: 'BYTES',
    fallback: '102400',
    help: 'largest request body',
    parse: wholeNumber(1_024, 104_857_600),
  }),
  /** Null: none is needed on a loopback address, one is made on any other. */
  adminToken: optional({
    flag: 'admin-token',
    placeholder: 'TOKEN',
    otherwise: 'none on loopback, random elsewhere',
    help: 'what /_mock asks for; shown at the start',
    parse: someText('a token'),
  }),
  /** Null: the seed on a loopback address, random on any other. */
  secret: optional({
    flag: 'secret',
    placeholder: 'TEXT',
    otherwise: 'from the seed on loopback, random elsewhere',
    help: 'what keys and JWTs are made from',
    parse: someText('a text'),
  }),
  store: setting<StoreAddress>({
    flag: 'store',
    placeholder: 'WHERE',
    fallback: 'memory',
    help: 'where sandboxes are kept: memory, file:DIR for what outlives the process, or postgres://… for many processes',
    isSecret: true,
    parse: parseStoreAddress,
  }),
  mcp: toggle({
    flag: 'mcp',
    fallback: false,
    help: 'tools for assistants at /_mock/mcp, by the Model Context Protocol',
  }),
  /** Null: traces are told to nobody. Its variable is that of all programs that tell of traces. */
  traces: settingsOf('OTEL_EXPORTER').optional({
    flag: 'otlp-endpoint',
    placeholder: 'URL',
    otherwise: 'none',
    help: 'tells traces by OpenTelemetry, over HTTP and in JSON, to what collects them there',
    parse: parseCollector,
  }),
  logLevel: setting<LogLevel>({
    flag: 'log-level',
    placeholder: 'LEVEL',
    fallback: 'info',
    help: `${logLevels.join(', ')}; exchanges are info, findings warn`,
    parse: oneOf(logLevels),
  }),
  /** Null: pretty on a terminal, json elsewhere. */
  logFormat: optional<LogFormat>({
    flag: 'log-format',
    placeholder: 'FORMAT',
    otherwise: 'pretty on a terminal, json elsewhere',
    help: 'pretty or json',
    parse: oneOf(logFormats),
  }),
  writeEnv: optional({
    flag: 'write-env',
    former: 'env-file',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'writes address and credentials to a file that a shell can source',
    parse: someText('a file name'),
  }),
  strictPeople: toggle({
    flag: 'strict-people',
    fallback: false,
    help: 'tokens only for people who are registered; others sign up by asking for one',
  }),
  trustProxy: toggle({
    flag: 'trust-proxy',
    fallback: false,
    help: 'believe X-Forwarded-Proto and X-Forwarded-Host',
  }),
  banner: toggle({
    flag: 'banner',
    fallback: true,
    help: 'show addresses and credentials at the start; --no-banner does not',
  }),
} as const;

export type Config = {
  readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer Value>
    ? Value
    : never;
};
