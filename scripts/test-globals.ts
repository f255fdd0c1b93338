// What tests import from `@jest/globals`, by Vitest: it runs many files on one set of loaded modules, in a third of Jest's
// time. For mutants, Mocha has the same words.
import { vi } from 'vitest';

export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

/** The clocks of both are the same library; a deadline is one for all, in `vitest.config.ts`. */
export const jest = {
  setTimeout: (): void => undefined,
  useFakeTimers: (options: Parameters<typeof vi.useFakeTimers>[0]) => vi.useFakeTimers(options),
  useRealTimers: () => vi.useRealTimers(),
  advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms),
};
