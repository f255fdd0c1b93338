// Figures in columns: the first column is text, the others are aligned at their right end.

export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
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
}

export function wholeText(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function ratioText(value: number): string {
  return value.toFixed(2);
}
