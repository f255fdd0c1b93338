// The documents as pages: what they and the console link to is there.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { helpPages } from '../mock-server/console/help.ts';
import { writeDocuments } from './documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-documents-'));
writeDocuments(fileURLToPath(new URL('..', import.meta.url)), folder);

const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
);

const isThere = (from: string, href: string): boolean => {
  const [path = '', anchor] = href.split('#');
  const file = path === '' ? join(folder, from) : join(folder, dirname(from), path);
  if (!existsSync(file)) return false;
  return anchor === undefined || readFileSync(file, 'utf8').includes(`id="${anchor}"`);
};

test('every link of a page leads to a page, and to a heading of it', () => {
  expect(pages.length).toBeGreaterThan(15);
  for (const from of pages) {
    const hrefs = [...readFileSync(join(folder, from), 'utf8').matchAll(/<a href="([^"]*)"/g)];
    const wrong = hrefs
      .map(([, href = '']) => href)
      // The console itself.
      .filter((href) => !/^https?:|^(?:\.\.\/)+$/.test(href))
      .filter((href) => !isThere(from, href));
    expect([from, wrong]).toEqual([from, []]);
  }
});

test.each(Object.entries(helpPages))('the help of the view %s is at %s', (_view, href) => {
  expect(isThere('docs/index.html', href)).toBe(true);
});
