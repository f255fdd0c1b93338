// Findings as the `sl-violations` header: Prism's own name and format, in bytes that a header may have.

import type { Finding } from './finding.ts';

/** Well below what proxies and clients take for all headers together. */
const longestHeader = 4096;
const longestText = 300;
const deepestLocation = 12;

export const toViolationsHeader = (findings: readonly Finding[]): string => {
  const entries: string[] = [];
  let length = 2;
  for (const finding of findings) {
    const entry = toEntry(finding);
    if (length + entry.length > longestHeader - longestText) break;
    entries.push(entry);
    length += entry.length + 1;
  }
  const left = findings.length - entries.length;
  if (left > 0) entries.push(toEntry(leftOut(left)));
  return `[${entries.join(',')}]`;
};

const leftOut = (count: number): Finding => {
  const message = `${count} more findings do not fit into this header`;
  return { location: [], severity: 'information', code: 'left-out', message };
};

const toEntry = ({ location, severity, code, message }: Finding): string => {
  const entry = {
    location: location.slice(0, deepestLocation).map(shorten),
    severity: severity.charAt(0).toUpperCase() + severity.slice(1),
    code,
    message: shorten(message),
  };
  return toAscii(JSON.stringify(entry));
};

const shorten = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}…`;

const toAscii = (json: string): string =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
