// How the console is built: `vite build mock-server/console`. Its addresses are relative, so that a proxy may put the
// server below any path.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // A data: address in a style sheet would need a wider policy than images do.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
