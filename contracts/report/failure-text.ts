// What a failed check says, without what only those who maintain the suites look at.

/** Jest colours some of its messages. */
const colours = /\u001B\[[\d;]*m/g;

/** Without the frames of the stack; the exchange stays as it is, `curl` and answer. */
export const toFailureText = (message: string): string =>
  message
    .replaceAll(colours, '')
    .replace(/^Error: /, '')
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim();

/** The first sentence of it, for where there is one line. */
export const toHeadline = (message: string): string => toFailureText(message).split('\n')[0] ?? '';
