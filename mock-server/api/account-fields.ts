// Reads what a service account is to be from a body of any media type.
import { findVisibleUser } from '../../domain/directory.ts';
import type { Role } from '../../domain/role.ts';
import type { ReadBody } from '../web/body.ts';
import {
  checkRole,
  checkText,
  invalid,
  readFields,
  type Checked,
  type ReadInput,
} from './fields.ts';
import type { View } from './present-directory.ts';

export type AccountFields = {
  readonly name: string;
  readonly description: string;
  readonly role: Role;
  readonly ownerId: string | null;
};

const longestName = 128;

const checkName = (value: unknown): Checked<string> => {
  if (value === undefined) return { message: 'This field is required.' };
  const text = checkText(value);
  if ('message' in text || text.value.length <= longestName) return text;
  return {
    message: `A name has at most ${longestName} characters; this one has ${text.value.length}.`,
  };
};

/** Null and nothing mean that nobody answers for it. */
const checkOwner = (value: unknown, view: View): Checked<string | null> => {
  if (value === undefined || value === null || value === '') return { value: null };
  const [, segment = ''] =
    /\/api\/v1\/users\/([^/]+)\/$/.exec(typeof value === 'string' ? value : '') ?? [];
  const id = segment.replaceAll(/%7c/gi, '|');
  return findVisibleUser(view.directory, view.organizationId, id) === undefined
    ? { message: 'This is the address of no user that you can see.' }
    : { value: id };
};

/** [serviceaccounts.requires-name] [serviceaccounts.role] */
export const readAccountFields = (body: ReadBody, view: View): ReadInput<AccountFields> => {
  const fields = readFields(body);
  if (fields.kind === 'refused') return fields;
  const given = new Map(Object.entries(fields.value));
  const checked = {
    name: checkName(given.get('name')),
    description: given.get('description') ? checkText(given.get('description')) : { value: '' },
    role: given.has('role') ? checkRole(given.get('role')) : { value: 'VIEWER' as const },
    owner: checkOwner(given.get('owner'), view),
  };
  const { name, description, role, owner } = checked;
  if ('value' in name && 'value' in description && 'value' in role && 'value' in owner) {
    return {
      kind: 'ok',
      value: {
        ...{ name: name.value, description: description.value },
        ...{ role: role.value, ownerId: owner.value },
      },
    };
  }
  return invalid(
    Object.fromEntries(
      Object.entries(checked).flatMap(([field, one]) =>
        'message' in one ? [[field, [one.message]]] : [],
      ),
    ),
  );
};
