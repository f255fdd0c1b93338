// Makes one file of spec/prism-library.ts and all that it imports, so that who installs this package does not install Prism.
import { build, type Plugin } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Of lodash/fp, which takes longer to load than all else together, Prism asks for one function. */
const oneOfLodash: Plugin = {
  name: 'one-of-lodash',
  setup: (building) => {
    building.onLoad({ filter: /\/lodash\/fp\.js$/ }, () => ({
      contents: "exports.set = require('./fp/set.js');",
    }));
  },
};

/** The paths of what is in `outfile`, relative to the project. */
export const bundlePrism = async (outfile: string): Promise<readonly string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['spec/prism-library.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    // All licences are in one file beside it.
    legalComments: 'none',
    metafile: true,
    plugins: [oneOfLodash],
    // Its main module asks for its parts in a way that esbuild does not see.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Some of what is bundled is CommonJS and requires modules of Node.
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  });
  return Object.keys(metafile.inputs);
};
