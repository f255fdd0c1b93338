// Whether the client accepts the one media type that we speak.
/** The closest one that is named decides. */
const ranges = ['application/json', 'application/*', '*/*'] as const;

/** As the family does, without regard to parameters but `q`: `application/json; charset=utf-8` is JSON. */
export const acceptsJson = (accept: string | undefined): boolean => {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  const weights = new Map<string, number>();
  for (const named of accept.toLowerCase().split(',')) {
    const [range = '', ...parameters] = named.split(';').map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith('q='));
    weights.set(range, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  const closest = ranges.find((range) => weights.has(range));
  return closest !== undefined && Number(weights.get(closest)) > 0;
};
