// How a message for people shows what a client sent: in quotes, on one line, and no more of it than a person reads.

const mostShown = 100;

export const shorten = (text: string): string =>
  text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;

export const quote = (text: string): string => JSON.stringify(shorten(text));
