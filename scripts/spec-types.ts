// TypeScript types of the newest edition, `spec/types.gen.ts`. With --check it only says whether the file is fresh.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { readEdition } from '../spec/editions.ts';
import { newestEdition } from '../spec/vocabulary.ts';

const target = new URL('../spec/types.gen.ts', import.meta.url);
const document = JSON.stringify(await readEdition(newestEdition));
const text = COMMENT_HEADER + astToString(await openapiTypes(document));
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('spec/types.gen.ts is stale; run `npm run spec:types`.');
  process.exitCode = 1;
}
