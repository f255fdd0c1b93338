// One step of a sequence: what is asked, as data that knows no id and no address yet. What is right is for others to say:
// the model, or the fake beside the target.
import type { roles, Caller } from '../settings.ts';
import { encode, raw, type Body, type Fields, type MediaType } from '../body.ts';
import { operations, type OperationId } from '../operations.ts';

/** Credentials that nobody was ever given. */
export const strangers = {
  'an unknown scheme': 'Basic bm9ib2R5Om5vYm9keQ==',
  'a wrong key': 'Api-Key 00000000.nobody-was-given-this-key',
  'a malformed JWT': 'Bearer this-is.no-jwt',
} as const;
export type Stranger = keyof typeof strangers;
export const isStranger = (who: string): who is Stranger => who in strangers;

export type Member = (typeof roles)[number] | 'OUTSIDER';
/** Who has the key of a service account that a step made: of that slot. */
export type Key = `<key:${number}>`;
export type Who = Caller | 'NOBODY' | Stranger | Key;

export const isKey = (who: Who): who is Key => who.startsWith('<key:');

export const isCaller = (who: Who): who is Caller =>
  who !== 'NOBODY' && !isStranger(who) && !isKey(who);

export const keySlotOf = (who: Who): number | undefined => {
  const slot = /^<key:(\d+)>$/.exec(who)?.[1];
  return slot === undefined ? undefined : Number(slot);
};

/** Of an invitation, and of a service account: its user. */
export type Link = 'inviter' | 'membership' | 'organization' | 'user';

/** What a slot holds, an invitation or a service account; what it points to; or an id that nothing has. */
export type Addressee = { readonly slot: number; readonly through?: Link } | 'missing' | 'no UUID';

/**
 * `<email:1>` in a text stands for an address of this execution, `<invitee>` and `<bounce>` for the addresses that each
 * target has for it, all three in capital letters for the same in capital letters; `<address of 1>` and
 * `<role of 1>` for what the slot's invitation has by now, `<name:1>` for a name.
 */
export type Content =
  | { readonly mediaType: MediaType; readonly fields: Fields }
  | { readonly text: string; readonly contentType?: string };

export type Asking = {
  readonly kind: 'ask';
  readonly operation: OperationId;
  /** Instead of the operation's own. */
  readonly method?: string;
  readonly as: Who;
  readonly on?: Addressee;
  /** The slot that an invitation or a service account is kept under, if one is made. */
  readonly makes?: number;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  /** Without the slash at the end of the path. */
  readonly isBare?: boolean;
  readonly content?: Content;
};

/** Waits until the slot's message has gone out or come back. */
export type Settling = { readonly kind: 'settle'; readonly slot: number; readonly as: Who };

/** Takes an invitation in this state that is there already. */
export type Picking = {
  readonly kind: 'pick';
  readonly slot: number;
  readonly state: string;
  readonly as: Member;
};

export type Step = Asking | Settling | Picking;

export const slotOf = (step: Step): number | undefined => {
  if (step.kind !== 'ask') return step.slot;
  return typeof step.on === 'object' ? step.on.slot : undefined;
};

export const makes = (step: Step): number | undefined => {
  if (step.kind === 'ask') return step.makes;
  return step.kind === 'pick' ? step.slot : undefined;
};

const addressesIn = (step: Step): readonly number[] =>
  [...JSON.stringify(step).matchAll(/<(?:address|role) of (\d+)>/g)].map(([, slot]) =>
    Number(slot),
  );

/** The slots that have to hold something before. */
export const slotsBefore = (step: Step): readonly number[] =>
  [slotOf(step), keySlotOf(step.as), ...addressesIn(step)].filter((slot) => slot !== undefined);

/** The slots and addresses that a step is about. */
export const tokensOf = (step: Step): readonly string[] => {
  const slots = [...slotsBefore(step), makes(step)].filter((slot) => slot !== undefined);
  const addresses = JSON.stringify(step).match(/<(?:invitee|bounce|email:\d+)>/gi) ?? [];
  return [...slots.map((slot) => `slot ${slot}`), ...addresses.map((it) => it.toLowerCase())];
};

/** What is sent, as far as it is sent as fields. */
export const fieldsOf = ({ content }: Asking): Fields =>
  content !== undefined && 'fields' in content ? content.fields : {};

export const methodOf = (step: Asking): string => step.method ?? operations[step.operation].method;

export const isList = ({ operation }: Asking): boolean => operation.endsWith('_list');

/** Whether the list is narrowed to an address of ours, so that what others keep in it cannot matter. */
export const isOwnList = (step: Asking): boolean =>
  step.operation === 'invitations_list' && (step.query?.['email'] ?? '') !== '';

/** Puts addresses and names in; what has none stays as it is. */
export const fillIn = (text: string, find: (placeholder: string) => string | undefined): string =>
  text.replaceAll(
    /<(?:invitee|bounce|email:\d+|name:\d+|(?:address|role) of \d+)>/gi,
    (placeholder) => {
      const found = find(placeholder.toLowerCase()) ?? placeholder;
      return placeholder === placeholder.toUpperCase() ? found.toUpperCase() : found;
    },
  );

/** Each text with the addresses in it. */
export const filled = (texts: Fields = {}, fill: (text: string) => string): Fields =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));

export const toBody = (content: Content, fill: (text: string) => string): Body => {
  if ('text' in content) return raw(fill(content.text), content.contentType);
  return encode(content.mediaType, filled(content.fields, fill));
};

const contentWords = (content: Content): string =>
  'text' in content
    ? `${content.text === '' ? 'no body' : content.text} (${content.contentType ?? 'no content type'})`
    : `${JSON.stringify(content.fields)}${content.mediaType === 'application/json' ? '' : ` as ${content.mediaType}`}`;

export const isOfAccounts = ({ operation }: Asking): boolean =>
  operation.startsWith('serviceaccounts');

const pathWords = (step: Asking): string => {
  const { operation, on, query = {}, isBare = false } = step;
  const of = ({ slot, through }: { readonly slot: number; readonly through?: Link }): string => {
    const isAccount = isOfAccounts(step) || through === 'user';
    const thing = `${isAccount ? 'account' : 'invitation'}:${slot}`;
    return through === undefined ? `<${thing}>` : `<${through} of ${thing}>`;
  };
  const id = typeof on === 'object' ? of(on) : `<${on ?? ''}>`;
  const words = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  const slashed = operations[operation].path.replace('{id}', id);
  const path = isBare ? slashed.slice(0, -1) : slashed;
  return words.length === 0 ? path : `${path}?${words.join('&')}`;
};

/** A line for a person: `OWNER: POST /api/v1/invitations/ {"email":"<email:1>","role":"VIEWER"}`. */
export const toLine = (step: Step): string => {
  if (step.kind === 'settle') {
    return `wait until the message of <invitation:${step.slot}> has gone out or come back`;
  }
  if (step.kind === 'pick') {
    return `${step.as}: take an existing invitation that is ${step.state} as <invitation:${step.slot}>`;
  }
  const kind = isOfAccounts(step) ? 'account' : 'invitation';
  const made = step.makes === undefined ? '' : ` → <${kind}:${step.makes}>`;
  const accept = step.accept === undefined ? '' : ` (Accept: ${step.accept})`;
  const content = step.content === undefined ? '' : ` ${contentWords(step.content)}`;
  return `${step.as}: ${methodOf(step)} ${pathWords(step)}${content}${accept}${made}`;
};
