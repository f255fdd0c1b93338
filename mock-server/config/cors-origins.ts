// Whose pages may read answers, as a person writes it.
import type { Parse } from '../../settings/setting.ts';
import type { CorsOrigins } from '../web/cors.ts';

export const parseCorsOrigins: Parse<CorsOrigins> = (text) => {
  if (text === 'loopback') return { value: { kind: 'loopback' } };
  if (text === '*') return { value: { kind: 'any' } };
  const list = text === 'none' ? [] : text.split(',').map((origin) => origin.trim());
  const isOrigin = (origin: string): boolean => /^https?:\/\/[^/?#\s]+$/.test(origin);
  return list.every(isOrigin)
    ? { value: { kind: 'list', origins: list } }
    : {
        expected:
          'loopback, none, *, or origins such as http://localhost:5173, with commas between',
      };
};
