// A parser that knows lines takes long to load: it is loaded behind the start of a server that stays, or when the first seed file
// comes.
import type { AdminContext } from './admin/context.ts';

export const loadSeedParser = () => import('./parse-seed.ts');

export const parseSeedText: AdminContext['parseSeed'] = async (text) =>
  (await loadSeedParser()).parseSeed(text);
