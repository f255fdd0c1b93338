// What an e-mail address is to the servers of the API's framework family: Django's `EmailValidator`. It is wider than the
// format `email` of JSON Schema's validators (quoted local parts, `localhost`, addresses of hosts, letters outside ASCII) and
// narrower (labels of at most 63 characters, a last one of two or more).
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** Of the whole address, however long the field that holds it may be. */
const longest = 320;

const atom = "[-!#$%&'*+/=?^_`{}|~0-9A-Z]+";
// RFC 5322, 3.2.4: control characters are part of it; a blank or a tab stands behind a backslash.
const quoted = String.raw`"(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"`;
const localPart = new RegExp(`^(?:${atom}(?:\\.${atom})*|${quoted})$`, 'i');
const domainName = /^(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+[A-Z0-9-]{1,62}[A-Z0-9]$/i;
const literal = /^\[([A-F0-9:.]+)\]$/i;

/** `domainToASCII` reads a host out of an address, and would take what comes before a slash for all of it. */
const international = /^(?:[A-Z0-9.-]|[^\0-\x7f])*[^\0-\x7f](?:[A-Z0-9.-]|[^\0-\x7f])*$/i;

const isDomain = (text: string): boolean =>
  text === 'localhost' || domainName.test(text) || isIP(literal.exec(text)?.[1] ?? '') > 0;

export const isEmailAddress = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  if (at < 0 || text.length > longest || !localPart.test(text.slice(0, at))) return false;
  const domain = text.slice(at + 1);
  return isDomain(domain) || (international.test(domain) && isDomain(domainToASCII(domain)));
};
