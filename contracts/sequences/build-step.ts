// Builders of steps, by the names that sequences are written with.
import type { OperationId } from '../operations.ts';
import type { Asking, Content, Link, Settling, Who } from './step.ts';

export type Wish = Partial<Pick<Asking, 'as' | 'content'>> & {
  readonly email?: string;
  readonly role?: string;
};

export const fields = (values: Readonly<Record<string, string>>): Content => ({
  mediaType: 'application/json',
  fields: values,
});

export const create = (slot: number, wish: Wish = {}): Asking => {
  const { as = 'OWNER', email = `<email:${slot}>`, role = 'VIEWER' } = wish;
  const content = wish.content ?? fields({ email, role });
  return { kind: 'ask', operation: 'invitations_create', as, makes: slot, content };
};

export const settle = (slot: number, as: Who = 'OWNER'): Settling => ({ kind: 'settle', slot, as });

export const on = (
  slot: number,
  operation: Asking['operation'],
  as: Who = 'OWNER',
  content?: Content,
): Asking => ({ kind: 'ask', operation, as, on: { slot }, ...(content && { content }) });

export const createAccount = (slot: number, role: string, as: Who = 'OWNER'): Asking => ({
  ...{ kind: 'ask', operation: 'serviceaccounts_create', as, makes: slot },
  content: fields({ name: `<name:${slot}>`, description: 'For a comparison.', role }),
});

/** What has no id in its path. */
export const ask = (
  operation: OperationId,
  as: Who = 'OWNER',
  query: Readonly<Record<string, string>> = {},
): Asking => ({ kind: 'ask', operation, as, query });

export const list = (query: Readonly<Record<string, string>>, as: Who = 'OWNER'): Asking =>
  ask('invitations_list', as, query);

/** What a slot's invitation or service account points to. */
export const follow = (
  slot: number,
  operation: Asking['operation'],
  to: Link,
  as: Who = 'OWNER',
): Asking => ({ kind: 'ask', operation, as, on: { slot, through: to } });
