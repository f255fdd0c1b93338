// Overlays change a copy, and say so when they meet nothing.
import { expect, test } from '@jest/globals';
import { applyOverlay } from './overlay.ts';

const document = {
  paths: { '/a/': { get: { tags: ['x'] }, put: { tags: ['y'] } }, '/b/': { get: { tags: [] } } },
  info: { title: 'A', version: '1' },
};

test.each([
  ["$.paths['/a/'].get.tags", { update: 'z' }, { get: { tags: ['x', 'z'] }, put: { tags: ['y'] } }],
  [
    "$.paths['/a/'].get.tags",
    { update: ['z'] },
    { get: { tags: ['x', 'z'] }, put: { tags: ['y'] } },
  ],
  [
    "$.paths['/a/']['get','put'].tags[*]",
    { update: 'z' },
    { get: { tags: ['z'] }, put: { tags: ['z'] } },
  ],
  [
    "$.paths['/a/'][*]",
    { update: { id: 1 } },
    { get: { tags: ['x'], id: 1 }, put: { tags: ['y'], id: 1 } },
  ],
  ["$.paths['/a/'].put", { remove: true }, { get: { tags: ['x'] } }],
])('%s with %j', (target, action, expected) => {
  const before = structuredClone(document);
  const changed = applyOverlay(document, { actions: [{ target, ...action }] });
  expect(changed['paths']).toMatchObject({ '/b/': { get: { tags: [] } } });
  expect(changed['paths']).toHaveProperty(['/a/'], expected);
  expect(document).toEqual(before);
});

test.each([
  [{ actions: [{ target: '$.paths.nowhere', update: {} }] }, 'nowhere in the document'],
  [{ actions: [{ target: '$..tags', update: {} }] }, 'none that is understood'],
  [{ actions: [{ target: 'paths', update: {} }] }, 'none that is understood'],
  [{ actions: [{ update: {} }] }, 'has a `target`'],
  [{}, 'has a list of `actions`'],
])('%j is refused', (overlay, words) => {
  expect(() => applyOverlay(document, overlay)).toThrow(words);
});
