// The page docs/what-is-assumed.md as text, from the rules: where public facts end and our reading begins.
import { isDocumented, type Rule, type Source } from '../contracts/catalog.ts';

export const assumedRulesPage = 'docs/what-is-assumed.md';

const toTable = (rules: readonly Rule[]): string => {
  const rows = rules.map(({ id, sentence, seen }) => [
    `\`${id}\``,
    `${sentence.replaceAll('|', '\\|')}${seen === undefined ? '' : ` Seen ${seen}.`}`,
  ]);
  const cells = [['rule', 'what is assumed'], ...rows];
  // Padded as the formatter pads, so that the page passes the format check as it is written.
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[], filler: string): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
  const [head = [], ...others] = cells;
  return [
    toLine(head, ' '),
    toLine(['-', '-'], '-'),
    ...others.map((row) => toLine(row, ' ')),
  ].join('\n');
};

export const toAssumedRulesPage = (rules: readonly Rule[]): string => {
  const from = (source: Source): readonly Rule[] => rules.filter((rule) => rule.source === source);
  const [observed, family, ours] = [from('observed'), from('family'), from('ours')];
  const documented = rules.filter(isDocumented).length;
  return `# What is assumed

Made from \`spec/rules.yaml\` by \`node --import tsx scripts/write-assumed-rules.ts\`; a test says so when this page is out of
date. Do not edit it by hand.

The contract has ${rules.length} rules. ${documented} of them are documented: they come from the page that names the eight operations
(\`seed\`, ${from('seed').length}) or from the API's public OpenAPI documents (\`published\`, ${from('published').length}). A deployment that breaks one of those
violates its contract.

The other ${rules.length - documented} are assumed, and are listed here. A deployment that does otherwise may well be right. If yours does, tell
us, or change the rule in \`spec/rules.yaml\` and the fake with it.

## Observed

The API was seen to do it, on the day that stands there, on one deployment: ${observed.length} rules.

${toTable(observed)}

## Assumed of the family

What servers of the same framework family answer (Django REST framework, django-filter, drf-spectacular). The public
documents leave these ${family.length} answers out.

${toTable(family)}

## Our own reading

Nothing public says it. Somebody had to choose; these ${ours.length} are what we chose.

${toTable(ours)}
`;
};
