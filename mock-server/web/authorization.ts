// The Authorization header in its two parts. [RFC 9110, 11.6.2]

export type Authorization = {
  /** In lower case: schemes are compared without regard to it. */
  readonly scheme: string;
  readonly value: string;
};

/** Undefined where there is none, or nothing in it. */
export const parseAuthorization = (header: string | undefined): Authorization | undefined => {
  if (header === undefined || header.trim() === '') return undefined;
  const space = header.indexOf(' ');
  return space < 0
    ? { scheme: header.toLowerCase(), value: '' }
    : { scheme: header.slice(0, space).toLowerCase(), value: header.slice(space + 1).trim() };
};
