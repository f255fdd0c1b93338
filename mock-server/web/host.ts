// What a Host is: a name or an address, and a port. Whatever passes here can stand in a URL.
import { isIPv6 } from 'node:net';

// Names of containers have underscores, although host names have none.
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const pattern = new RegExp(
  `^(?:(?:${label}\\.)*${label}\\.?|\\[(?<ipv6>[0-9a-f:.]{2,45})\\])(?::(?<port>\\d{1,5}))?$`,
  'i',
);
const longest = 262;

/** The last one that was one: clients hardly ever change it. */
const known = { host: 'localhost' };

export const isHost = (text: string): boolean => {
  if (text === known.host) return true;
  const { ipv6, port } = (text.length <= longest && pattern.exec(text)?.groups) || { ipv6: '' };
  if (ipv6 !== undefined && !isIPv6(ipv6)) return false;
  if (Number(port ?? 0) > 65_535 || !URL.canParse(`http://${text}/`)) return false;
  known.host = text;
  return true;
};
