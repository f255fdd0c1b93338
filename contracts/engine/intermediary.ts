// What stands before an API, a gateway say, and what it answers in the API's place: said once, for suites, comparisons and
// recordings: its failures are in failure.ts, its pages here. A page is told by its text, for an API may send JSON with the wrong type.

type Answered = { readonly status: number; readonly text: string };

export const isPage = (text: string): boolean => /^\s*<(?:!doctype html|html)\b/i.test(text);

/** Of the request as such, its size, its form, its pace: whatever it is for. 494 is a header too large. */
const ofForm: ReadonlySet<number> = new Set([408, 411, 413, 414, 429, 431, 494]);

/**
 * A page that refuses a request for its size, form or pace: what it says and lacks is nobody's breach. That goes for a 400
 * too where the API answers one of its own otherwise.
 */
export const refusesForm = (
  { status, text }: Answered,
  hasOwn: (status: number) => boolean = () => false,
): boolean => isPage(text) && (ofForm.has(status) || (status === 400 && hasOwn(status)));

const refusals: ReadonlySet<number> = new Set([401, 403, 404, 405]);

/** A page in the place of an API's refusal, which may be another answer when it is asked for again. */
export const mayBeStray = ({ status, text }: Answered): boolean =>
  refusals.has(status) && isPage(text);

/** The request did not get to the API: it may be made again, whatever its method. */
export const isUnseen = ({ status, text }: Answered): boolean => status === 503 && isPage(text);

export const pageSentence = (method: string, status: number): string =>
  `${method} is answered with ${status} and an HTML page by what stands before the API`;
