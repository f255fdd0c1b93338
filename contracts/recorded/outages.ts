// Failures of the server in a recording: those that stay are broken operations, those that pass are the weather between.
import type { Recorded } from './recorded.ts';

/** What stands before an API says these while the API is not there. */
const isOfGateway = ({ entry: { status } }: Recorded): boolean => status >= 502 && status <= 504;

const isSameRequest = (one: Recorded, other: Recorded): boolean =>
  one.entry.method === other.entry.method && one.entry.url.href === other.entry.url.href;

/** Of an operation's answers, so many may be a gateway's without it being broken. */
const passingShare = 0.1;

const isRare = (failure: Recorded, answered: readonly Recorded[]): boolean => {
  const those = answered.filter(
    ({ operation, template }) => operation === failure.operation && template === failure.template,
  );
  return those.filter(isOfGateway).length <= those.length * passingShare;
};

/** Some recorders write an exchange when it ended. */
const isLater = ({ entry: one }: Recorded, { entry: other }: Recorded): boolean =>
  one.startedAt === other.startedAt || Number.isNaN(one.startedAt - other.startedAt)
    ? one.index > other.index
    : one.startedAt > other.startedAt;

/** Whether the same request was made once more, and was answered by the API. */
const wasAskedAgain = (failure: Recorded, answered: readonly Recorded[]): boolean =>
  answered.some(
    (later) => isLater(later, failure) && later.entry.status < 500 && isSameRequest(later, failure),
  );

/** The exchanges in which the server failed, but for those that a gateway answered now and then. */
export const failuresThatStay = (answered: readonly Recorded[]): readonly Recorded[] =>
  answered.filter(
    (exchange) =>
      exchange.entry.status >= 500 &&
      !(isOfGateway(exchange) && (isRare(exchange, answered) || wasAskedAgain(exchange, answered))),
  );
