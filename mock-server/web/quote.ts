// How a message for people shows what a client sent: in quotes, on one line, and no more of it than a person reads.

const mostShown = 100;

export const shorten = (text: string): string =>
  text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;

/** A reason that somebody else worded, as the end of a sentence. */
export const toSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const quote = (text: string): string => JSON.stringify(shorten(text));
