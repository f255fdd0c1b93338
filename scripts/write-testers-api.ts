// The description of the testers' API as files: types made from it (--check: are they fresh?), and its YAML for the lint
// (--lint). The server makes it from the schemas beside its handlers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { describeTestersApi, writeTestersApi } from '../mock-server/admin/describe.ts';

const types = new URL('../mock-server/admin/testers-api.gen.ts', import.meta.url);
const reports = new URL('../reports/', import.meta.url);

const writeTypes = async (): Promise<void> => {
  const text = `${COMMENT_HEADER}${astToString(await openapiTypescript(JSON.stringify(describeTestersApi())))}`;
  if (!process.argv.includes('--check')) {
    writeFileSync(types, text);
  } else if (readFileSync(types, 'utf8') !== text) {
    console.error(
      'mock-server/admin/testers-api.gen.ts is not what the schemas say: run `npm run spec:types:testers`.',
    );
    process.exitCode = 1;
  }
};

if (process.argv.includes('--lint')) {
  mkdirSync(reports, { recursive: true });
  writeFileSync(new URL('admin.openapi.yaml', reports), writeTestersApi());
} else await writeTypes();
