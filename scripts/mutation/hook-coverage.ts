// Stryker asks which mutants each test reaches. What runs before the tests of a suite belongs to all of them; by itself it
// would be booked on the test that ran last before it, which has nothing to do with it.
import type Mocha from 'mocha';

type Body = () => unknown;

declare global {
  /** What Stryker keeps while tests run; its name is `INSTRUMENTER_CONSTANTS.NAMESPACE` of `@stryker-mutator/api`. */
  var __stryker__:
    | {
        currentTestId?: string | undefined;
        readonly mutantCoverage?: {
          readonly perTest: Record<string, Record<string, number>>;
          /** What was reached while the files were loaded. */
          readonly static: Record<string, number>;
        };
      }
    | undefined;
}

const hooksBySuite = new Map<Mocha.Suite, readonly string[]>();
let count = 0;

/** Adds a hook that runs once before the tests of `suite`. */
export const addBeforeAll = (suite: Mocha.Suite, hook: Body): void => {
  count += 1;
  const id = `before ${count}`;
  hooksBySuite.set(suite, [...(hooksBySuite.get(suite) ?? []), id]);
  suite.beforeAll(async () => {
    const context = globalThis.__stryker__;
    const before = context?.currentTestId;
    if (context !== undefined) context.currentTestId = id;
    await hook();
    if (context !== undefined) context.currentTestId = before;
  });
  suite.afterAll(() => {
    const perTest = globalThis.__stryker__?.mutantCoverage?.perTest;
    // Stryker knows no test of this name.
    if (perTest !== undefined) Reflect.deleteProperty(perTest, id);
  });
};

/** A test within `suites` reaches what their hooks reached. */
export const withHooksOf =
  (suites: readonly Mocha.Suite[], test: Body): Body =>
  async () => {
    const { currentTestId, mutantCoverage } = globalThis.__stryker__ ?? {};
    const perTest = mutantCoverage?.perTest;
    if (currentTestId !== undefined && perTest !== undefined) {
      const ids = suites.flatMap((suite) => hooksBySuite.get(suite) ?? []);
      for (const id of ids) perTest[currentTestId] = { ...perTest[id], ...perTest[currentTestId] };
    }
    await test();
  };

/**
 * Stryker starts a process anew for every mutant that was reached while files were loaded, lest it be active there. Those
 * that tests reach as well are active during the tests alone, so a process can go on to the next.
 */
export const forgetLoading = (): void => {
  const { mutantCoverage } = globalThis.__stryker__ ?? {};
  if (mutantCoverage === undefined) return;
  for (const reached of Object.values(mutantCoverage.perTest)) {
    for (const mutant of Object.keys(reached))
      Reflect.deleteProperty(mutantCoverage.static, mutant);
  }
};
