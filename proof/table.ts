// What came of it all, as one screen.
import type { Campaign } from './campaign.ts';
import type { Judged, MutantVerdict } from './verdict.ts';

const verdicts: readonly MutantVerdict[] = ['caught', 'caught elsewhere', 'survived', 'no check'];

const topicOf = ({ rule }: Judged): string => rule.split('.')[0] ?? '';

const rowOf = (name: string, judged: readonly Judged[]): readonly string[] => [
  name,
  String(judged.length),
  ...verdicts.map((verdict) => String(judged.filter((one) => one.verdict === verdict).length)),
];

const toTable = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_cell, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
};

const shown = 5;

const tell = ({ id, title, checks, changed }: Judged): readonly string[] => [
  `  ${id}`,
  `    The broken fake ${title}; ${changed} answers were changed.`,
  ...checks.slice(0, shown).map((check) => `    ${check.split('\n')[0] ?? ''}`),
  ...(checks.length > shown ? [`    and ${checks.length - shown} more`] : []),
];

const listOf = (heading: string, judged: readonly Judged[]): readonly string[] =>
  judged.length === 0 ? [] : ['', heading, ...judged.flatMap(tell)];

const violationsOf = (judged: readonly Judged[]): readonly string[] => {
  const found = judged.filter(({ violations }) => violations.length > 0);
  return found.length === 0
    ? []
    : [
        '',
        'Faults of assumed rules that failed checks of documented ones too:',
        ...found.flatMap(({ id, violations }) => [
          `  ${id}`,
          ...violations.slice(0, shown).map((check) => `    ${check}`),
          ...(violations.length > shown ? [`    and ${violations.length - shown} more`] : []),
        ]),
      ];
};

/** With how many causes each that was caught is told; by name from so many on. */
const many = 3;

const causesOf = (judged: readonly Judged[]): readonly string[] => {
  const counts = judged
    .map(({ causes }) => causes.length)
    .filter((count) => count > 0)
    .sort((a, b) => a - b);
  if (counts.length === 0) return [];
  const spread = [...new Set(counts)].map(
    (count) => `${count} for ${counts.filter((one) => one === count).length}`,
  );
  return [
    '',
    `Causes told for a broken fake: ${spread.join(', ')}; median ${counts[Math.floor(counts.length / 2)]}`,
    ...judged
      .filter(({ causes }) => causes.length >= many)
      .flatMap(({ id, causes }) => [
        `  ${id}: ${causes.length}`,
        ...causes.slice(0, shown).map((cause) => `    ${cause}`),
      ]),
  ];
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const toScreen = ({ mutants, variants, checks, isCounted, ms }: Campaign): string => {
  const of = (verdict: MutantVerdict): readonly Judged[] =>
    mutants.filter((mutant) => mutant.verdict === verdict);
  const accused = variants.filter(({ complaints }) => complaints.length > 0);
  const topics = [...new Set(mutants.map(topicOf))];
  const table = [
    ['', 'faults', ...verdicts],
    ...topics.map((topic) =>
      rowOf(
        topic,
        mutants.filter((one) => topicOf(one) === topic),
      ),
    ),
    rowOf('all', mutants),
  ];
  return [
    ...(mutants.length === 0 ? [] : toTable(table)),
    ...listOf('Caught by other checks than those of the rule:', of('caught elsewhere')),
    ...listOf('Of rules that have no check here:', of('no check')),
    ...listOf('SURVIVED:', of('survived')),
    ...violationsOf(mutants),
    ...(isCounted ? causesOf(mutants) : []),
    ...(accused.length === 0 ? [] : ['', 'ACCUSED although right:']),
    ...accused.flatMap(({ id, title, complaints }) => [
      `  ${id} (${title})`,
      ...complaints.map((complaint) => `    ${complaint}`),
    ]),
    '',
    `${of('caught').length} of ${mutants.length} broken fakes caught by their own rule, ${of('caught elsewhere').length} by others; ${variants.length - accused.length} of ${variants.length} correct variants left in peace; ${checks} checks; ${seconds(ms)}`,
  ].join('\n');
};
