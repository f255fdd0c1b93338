// What the spec asks of an answer, but no document does: the headers of refusals and `Allow`, the bodies and statuses of
// refusals. The checks of assumed rules look at these; a check of a documented rule passes them over, so that no assumption
// makes a violation.
import type { Finding } from '../spec/finding.ts';

/** [media-types.answers-json] is documented, also for refusals; but it is about answers that have a body. */
const isAboutMediaType = ({ code, location }: Finding): boolean =>
  code === 'media-type' || location.at(-1)?.toString().toLowerCase() === 'content-type';

export const isAssumed = (
  finding: Finding,
  { status, text }: { readonly status: number; readonly text: string },
): boolean => {
  if (isAboutMediaType(finding)) return status >= 400 && text === '';
  return finding.location[1] === 'header' || status >= 400;
};
