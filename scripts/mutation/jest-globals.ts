// What the tests import from `@jest/globals`, made of Mocha's parts; Jest's own `expect` and `each` stay. Jest loads every
// module anew for every file of every run, which over thousands of mutants takes a day. Mocha loads them once.
import { relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bind } from 'jest-each';
import Mocha from 'mocha';
import { addBeforeAll, withHooksOf } from './hook-coverage.ts';

export { expect } from 'expect';

type Body = () => unknown;

/** The suites around what is being declared, the innermost last. */
let enclosing: readonly Mocha.Suite[] = [];

const innermost = (): Mocha.Suite => {
  const suite = enclosing.at(-1);
  if (suite === undefined) throw new Error('Tests are declared in files that Mocha loads.');
  return suite;
};

/** As in Jest, a file is a suite of its own: its hooks are no concern of other files. */
export const openFile = (root: Mocha.Suite, file: string): void => {
  enclosing = [Mocha.Suite.create(root, relative('', file))];
};

const declareSuite = (title: string, body: Body): void => {
  const outer = enclosing;
  enclosing = [...outer, Mocha.Suite.create(innermost(), title)];
  body();
  enclosing = outer;
};

// Mocha passes a callback to a function that takes something; ours take nothing.
const untold = (body: Body) => () => body();

/** The slowest test takes a third of it. */
const deadlineMs = 5_000;

/** A test that waits for what never comes has noticed the mutant; Stryker would give it half a minute and a new process. */
const hurried =
  (body: Body): Body =>
  async () => {
    const end = new AbortController();
    const late = pause(deadlineMs, undefined, { signal: end.signal }).then(() => {
      throw new Error(`The test was not done after ${deadlineMs} ms.`);
    });
    try {
      await Promise.race([body(), late]);
    } finally {
      end.abort();
      late.catch(() => undefined);
    }
  };

const declareTest = (title: string, body: Body): void => {
  innermost().addTest(new Mocha.Test(title, withHooksOf(enclosing, hurried(body))));
};

const declareSkipped = (title: string): void => {
  innermost().addTest(new Mocha.Test(title));
};

export const describe = Object.assign(declareSuite, { each: bind(declareSuite, false) });

export const test = Object.assign(declareTest, {
  each: bind(declareTest, false),
  skip: declareSkipped,
});

export const beforeAll = (hook: Body): void => {
  addBeforeAll(innermost(), untold(hook));
};

export const beforeEach = (hook: Body): void => {
  innermost().beforeEach(untold(hook));
};

export const afterAll = (hook: Body): void => {
  innermost().afterAll(untold(hook));
};

export const afterEach = (hook: Body): void => {
  innermost().afterEach(untold(hook));
};
