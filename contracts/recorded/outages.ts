// Failures of the server in a recording: those that stay are broken operations, those that pass are the weather between.
import { hasFailed, isOfGateway } from '../failure.ts';
import { isPage, mayBeStray, refusesForm } from '../engine/intermediary.ts';
import type { Recorded } from './recorded.ts';

const toAnswered = ({ entry: { status, body = '' } }: Recorded) => ({ status, text: body });

const isPageOfRefusal = (exchange: Recorded): boolean => mayBeStray(toAnswered(exchange));

const isSameRequest = ({ entry: one }: Recorded, { entry: other }: Recorded): boolean =>
  one.method === other.method &&
  one.url.href === other.url.href &&
  one.requestBody?.text === other.requestBody?.text;

/** Of an operation's answers, so many may be a gateway's without it being broken. */
const passingShare = 0.1;

const isRare = (failure: Recorded, answered: readonly Recorded[]): boolean => {
  const those = answered.filter(
    ({ operation, template }) => operation === failure.operation && template === failure.template,
  );
  return (
    those.filter(({ entry }) => isOfGateway(entry.status)).length <= those.length * passingShare
  );
};

/** Some recorders write an exchange when it ended. */
const isLater = ({ entry: one }: Recorded, { entry: other }: Recorded): boolean =>
  one.startedAt === other.startedAt || Number.isNaN(one.startedAt - other.startedAt)
    ? one.index > other.index
    : one.startedAt > other.startedAt;

/** Whether the same request was made once more, and was answered by the API. */
const wasAskedAgain = (failure: Recorded, answered: readonly Recorded[]): boolean =>
  answered.some(
    (later) =>
      isLater(later, failure) &&
      !hasFailed(later.entry.status) &&
      !isPageOfRefusal(later) &&
      isSameRequest(later, failure),
  );

/** The exchanges in which the server failed, but for those that a gateway answered now and then. */
export const failuresThatStay = (answered: readonly Recorded[]): readonly Recorded[] =>
  answered.filter(
    (exchange) =>
      hasFailed(exchange.entry.status) &&
      !(
        isOfGateway(exchange.entry.status) &&
        (isRare(exchange, answered) || wasAskedAgain(exchange, answered))
      ),
  );

const callerOf = ({ entry }: Recorded): string | undefined => entry.requestHeaders['authorization'];

/**
 * A page in the place of an answer of the API: of a refusal for size, form or pace, or of one that went away when the same caller
 * asked again, or anybody, where the API has a refusal of its own; and each, where the API answered nothing.
 */
export const isForeignPage = (exchange: Recorded, answered: readonly Recorded[]): boolean => {
  const hasOwn = (status: number): boolean =>
    answered.some(({ entry }) => entry.status === status && !isPage(entry.body ?? ''));
  if (refusesForm(toAnswered(exchange), hasOwn)) return true;
  if (!isPageOfRefusal(exchange)) return false;
  const again = hasOwn(exchange.entry.status)
    ? answered
    : answered.filter((other) => callerOf(other) === callerOf(exchange));
  return wasAskedAgain(exchange, again) || answered.every(isPageOfRefusal);
};
