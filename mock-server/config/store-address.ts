// Where sandboxes are kept, from what a person wrote.
import type { Parsed } from '../../settings/setting.ts';

export type StoreAddress =
  | { readonly kind: 'memory' }
  /** `folder` as it was given. */
  | { readonly kind: 'file'; readonly folder: string }
  /** `address` as it was given: with its password. */
  | { readonly kind: 'postgres'; readonly address: string };

const expected =
  'memory, or file: and a folder, such as file:./data, or postgres:// and a database, such as postgres://user@host:5432/name';

const isDatabase = (text: string): boolean => {
  const [, , host = '', path = ''] = /^postgres(ql)?:\/\/([^/]*)(\/.*)?$/s.exec(text) ?? [];
  return host !== '' && path.length > 1 && URL.canParse(text);
};

export const parseStoreAddress = (text: string): Parsed<StoreAddress> => {
  if (text === 'memory') return { value: { kind: 'memory' } };
  if (isDatabase(text)) return { value: { kind: 'postgres', address: text } };
  const [, folder = ''] = /^file:(.*)$/s.exec(text) ?? [];
  return folder === '' || folder.includes('\0')
    ? { expected }
    : { value: { kind: 'file', folder } };
};
