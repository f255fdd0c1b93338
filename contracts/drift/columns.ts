// Two texts side by side, line by line, with a mark between lines that differ.

const wrap = (line: string, width: number): readonly string[] => {
  const parts = line.match(new RegExp(`.{1,${width}}`, 'gu'));
  return parts ?? [''];
};

/** Lines that begin alike are kept beside each other: what only one side has pushes the other down. */
const pair = (
  left: readonly string[],
  right: readonly string[],
): readonly (readonly [string | undefined, string | undefined])[] => {
  const rows: [string | undefined, string | undefined][] = [];
  let [row, other] = [0, 0];
  const keyOf = (line: string): string => line.split(':')[0] ?? '';
  const isAhead = (line: string | undefined, lines: readonly string[], from: number): boolean =>
    line !== undefined && lines.slice(from).some((it) => keyOf(it) === keyOf(line));
  while (row < left.length || other < right.length) {
    const [one, two] = [left[row], right[other]];
    const isAlike = one !== undefined && two !== undefined && keyOf(one) === keyOf(two);
    if (!isAlike && two !== undefined && isAhead(one, right, other)) {
      rows.push([undefined, two]);
      other += 1;
    } else if (!isAlike && one !== undefined && isAhead(two, left, row)) {
      rows.push([one, undefined]);
      row += 1;
    } else {
      rows.push([one, two]);
      row += 1;
      other += 1;
    }
  }
  return rows;
};

export const besideEachOther = (left: string, right: string, width: number): readonly string[] =>
  pair(left.split('\n'), right.split('\n')).flatMap(([one, two]) => {
    const mark = one === two ? '│' : '≠';
    const [wrapped, others] = [wrap(one ?? '', width), wrap(two ?? '', width)];
    return Array.from({ length: Math.max(wrapped.length, others.length) }, (_, index) =>
      `${(wrapped[index] ?? '').padEnd(width)} ${mark} ${others[index] ?? ''}`.trimEnd(),
    );
  });
