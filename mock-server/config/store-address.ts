// Where sandboxes are kept, from what a person wrote.
import type { Parsed } from '../../settings/setting.ts';

export type StoreAddress =
  | { readonly kind: 'memory' }
  /** `folder` as it was given. */
  | { readonly kind: 'file'; readonly folder: string };

export const parseStoreAddress = (text: string): Parsed<StoreAddress> => {
  if (text === 'memory') return { value: { kind: 'memory' } };
  const [, folder = ''] = /^file:(.*)$/s.exec(text) ?? [];
  return folder === '' || folder.includes('\0')
    ? { expected: 'memory, or file: and a folder, such as file:./data' }
    : { value: { kind: 'file', folder } };
};
