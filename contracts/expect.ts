// What checks expect, as sentences. Shapes and values only: the wording of a detail is never looked at.
import type { Answer } from './kit/client.ts';
import { Unreadable } from './engine/could-not-run.ts';
import { isRecord, toInvitation, toPage, toRecord } from './invitation.ts';
import type { Invitation, Page } from './invitation.ts';

const show = (value: unknown): string => JSON.stringify(value);

const shorten = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

const tell = (answer: Answer, expected: string): string =>
  `${answer.asked}: expected ${expected}, but got ${answer.status} ${shorten(answer.text) || '(no body)'}`;

/** Fails the check, saying what was asked, what was expected and what came. */
export const disappoint = (answer: Answer, expected: string): never => {
  throw new Error(tell(answer, expected));
};

/** The answer lacks what the check has to read. */
const unreadable = (answer: Answer, expected: string): never => {
  throw new Unreadable(tell(answer, expected), answer);
};

export const expectStatus = (answer: Answer, ...statuses: readonly number[]): void => {
  if (!statuses.includes(answer.status)) disappoint(answer, statuses.join(' or '));
};

/** That it was not done, for whatever reason. */
export const expectRefusal = (answer: Answer): void => {
  if (answer.status < 400 || answer.status > 499) disappoint(answer, 'a refusal');
};

/** That it is gone is documented; with which answer is [linked.missing], as is what stands in that. */
export const expectAway = (answer: Answer, id: string): void => {
  if (isRecord(answer.json) && answer.json['id'] === id) disappoint(answer, 'nothing of that id');
};

export const isSentence = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '';

/** The status, and `{"detail": "…"}`. */
export const expectDetail = (answer: Answer, status: number): void => {
  expectStatus(answer, status);
  if (!isRecord(answer.json) || !isSentence(answer.json['detail'])) {
    disappoint(answer, `${status} with {"detail": "…"}`);
  }
};

/** The status, and `{"<field>": ["…", …]}` for each of these fields and for no other. */
export const expectFieldErrors = (answer: Answer, ...fields: readonly string[]): void => {
  expectStatus(answer, 400);
  const errors = toRecord(answer.json);
  const isListOfSentences = (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(isSentence);
  const isRight =
    fields.every((field) => isListOfSentences(errors[field])) &&
    Object.keys(errors).length === fields.length;
  if (!isRight) disappoint(answer, `400 with a list of messages for ${fields.join(' and ')} alone`);
};

export const expectInvitation = (
  answer: Answer,
  status: number,
  values: Partial<Invitation> = {},
): Invitation => {
  expectStatus(answer, status);
  const invitation = toInvitation(answer.json) ?? unreadable(answer, `${status} and an Invitation`);
  const wrong = Object.entries(values).filter(
    ([name, value]) => Object.entries(invitation).find(([key]) => key === name)?.[1] !== value,
  );
  if (wrong.length > 0) disappoint(answer, `an Invitation with ${show(Object.fromEntries(wrong))}`);
  return invitation;
};

export const expectPage = (answer: Answer): Page => {
  expectStatus(answer, 200);
  return toPage(answer.json) ?? unreadable(answer, '200 and a PaginatedInvitationList');
};

/** The same, or empty where the target's edition has no such link. */
export const linkPath = (url: string): string => (url === '' ? '' : pathIn(url));

/**
 * From an address in an answer, the path and query to ask the target for. Its host is nobody's promise: behind a proxy it
 * may be another one than the target's.
 */
export const pathIn = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const start = parsed?.pathname.indexOf('/api/v1/') ?? -1;
  if (parsed === undefined || start < 0) {
    throw new Error(`Expected an absolute address with /api/v1/ in its path, but got ${show(url)}`);
  }
  return `${parsed.pathname.slice(start)}${parsed.search}`;
};

export const idIn = (url: string): string =>
  decodeURIComponent(pathIn(url).split('?')[0]?.split('/').at(-2) ?? '');
