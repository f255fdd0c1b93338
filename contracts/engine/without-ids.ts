// A text that is the same for every invitation and every user: ids are not told apart.
import type { Finding } from '../../spec/finding.ts';

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|auth0(?:\||%7C)[0-9a-f]{24}/gi;

export const withoutIds = (text: string): string => text.replaceAll(ids, '{id}');

/** What a finding says of one item of a list, it says of all. */
export const findingKey = ({ code, location }: Finding): string =>
  `${code} ${location.filter((part) => !/^\d+$/.test(part)).join('.')}`;
