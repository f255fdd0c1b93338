// What is wrong in a recording, by cause: the same rule, broken by the same operation with the same status, is one.
import { toAnswerLine, toCurl } from '../curl.ts';
import type { Complaint } from './judge-traffic.ts';
import type { Recorded } from './recorded.ts';

export type Cause = {
  readonly isViolation: boolean;
  /** The rule and its sentence. */
  readonly title: string;
  /** `POST /api/v1/invitations/ 201` */
  readonly where: string;
  readonly complaints: readonly Complaint[];
};

const titleOf = ({ rule, message }: Complaint): string =>
  rule === undefined
    ? `spec/openapi.yaml: ${message}`
    : `${rule.id} (${rule.source}): ${rule.sentence}`;

const whereOf = ({ exchange: { entry, template } }: Complaint): string =>
  `${entry.method} ${template} ${entry.status}`;

/** What most exchanges show comes first. */
export const causesIn = (complaints: readonly Complaint[]): readonly Cause[] => {
  const causes = new Map<string, Complaint[]>();
  for (const complaint of complaints) {
    const key = `${titleOf(complaint)}\n${whereOf(complaint)}`;
    causes.set(key, [...(causes.get(key) ?? []), complaint]);
  }
  return [...causes.values()]
    .flatMap(([first, ...others]): readonly Cause[] =>
      first === undefined
        ? []
        : [
            {
              isViolation: first.isViolation,
              title: titleOf(first),
              where: whereOf(first),
              complaints: [first, ...others],
            },
          ],
    )
    .toSorted((one, other) => other.complaints.length - one.complaints.length);
};

/** Of the headers only those that the API looks at: a recording has cookies, and whatever else a browser sends. */
const shownHeaders = ['accept', 'authorization', 'content-type'];

const toExchangeLines = ({ entry }: Recorded): readonly string[] => {
  const { method, url, requestHeaders, requestBody, status, body, isCut } = entry;
  const headers = Object.fromEntries(
    Object.entries(requestHeaders).filter(([name]) => shownHeaders.includes(name)),
  );
  const message = {
    method,
    path: `${url.pathname}${url.search}`,
    headers,
    ...(requestBody === undefined ? {} : { body: requestBody }),
  };
  const lack = isCut ? 'body cut short in the recording' : 'body not recorded';
  return [
    // Whose credential it was is nowhere in a recording; the owner may ask for most.
    toCurl(url.origin, message, 'OWNER'),
    body === undefined ? `→ ${status} (${lack})` : toAnswerLine(status, body),
  ];
};

/** Of each cause so many exchanges are told in full, and so many by their place in the file. */
const fullyTold = 2;
const named = 20;

const toOthers = (complaints: readonly Complaint[]): readonly string[] => {
  if (complaints.length === 0) return [];
  const places = complaints.slice(0, named).map(({ exchange }) => exchange.entry.index);
  const more = complaints.length > named ? ` and ${complaints.length - named} more` : '';
  return [`    and in entries ${places.join(', ')}${more}`];
};

export const toCauseLines = ({ title, where, complaints }: Cause): readonly string[] => [
  `  ${title}`,
  `    ${where}, ${complaints.length} ${complaints.length === 1 ? 'exchange' : 'exchanges'}`,
  ...complaints
    .slice(0, fullyTold)
    .flatMap(({ exchange, message }) => [
      `    entry ${exchange.entry.index}, ${exchange.entry.method} ${exchange.entry.url.pathname}: ${message}`,
      ...toExchangeLines(exchange).map((line) => `      ${line}`),
    ]),
  ...toOthers(complaints.slice(fullyTold)),
];
