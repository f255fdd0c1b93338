// Reads the two writable fields of an invitation from a body of any media type, and the filters from a query.
import { isInvitationState, invitationStates } from '../../domain/invitation.ts';
import type { InvitationFilter } from '../../domain/invitation-index.ts';
import { isRole, roles, type Role } from '../../domain/role.ts';
import { isEmailAddress } from '../../spec/email-address.ts';
import { invitationFields, lackingIn, type Readings, type RuleId } from '../../spec/vocabulary.ts';
import type { BodyFields, ReadBody } from '../web/body.ts';
import { quote } from '../web/quote.ts';
import { replyDetail, replyJson, type Reply } from '../web/reply.ts';

const listParameters = ['email', 'page', 'role', 'state', 'page_size', 'ordering'];

/** One list of messages for each field at fault. [errors.invalid-body] */
type FieldErrors = Record<string, readonly string[]>;

export type Checked<Value> = { readonly value: Value } | { readonly message: string };

export type ReadInput<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'refused'; readonly reply: Reply };

const maximalEmailLength = 254;

export const checkText = (value: unknown): Checked<string> => {
  if (value === null) return { message: 'This field may not be null.' };
  // The family takes a number where a text is expected, and reads it as its digits.
  if (typeof value === 'number') return { value: String(value) };
  if (typeof value !== 'string') return { message: 'This field takes a string.' };
  const text = value.trim();
  return text === '' ? { message: 'This field may not be blank.' } : { value: text };
};

const checkEmail = (value: unknown): Checked<string> => {
  const text = checkText(value);
  if ('message' in text) return text;
  if (text.value.length > maximalEmailLength) {
    return {
      message: `An address has at most ${maximalEmailLength} characters; this one has ${text.value.length}.`,
    };
  }
  return isEmailAddress(text.value)
    ? text
    : { message: 'This is not a valid e-mail address; one looks like name@example.com.' };
};

export const checkRole = (value: unknown): Checked<Role> => {
  const text = checkText(value);
  if ('message' in text) return text;
  return isRole(text.value)
    ? { value: text.value }
    : { message: `${quote(text.value)} is not a role; the roles are ${roles.join(', ')}.` };
};

export type InvitationFields = { readonly email?: string; readonly role?: Role };

type CheckedFields = {
  readonly email: string | undefined;
  readonly role: Role | undefined;
  /** Of a field that is undefined: why, unless it is absent and may be. */
  readonly errors: FieldErrors;
};

const checkFields = (
  fields: BodyFields,
  readings: Readings,
  whenAbsent?: string,
): CheckedFields => {
  const errors: FieldErrors = {};
  if (readings['errors.unknown-field'] === '400') {
    const unknown = Object.keys(fields).filter((name) => !invitationFields.includes(name));
    for (const name of unknown) errors[name] = ['There is no such field.'];
  }
  const read = <Value>(
    name: string,
    check: (value: unknown) => Checked<Value>,
  ): Value | undefined => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined) {
      if (whenAbsent !== undefined) errors[name] = [whenAbsent];
      return undefined;
    }
    const checked = check(value);
    if ('value' in checked) return checked.value;
    errors[name] = [checked.message];
    return undefined;
  };
  return { email: read('email', checkEmail), role: read('role', checkRole), errors };
};

export const invalid = (errors: FieldErrors): ReadInput<never> => ({
  kind: 'refused',
  reply: { ...replyJson(400, errors), rule: 'errors.invalid-body' },
});

const refused = (status: number, detail: string, rule: RuleId): ReadInput<never> => ({
  kind: 'refused',
  reply: replyDetail(status, detail, rule),
});

export const readFields = ({ outcome }: ReadBody): ReadInput<BodyFields> => {
  switch (outcome.kind) {
    case 'fields':
      return { kind: 'ok', value: outcome.fields };
    case 'not-an-object': {
      const message = `This operation takes an object; the body is ${outcome.found}.`;
      const reply = replyJson(400, { non_field_errors: [message] });
      return { kind: 'refused', reply: { ...reply, rule: 'errors.not-an-object' } };
    }
    case 'malformed':
      return refused(400, outcome.detail, 'errors.unparsable-body');
    case 'unsupported':
      return refused(415, outcome.detail, 'errors.unsupported-media-type');
    case 'too-large':
      return refused(413, outcome.detail, 'errors.body-too-large');
    default:
      return outcome satisfies never;
  }
};

/** Whatever of `email` and `role` the body holds; both may be absent. [partial-update.absent-fields-stay] */
export const readSomeFields = (body: ReadBody, readings: Readings): ReadInput<InvitationFields> => {
  const fields = readFields(body);
  if (fields.kind === 'refused') return fields;
  const { email, role, errors } = checkFields(fields.value, readings);
  if (Object.keys(errors).length > 0) return invalid(errors);
  return {
    kind: 'ok',
    value: { ...(email === undefined ? {} : { email }), ...(role === undefined ? {} : { role }) },
  };
};

/** Both `email` and `role`. [create.requires-email] [create.requires-role] [update.requires-both] */
export const readAllFields = (
  body: ReadBody,
  readings: Readings,
): ReadInput<Required<InvitationFields>> => {
  const fields = readFields(body);
  if (fields.kind === 'refused') return fields;
  const { email, role, errors } = checkFields(fields.value, readings, 'This field is required.');
  if (email === undefined || role === undefined || Object.keys(errors).length > 0)
    return invalid(errors);
  return { kind: 'ok', value: { email, role } };
};

const unknownChoice = (value: string, choices: readonly string[]): readonly string[] => [
  `${quote(value)} is none of the choices; they are ${choices.join(', ')}.`,
];

const findUnknown = (query: URLSearchParams, { edition, ...readings }: Readings): FieldErrors => {
  if (readings['list.unknown-parameter'] === 'ignored') return {};
  const lacking = lackingIn(edition, 'invitations_list');
  const unknown = [...query.keys()].filter(
    (name) => !listParameters.includes(name) || lacking.includes(name),
  );
  return Object.fromEntries(unknown.map((name) => [name, ['There is no such parameter.']]));
};

/** An empty parameter counts as absent, an unknown one is ignored. [list.empty-parameter] [list.unknown-parameter] */
export const readFilter = (
  query: URLSearchParams,
  readings: Readings,
): ReadInput<InvitationFilter> => {
  const given = (name: string): string | undefined => {
    const value = query.getAll(name).at(-1);
    return value === '' && readings['list.empty-parameter'] === 'absent' ? undefined : value;
  };
  const [email, role, state] = [given('email'), given('role'), given('state')];
  const errors: FieldErrors = findUnknown(query, readings);
  if (role !== undefined && !isRole(role)) errors['role'] = unknownChoice(role, roles);
  if (state !== undefined && !isInvitationState(state)) {
    errors['state'] = unknownChoice(state, invitationStates);
  }
  if (Object.keys(errors).length > 0) {
    return {
      kind: 'refused',
      reply: { ...replyJson(400, errors), rule: 'list.filter-outside-enumeration' },
    };
  }
  return {
    kind: 'ok',
    value: {
      ...(email === undefined
        ? {}
        : { email, isExact: readings['list.email-letter-case'] === 'exact' }),
      ...(isRole(role) ? { role } : {}),
      ...(isInvitationState(state) ? { state } : {}),
    },
  };
};
