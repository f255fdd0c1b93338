// Writes docs/what-is-assumed.md anew. Run it after a change to spec/rules.yaml.
import { writeFileSync } from 'node:fs';
import { readRules } from '../contracts/catalog.ts';
import { assumedRulesPage, toAssumedRulesPage } from './assumed-rules.ts';

const page = toAssumedRulesPage([...readRules().values()]);
writeFileSync(new URL(`../${assumedRulesPage}`, import.meta.url), page);
