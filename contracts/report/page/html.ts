// HTML as a value: whatever is put into a template is escaped, unless it is HTML that another template made.
import { escapeHtml } from '../../../spec/escape-html.ts';

export type Html = { readonly html: string };

type Part = string | number | Html | readonly Html[];

/** A document may hold none of these, not even as a reference. */
const forbidden = /[^\t\n\r\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escape = (text: string): string => escapeHtml(text.replaceAll(forbidden, '\uFFFD'));

const toText = (part: Part): string => {
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
};

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, index) => text + toText(parts[index] ?? '')).join(''),
});

export const nothing: Html = { html: '' };

/** Text that is none of anybody else's: a style sheet or a script of our own. */
export const trusted = (text: string): Html => ({ html: text });
