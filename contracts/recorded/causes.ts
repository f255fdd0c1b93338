// What is wrong in a recording, by cause: the same rule is one, wherever it is broken.
import { toAnswerLine, toCurl } from '../curl.ts';
import { groupBy } from '../report/group-by.ts';
import type { Complaint } from './judge-traffic.ts';
import type { Recorded } from './recorded.ts';

export type Cause = {
  readonly isViolation: boolean;
  /** The rule and its sentence. */
  readonly title: string;
  /** By `POST /api/v1/invitations/ 201`: what most exchanges show comes first. */
  readonly places: readonly (readonly [where: string, complaints: readonly Complaint[]])[];
  readonly complaints: readonly Complaint[];
};

const titleOf = ({ rule, message }: Complaint): string =>
  rule === undefined
    ? `spec/openapi.yaml: ${message}`
    : `${rule.id} (${rule.source}): ${rule.sentence}`;

const whereOf = ({ exchange: { entry, template } }: Complaint): string =>
  `${entry.method} ${template} ${entry.status}`;

const byCount = (one: readonly unknown[], other: readonly unknown[]): number =>
  other.length - one.length;

export const causesIn = (complaints: readonly Complaint[]): readonly Cause[] =>
  [...groupBy(complaints, titleOf)]
    .map(([title, those]) => ({
      isViolation: those.some(({ isViolation }) => isViolation),
      title,
      places: [...groupBy(those, whereOf)].toSorted(([, one], [, other]) => byCount(one, other)),
      complaints: those,
    }))
    .toSorted((one, other) => byCount(one.complaints, other.complaints));

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

/** Of each cause so many places are told, so many exchanges in full, and so many by their place in the file. */
const placesTold = 6;
const fullyTold = 2;
const named = 20;

const toPlace = ([where, { length }]: Cause['places'][number]): string =>
  `    ${where}, ${length} ${length === 1 ? 'exchange' : 'exchanges'}`;

const toOthers = (complaints: readonly Complaint[]): readonly string[] => {
  if (complaints.length === 0) return [];
  const entries = complaints.slice(0, named).map(({ exchange }) => exchange.entry.index);
  const more = complaints.length > named ? ` and ${complaints.length - named} more` : '';
  return [`    and in entries ${entries.join(', ')}${more}`];
};

export const toCauseLines = ({ title, places, complaints }: Cause): readonly string[] => {
  // One of each place, and then whatever comes next.
  const firsts = new Set([...places.flatMap(([, those]) => those.slice(0, 1)), ...complaints]);
  const told = [...firsts].slice(0, fullyTold);
  return [
    `  ${title}`,
    ...places.slice(0, placesTold).map(toPlace),
    ...(places.length > placesTold ? [`    and at ${places.length - placesTold} others`] : []),
    ...told.flatMap(({ exchange, message }) => [
      `    entry ${exchange.entry.index}, ${exchange.entry.method} ${exchange.entry.url.pathname}: ${message}`,
      ...toExchangeLines(exchange).map((line) => `      ${line}`),
    ]),
    ...toOthers(complaints.filter((complaint) => !told.includes(complaint))),
  ];
};
