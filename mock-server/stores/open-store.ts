// The store that is asked for.
import { createFileStore } from './file.ts';
import { createMemoryStore } from './memory.ts';
import type { Store } from './store.ts';

export type StoreChoice =
  | { readonly kind: 'memory' }
  /** A file for each stream. */
  | { readonly kind: 'file'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly address: string };

/** Rejects when it cannot be used, or when another process uses it that must not be shared. */
export const openStore = async (
  choice: StoreChoice,
  warn: (message: string) => void,
): Promise<Store> => {
  switch (choice.kind) {
    case 'memory':
      return createMemoryStore();
    case 'file':
      return createFileStore({ folder: choice.folder, warn });
    case 'postgres': {
      // Who has no database does not pay for the client of one.
      const { createPostgresStore } = await import('./postgres/postgres.ts');
      return createPostgresStore({ address: choice.address });
    }
    default:
      return choice satisfies never;
  }
};
