// What the fake needs of `node:net` and `node:url`, for browsers: whose addresses are what their own URLs take.
const isIPv4 = (text: string): boolean =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);

export const isIPv6 = (text: string): boolean =>
  /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`);

export const isIP = (text: string): number => {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
};

/** Empty where it is no name. */
export const domainToASCII = (domain: string): string =>
  URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`).hostname : '';
