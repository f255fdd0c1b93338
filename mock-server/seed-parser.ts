// A parser that knows lines takes long to load: it is loaded behind the start, or when the first seed file comes, once.
import type { AdminContext } from './admin/context.ts';

let loading: Promise<typeof import('./parse-seed.ts')> | undefined;

export const loadSeedParser = () => (loading ??= import('./parse-seed.ts'));

export const parseSeedText: AdminContext['parseSeed'] = async (text) =>
  (await loadSeedParser()).parseSeed(text);
