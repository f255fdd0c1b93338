import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '../../node_modules/.cache/examples-vitest',
  test: {
    include: ['**/*.spec.ts'],
    globalSetup: './start-mock.ts',
  },
});
