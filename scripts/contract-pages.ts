// The pages docs/editions.md and docs/readings.md as text, from the overlays and from the rules.
import { findDifferences } from '../spec/edition-differences.ts';
import { titleOf } from '../spec/editions.ts';
import type { Rule } from '../spec/rules.ts';
import { editions, newestEdition } from '../spec/vocabulary.ts';

export const editionsPage = 'docs/editions.md';
export const readingsPage = 'docs/readings.md';

const toSection = async (index: number): Promise<string> => {
  const [before, edition = newestEdition] = [editions[index - 1], editions[index]];
  const heading = `## ${edition}: ${await titleOf(edition)}`;
  if (before === undefined)
    return `${heading}\n\nThe edition that the product's page was made from: \`spec/openapi.yaml\`.`;
  const differences = await findDifferences(before, edition);
  const lines = differences.map(({ words, request }) =>
    request === undefined ? `- ${words}` : `- ${words}: \`${request}\``,
  );
  return `${heading}\n\n${lines.length === 0 ? 'Nothing on invitations.' : lines.join('\n')}`;
};

export const toEditionsPage = async (): Promise<string> => {
  const sections: string[] = [];
  for (const index of editions.keys()) sections.push(await toSection(index));
  return `# Editions

Made from \`spec/editions\` by \`npm run docs:assumed\`; a test says so when this page is out of date.

The contract was published in ${editions.length} editions. A server, and a client that was generated from the document, is of one of
them. The fake serves \`${newestEdition}\` unless \`--edition\`, or the \`edition\` of a sandbox, says otherwise. What came later than an
edition is not in its answers, and such a parameter is an unknown one. \`invitations-mock editions --diff A B\` tells what lies
between two.

The editions before 2021-11-29 say that \`membership\` is never null. Servers sent null all the same, and so does the fake;
clients that were generated from them fail on it. For those who serve such clients there is the reading
\`membership.unset: left-out\`, or \`empty\`.

No edition requires the fields of a page, or says which states there are: that answers have them all, and that there are
four, are rules of ours, which the judge adds (\`spec/judged.overlay.yaml\`).

${sections.join('\n\n')}
`;
};

const toReading = (name: string, { id, source, readings = {} }: Rule): string => {
  const lines = (readings[name] ?? []).map(
    ([alternative, words], index) =>
      `- \`${name}: ${/^(?:\d+|null)$/.test(alternative) ? `'${alternative}'` : alternative}\`${index === 0 ? ' (default)' : ''}: ${words}`,
  );
  return `### ${name}\n\nOf the rule \`${id}\` (${source}).\n\n${lines.join('\n')}`;
};

export const toReadingsPage = (rules: readonly Rule[]): string => {
  const found = rules.flatMap((rule) =>
    Object.keys(rule.readings ?? {}).map((name) => ({ name, rule, text: toReading(name, rule) })),
  );
  const alternatives = found.reduce(
    (sum, { name, rule }) => sum + (rule.readings?.[name]?.length ?? 0),
    0,
  );
  return `# Readings

Made from \`spec/rules.yaml\` by \`npm run docs:assumed\`; a test says so when this page is out of date.

Where the contract leaves room, the fake follows one reading, and a deployment may follow another. Each of these ${found.length} choices
has a name and its alternatives, ${alternatives} in all. Put lines of this page into a file and start with \`--readings FILE\`, or give them to
a sandbox as its \`readings\`. What is not named is as by default. The edition is a reading too, named \`edition\`.

${found.map(({ text }) => text).join('\n\n')}
`;
};
