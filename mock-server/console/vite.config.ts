// How the console is built: `vite build mock-server/console`. Its addresses are relative, so that a proxy may put the
// server below any path.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  logLevel: 'warn',
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // A data: address in a style sheet would need a wider policy than images do.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: { input: [here('index.html'), here('accept/index.html')] },
  },
});
