// Mutation testing of the fake: docs/mutation.md. That of the spec is in stryker.spec.config.mjs.

const notCode = ['test', 'suite', 'gen'].map((kind) => `!**/*.${kind}.ts`);

/** Changes in `folders` are tried on the tests of `tests`; what comes of it is in `reports/`, by `name`. */
export const configure = (name, folders, tests) => ({
  mutate: [...folders.map((folder) => `${folder}/**/*.ts`), ...notCode],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx', '--import', './scripts/mutation/register.ts'],
  mochaOptions: { extension: ['ts'], spec: tests, 'no-config': true, 'no-package': true },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 6_000,
  ignorePatterns: ['dist', 'reports', 'contracts', 'bench', 'examples', 'cli', 'docs'],
  reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: false },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
});

// The quick ones first: the first that fails is the last that runs.
export default configure(
  'fake',
  ['domain', 'mock-server/api'],
  [
    'domain/**/*.test.ts',
    'spec/**/*.test.ts',
    'mock-server/api/**/*.test.ts',
    'mock-server/*.test.ts',
  ],
);
