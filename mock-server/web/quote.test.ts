// What a client sent, as a message shows it.
import { expect, test } from '@jest/globals';
import { quote, toSentence } from './quote.ts';

test.each([
  ['ADMIN', '"ADMIN"'],
  ['', '""'],
  ['two\nlines and a "quote"', '"two\\nlines and a \\"quote\\""'],
  ['x'.repeat(100), `"${'x'.repeat(100)}"`],
  ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  // Half of a pair of surrogates is no text.
  [`${'x'.repeat(99)}😀`, `"${'x'.repeat(99)}\\ud83d…"`],
])('%j is shown as %s', (text, shown) => {
  expect(quote(text)).toBe(shown);
});

test('a sentence has one full stop at its end, whoever worded it', () => {
  expect(toSentence('It broke')).toBe('It broke.');
  expect(toSentence('It broke.')).toBe('It broke.');
  expect(toSentence('Really?')).toBe('Really?');
});
