// Writes the documents that are made from the contract anew. Run it after a change to spec/rules.yaml or spec/editions.
import { writeFileSync } from 'node:fs';
import { readRules } from '../contracts/catalog.ts';
import { assumedRulesPage, toAssumedRulesPage } from './assumed-rules.ts';
import { editionsPage, readingsPage, toEditionsPage, toReadingsPage } from './contract-pages.ts';

const rules = [...readRules().values()];
const pages = {
  [assumedRulesPage]: toAssumedRulesPage(rules),
  [editionsPage]: await toEditionsPage(),
  [readingsPage]: toReadingsPage(rules),
};
for (const [path, page] of Object.entries(pages)) {
  writeFileSync(new URL(`../${path}`, import.meta.url), page);
}
