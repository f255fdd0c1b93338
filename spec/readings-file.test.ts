// A file of readings, as somebody writes it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { read } from '../docs/documents.ts';
import { parseReadingsFile } from './readings-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-readings-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const parse = (text: string) => {
  const path = join(folder, 'readings.yaml');
  writeFileSync(path, text);
  return parseReadingsFile(path);
};

test('each line that the document shows is one of such a file', () => {
  const lines = [...read('docs/readings.md').matchAll(/^- `(.+?)`(?: \(default\))?:/gm)];
  expect(lines.length).toBeGreaterThan(100);
  const refused = lines.filter(([, line = '']) => 'expected' in parse(line));
  expect(refused).toEqual([]);
  expect(parse('membership.unset: null\nduplicate.status: 409')).toEqual({
    value: { 'membership.unset': 'null', 'duplicate.status': '409' },
  });
});

test('what is none is said with what there is', () => {
  expect(parse('list.order: up')).toEqual({
    expected: 'a file of readings: "list.order" is "up", but it takes oldest-first, newest-first',
  });
  expect(parse('- list.order')).toHaveProperty(
    'expected',
    expect.stringMatching(/^a file of lines/),
  );
});
