// Values of the testers' API: what each of them takes, in the words that a refusal says it with.
import * as v from 'valibot';
import { invitationStates } from '../../../domain/invitation.ts';
import { roles } from '../../../domain/role.ts';
import { isEmailAddress } from '../../../spec/email-address.ts';
import { uuidPattern } from '../../../spec/vocabulary.ts';
import { parseIsoDuration } from '../../web/iso-duration.ts';
import { named } from './named.ts';
import { choice, object } from './object.ts';

/** With what it means, for the description. */
export const told = <Schema extends v.GenericSchema>(
  description: string,
  schema: Schema,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> =>
  v.pipe(schema, v.description(description));

/** A member that may be left out. */
export const maybe = <Schema extends v.GenericSchema>(description: string, schema: Schema) =>
  v.exactOptional(told(description, schema));

export const text = (least: number, most: number) => {
  const words = `a text of ${least} to ${most} characters`;
  return v.pipe(v.string(words), v.minLength(least, words), v.maxLength(most, words));
};

export const between = (least: number, most: number) => {
  const words = `a number from ${least} to ${most}`;
  return v.pipe(v.number(words), v.minValue(least, words), v.maxValue(most, words));
};

export const whole = (least: number, most: number) => {
  const words = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(words),
    v.integer(words),
    v.minValue(least, words),
    v.maxValue(most, words),
  );
};

export const matching = (pattern: RegExp, words: string) =>
  v.pipe(v.string(words), v.regex(pattern, words));

const anEmailAddress = 'an e-mail address of at most 254 characters';

/** As the API takes them. */
export const emailAddress = v.pipe(
  v.string(anEmailAddress),
  v.maxLength(254, anEmailAddress),
  v.check(isEmailAddress, anEmailAddress),
  v.metadata({ example: 'ada.pereira@example.com' }),
);

/** Both schemes of the Invitations API, as whole `Authorization` values. */
const credential = (scheme: 'Api-Key' | 'Bearer') =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^${scheme} .+$`)),
    v.metadata({ example: `${scheme} 3f9c` }),
  );
export const apiKey = credential('Api-Key');
export const jwt = credential('Bearer');

export const list = <Item extends v.GenericSchema>(item: Item, most: number) => {
  const words = `a list of at most ${most}`;
  return v.pipe(v.array(item, words), v.maxLength(most, words));
};

/** A list that is left out to mean all. */
export const some = <Item extends v.GenericSchema>(item: Item, most: number) => {
  const words = 'a list that is not empty; leave it out to mean all';
  return v.pipe(list(item, most), v.minLength(1, words));
};

export const flag = v.boolean('true or false');

/** How many there are. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** On all pages of a list together. */
export const countOfAll = told('How many match, on all pages together.', count);

const uuidWords = 'a UUID in lower case';
export const uuid = v.pipe(
  v.string(uuidWords),
  v.regex(uuidPattern, uuidWords),
  v.metadata({ format: 'uuid' }),
);

/** Of a user, which is no UUID. */
export const userId = v.pipe(
  text(1, 256),
  v.metadata({ example: 'auth0|61949e36c0ba4d7a58f391c5' }),
);

const timeWords = 'an ISO 8601 time from 1970 on, such as 2026-01-31T09:00:00Z';
const timePattern =
  /^(?:19[7-9]\d|[2-9]\d{3})-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since the epoch. */
export const time = v.pipe(
  v.string(timeWords),
  v.regex(timePattern, timeWords),
  v.check((text) => Date.parse(text) >= 0, timeWords),
  v.metadata({ example: '2026-01-31T09:00:00Z' }),
  v.transform((text) => Date.parse(text)),
);

/** As it is answered. */
export const moment = v.pipe(v.string(), v.metadata({ format: 'date-time' }));

const durationWords = 'an ISO 8601 duration such as PT90S, PT2H or P30D, of ten years at most';
const mostMs = 315_360_000_000;
/** Each part is of some ten years at most; what all are together is looked at beside. */
const forth =
  /^P(?=\d|T\d)(?:(?:[0-4]?\d{1,2}|5[01]\d)W)?(?:(?:[0-2]?\d{1,3}|3[0-6]\d{2})D)?(?:T(?=\d)(?:(?:[0-7]?\d{1,4}|8[0-7]\d{3})H)?(?:(?:[0-4]?\d{1,6}|5[0-2]\d{5})M)?(?:(?:[0-2]?\d{1,8}|31[0-6]\d{6}|30\d{7})(?:\.\d{1,3})?S)?)?$/;
const either = new RegExp(`^-?${forth.source.slice(1)}`);

const durationOf = (pattern: RegExp) =>
  v.pipe(
    v.string(durationWords),
    v.regex(pattern, ({ input }) =>
      input.startsWith('-') && parseIsoDuration(input) !== undefined && pattern === forth
        ? 'a duration that is not negative'
        : durationWords,
    ),
    v.check((text) => Math.abs(parseIsoDuration(text) ?? 0) <= mostMs, durationWords),
    v.transform((text) => parseIsoDuration(text) ?? 0),
  );

/** In milliseconds; back where it is negative. */
export const duration = durationOf(either);

/** In milliseconds. */
export const span = durationOf(forth);

/** As it is answered. */
export const length = v.pipe(v.string(), v.regex(forth), v.metadata({ example: 'PT90S' }));

export const Role = named(
  'Role',
  'What a member may do, from the most permissive to the least.',
  choice(roles),
);

export const InvitationState = named(
  'InvitationState',
  'How far an invitation has come.',
  choice(invitationStates),
);

export const Outcome = named(
  'Outcome',
  'What became of a message.',
  choice(['sent', 'bounced'] as const),
);

export const PersonKind = named(
  'PersonKind',
  'A service account acts through API keys alone and can accept nothing.',
  choice(['person', 'service-account'] as const),
);

export const Named = named(
  'Named',
  'An organization or a person, by id and name.',
  object({ id: v.string(), name: v.string() }),
);

/** How many to answer at most. */
export const limit = v.optional(told('How many to answer at most.', whole(1, 1_000)), 100);

export const offset = maybe('How many to pass over.', whole(0, 10_000_000));

export const afterId = maybe(
  'Goes on behind the one of this id, in the order of the list.',
  text(1, 100),
);
