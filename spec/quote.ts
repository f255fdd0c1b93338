// A text as one word for a POSIX shell; also for what runs in a browser.

/** A text in single quotes, in which a shell finds nothing to act on. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
