// Which answers are none of the API's contract, whatever was asked: said once for suites, drift and recordings. What they do about
// one differs: a run asks again, drift takes the steps again, and in a recording it is looked up whether it was asked again.

/**
 * Of what stands before an API while that is not there: 408 and 502 to 504 are HTTP's words for it, 520 to 530 those of CDNs. An
 * API's own failure is a 500: that it comes now and then excuses nothing.
 */
export const isOfGateway = (status: number): boolean =>
  status === 408 || (status >= 502 && status <= 504) || (status >= 520 && status <= 530);

/** Of the API, or of what stands before it. */
export const hasFailed = (status: number): boolean => status >= 500 || isOfGateway(status);
