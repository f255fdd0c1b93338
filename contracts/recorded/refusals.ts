// The rules about refusals and about what every answer has, as far as one exchange shows them.
import { isUuid, type RuleId } from '../../spec/vocabulary.ts';
import { refusalRules } from '../../spec/rule-of-finding.ts';
import type { HarEntry } from './har.ts';
import { ruleOfTaking } from '../catalog.ts';
import { isSentence } from '../expect.ts';
import { brokenBy, show, type Recorded, type RecordedRule } from './recorded.ts';

const hasBody = ({ entry }: Recorded): boolean =>
  entry.body !== undefined && entry.method !== 'HEAD';

const details = Object.entries<RuleId>(refusalRules).map(([status, rule]) =>
  brokenBy(rule, (exchange) => {
    const isIt = exchange.entry.status === Number(status) && hasBody(exchange);
    return (
      isIt && !isSentence(exchange.json?.['detail']) && `${status} without a sentence in detail`
    );
  }),
);

const isMessages = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isSentence);

const isRetryAfter = (value: string | undefined): boolean =>
  value !== undefined && (/^\d+$/.test(value.trim()) || !Number.isNaN(Date.parse(value)));

const lacks = ({ headers, hasAllHeaders }: HarEntry, name: string): boolean =>
  hasAllHeaders && !isSentence(headers[name]);

const toMethods = (allow: string): readonly string[] =>
  allow.split(',').map((method) => method.trim().toUpperCase());

const isSuccess = ({ entry: { status } }: Recorded): boolean => status >= 200 && status < 300;

/** Of the body that an operation takes; empty where there is none, or where it may be packed or in other letters. */
const bodyTypeOf = ({ entry: { requestHeaders, requestBody }, operation }: Recorded): string => {
  const contentType = requestHeaders['content-type'] ?? requestBody?.contentType ?? '';
  const takesBody =
    /_(create|update)$/.test(operation ?? '') && !/accept|resend/.test(operation ?? '');
  const isPlain = requestHeaders['content-encoding'] === undefined;
  return takesBody && isPlain ? (contentType.split(';')[0]?.trim().toLowerCase() ?? '') : '';
};

const isInUtf8 = ({ entry: { requestHeaders } }: Recorded): boolean =>
  !/charset=(?!"?utf-8)/i.test(requestHeaders['content-type'] ?? '');

const taking = ([type, rule]: readonly [string, RuleId]): RecordedRule =>
  brokenBy(rule, (exchange) => {
    const isRefused = exchange.entry.status === 415 && bodyTypeOf(exchange) === type;
    return isRefused && isInUtf8(exchange) && `refused a body of ${type}`;
  });

/** Whether it names types, and none of them is JSON. */
const leavesNoRoom = (accept: string): boolean =>
  accept.trim() !== '' && !/\*\/\*|application\/(\*|json)/i.test(accept);

export const refusals: readonly RecordedRule[] = [
  ...details,
  brokenBy('authentication.challenge', ({ entry }) =>
    entry.status === 401 && lacks(entry, 'www-authenticate')
      ? '401 without WWW-Authenticate'
      : undefined,
  ),
  brokenBy('headers.allow', ({ entry }) => lacks(entry, 'allow') && 'no Allow header'),
  brokenBy('errors.allowed-methods', ({ entry: { status, headers, method }, methods }) => {
    if (status !== 405 || headers['allow'] === undefined) return undefined;
    const allowed = toMethods(headers['allow']);
    const isRight = methods.every((it) => allowed.includes(it)) && !allowed.includes(method);
    return !isRight && `405 to ${method} with Allow: ${headers['allow']}`;
  }),
  brokenBy('errors.retry-after', ({ entry: { status, headers, hasAllHeaders } }) => {
    const value = headers['retry-after'];
    const isShown = value !== undefined || hasAllHeaders;
    return status === 429 && isShown && !isRetryAfter(value)
      ? `429 with Retry-After ${show(value)}`
      : undefined;
  }),
  brokenBy('errors.invalid-body', (exchange) => {
    const { json, entry, operation } = exchange;
    if (entry.status !== 400 || !hasBody(exchange) || operation === 'invitations_list') {
      return undefined;
    }
    const values = Object.values(json ?? {});
    const isRight = isSentence(json?.['detail']) || (values.length > 0 && values.every(isMessages));
    return !isRight && '400 with neither messages by field nor a detail';
  }),
  brokenBy('errors.id-not-a-uuid', (exchange) => {
    const { id, path } = exchange;
    const hasUuids = /\/(?:invitations|memberships)\//.test(path);
    const isNone = hasUuids && path.includes(`/${id}/`) && id !== '' && !isUuid(id);
    return isNone && isSuccess(exchange) && `${exchange.entry.status} for the id ${exchange.id}`;
  }),
  brokenBy('errors.unsupported-media-type', (exchange) => {
    const type = exchange.entry.requestBody === undefined ? '' : bodyTypeOf(exchange);
    return (
      type !== '' && isSuccess(exchange) && !(type in ruleOfTaking) && `took a body of ${type}`
    );
  }),
  ...Object.entries(ruleOfTaking).map(taking),
  brokenBy('errors.not-acceptable', (exchange) => {
    const { accept = '' } = exchange.entry.requestHeaders;
    return isSuccess(exchange) && leavesNoRoom(accept)
      ? `${exchange.entry.status} for Accept: ${accept}`
      : undefined;
  }),
  brokenBy('errors.method-not-allowed', (exchange) => {
    const { operation, entry } = exchange;
    const isTaken = isSuccess(exchange) || entry.status === 404;
    return operation === undefined && isTaken && `${entry.status} for a ${entry.method}`;
  }),
];
