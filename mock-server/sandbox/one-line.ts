// Makes a text of foreign origin fit for one line: of a header, of a subject, of a state's detail.

/** Line breaks and other control characters become a space, halves of characters a mark; what is too long ends in "…". */
export const toOneLine = (text: string, most: number): string => {
  const line = text
    .slice(0, 4 * most)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\u{FFFD}')
    .trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};
