// Figures in columns: the first column is text, the others are aligned at their right end.

export const toTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const toLine = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width));
  return [header, rule, ...rows].map(toLine).join('\n');
};

export const wholeText = (value: number): string => Math.round(value).toLocaleString('en-US');

export const ratioText = (value: number): string => value.toFixed(2);
