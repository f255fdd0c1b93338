// What in a seed file does not go together: who is there twice, invited twice, or invites without being there. It reads
// what it knows and passes over the rest, which the schema complains of.
import { addressKey } from '../../domain/invitation.ts';
import { isRole, roles } from '../../domain/role.ts';

type Key = string | number;

export type Mistake = { readonly place: readonly Key[]; readonly message: string };

type Item = { readonly place: readonly Key[]; readonly value: object };

const valueOf = (item: unknown, key: string): unknown =>
  typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined;

const textOf = ({ value }: Item, key: string): string | undefined => {
  const text = valueOf(value, key);
  return typeof text === 'string' ? text : undefined;
};

const ageOf = ({ value }: Item): number | undefined => {
  const age = valueOf(value, 'age');
  return typeof age === 'number' ? age : undefined;
};

const itemsOf = (value: unknown, place: readonly Key[], key: string): readonly Item[] => {
  const list: unknown = valueOf(value, key);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    typeof item === 'object' && item !== null
      ? [{ place: [...place, key, index], value: item }]
      : [],
  );
};

/** In the whole file, whichever organization it is about. */
type Seen = {
  /** By address: those among the people, and those who accepted. */
  readonly registered: Set<string>;
  readonly accounts: Set<string>;
};

type Member = { readonly role: string | undefined; readonly age: number | undefined };

const inviterMistake = (
  invitation: Item,
  members: ReadonlyMap<string, Member>,
  isOwn: boolean,
): string | undefined => {
  const by = textOf(invitation, 'by');
  if (by === undefined) return undefined;
  const age = ageOf(invitation) ?? 0;
  const member = members.get(by) ?? members.get(addressKey(by));
  if (member?.role !== undefined) {
    return member.age !== undefined && member.age < age
      ? `an "age" of at most that of "${by}", who invites`
      : undefined;
  }
  const isThere = isOwn || by === 'OWNER' || [...members.values()].some(({ role }) => role === by);
  if (isRole(by) && isThere) return undefined;
  return `as "by" one of ${roles.join(', ')}${isOwn ? '' : ' who is there'}, or the address or name of one who is there with a role`;
};

type Organization = {
  readonly whole: unknown;
  readonly place: readonly Key[];
  readonly isOwn: boolean;
  readonly complain: (item: Item, message: string) => void;
};

const checkMembers = (
  { whole, place, complain }: Organization,
  seen: Seen,
): Map<string, Member> => {
  const members = new Map<string, Member>();
  for (const person of itemsOf(whole, place, 'people')) {
    const email = textOf(person, 'email');
    if (email === undefined) continue;
    const key = addressKey(email);
    if (members.has(key)) complain(person, `somebody else than ${email} again`);
    members.set(key, { role: textOf(person, 'role'), age: ageOf(person) });
  }
  for (const account of itemsOf(whole, place, 'service_accounts')) {
    const name = textOf(account, 'name');
    if (name === undefined) continue;
    if (seen.accounts.has(name)) complain(account, `another name than "${name}" again`);
    seen.accounts.add(name);
    members.set(name, { role: textOf(account, 'role') ?? 'VIEWER', age: ageOf(account) });
  }
  return members;
};

const checkInvitations = (
  { whole, place, isOwn, complain }: Organization,
  members: ReadonlyMap<string, Member>,
  seen: Seen,
): void => {
  const invited = new Set<string>();
  for (const invitation of itemsOf(whole, place, 'invitations')) {
    const email = textOf(invitation, 'email');
    if (email === undefined) continue;
    const key = addressKey(email);
    const state = textOf(invitation, 'state');
    if (invited.has(key)) complain(invitation, `one invitation of ${email}, not two`);
    invited.add(key);
    if (textOf(invitation, 'reason') !== undefined && state !== 'bounced') {
      complain(invitation, '"reason" only beside "state": "bounced"');
    }
    const wrongInviter = inviterMistake(invitation, members, isOwn);
    if (wrongInviter !== undefined) complain(invitation, wrongInviter);
    if (state !== 'accepted') continue;
    if (seen.registered.has(key)) {
      complain(invitation, `${email} among the people, or once as accepted, not both`);
    }
    seen.registered.add(key);
  }
};

export const findMistakes = (whole: unknown): readonly Mistake[] => {
  const seen: Seen = { registered: new Set(), accounts: new Set() };
  const mistakes: Mistake[] = [];
  const complain = ({ place }: Item, message: string): void => {
    mistakes.push({ place, message });
  };
  const organizations: readonly Organization[] = [
    { whole, place: [], isOwn: true, complain },
    ...itemsOf(whole, [], 'organizations').map(({ value, place }) => ({
      ...{ whole: value, place, isOwn: false, complain },
    })),
  ];
  for (const { whole: one, place } of organizations) {
    for (const person of itemsOf(one, place, 'people')) {
      const email = textOf(person, 'email');
      if (email !== undefined) seen.registered.add(addressKey(email));
    }
  }
  for (const organization of organizations) {
    checkInvitations(organization, checkMembers(organization, seen), seen);
  }
  return mistakes;
};
