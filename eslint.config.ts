import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const impure = ['Date', 'Math.random', 'crypto', 'process', 'console', 'setTimeout', 'setInterval'];

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'reports', '**/*.gen.ts', '.stryker-tmp']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-console': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'FunctionDeclaration[generator=false]',
          message: 'One dialect: const name = (…) => …',
        },
      ],
    },
  },
  {
    files: ['domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure.filter((name) => !name.includes('.'))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    files: ['mock-server/console/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.suite.ts'],
    rules: {
      // What a client put into a field stays text: nothing on the page parses markup.
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc', 'write', 'writeln'].map(
          (property) => ({ property, message: 'Build elements with h() of dom.ts.' }),
        ),
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.contract.ts', '**/*.suite.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
    },
  },
  {
    files: ['mock-server/web/log.ts', 'contracts/main.ts', 'bench/**', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      '*.config.ts',
      'mock-server/console/vite.config.ts',
      'examples/**/*.config.ts',
      'examples/jest/*-mock.ts',
    ],
    rules: { 'no-restricted-exports': 'off', 'no-restricted-syntax': 'off' },
  },
);
