// Makes few files of the program and of all that it imports: six hundred take the most part of its start to find and to read.
// Each command is still loaded when it is asked for. What a program imports from this package stays as it was compiled.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** What belongs to who uses it, and what no start needs. */
const external = [
  ...['@modelcontextprotocol/*', '@opentelemetry/*', 'pg', 'jest', 'msw', 'supertest'],
  ...['fast-check', 'nodemailer', 'pino-pretty', 'yaml'],
  ...['http-proxy-agent', 'https-proxy-agent', 'proxy-from-env'],
];

/** Files stand where they stood: a module goes on to look for them from its own place. */
const inPlace = (folder: string): Plugin => ({
  name: 'in-place',
  setup: (building) => {
    building.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(folder)) return undefined;
      const place = relative(`${folder}/cli`, path);
      const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url) };
    });
  },
});

/** Of Express, which loads them with all encodings that there are; our bodies are read by `mock-server/web/body.ts`. */
const noBodyParsers: Plugin = {
  name: 'no-body-parsers',
  setup: (building) => {
    building.onLoad({ filter: /\/body-parser\/index\.js$/ }, () => ({ contents: '' }));
  },
};

/** In the place of `cli/` in `dist`, where all is compiled. The paths of what is in it, relative to `root`. */
export const bundleProgram = async (root: string, dist: string): Promise<readonly string[]> => {
  const folder = resolve(dist);
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`${folder}/cli/main.js`],
    outdir: `${folder}/cli`,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    external,
    plugins: [inPlace(folder), noBodyParsers],
    // Some of what is bundled is CommonJS and requires modules of Node.
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  });
  rmSync(`${folder}/cli`, { recursive: true });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  return Object.keys(metafile.inputs).filter((path) => !path.startsWith(relative(root, folder)));
};
