// A failed check as it is told on the page: what is wrong, what breaks the spec, then each exchange.
import { html, nothing, type Html } from './html.ts';

const longestText = 6_000;

const shorten = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;

export const block = (text: string): Html => html`<pre tabindex="0">${shorten(text)}</pre>`;

const isFinding = (line: string): boolean => line.startsWith('breaks the spec ');

/** Only where nothing else than the space changes: a number that loses its digits is evidence lost. */
const pretty = (body: string): string => {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
};

/** Request and answer apart, the answer's JSON a field a line. */
const toExchange = (text: string): Html => {
  const [, request, status, body] = /^(curl .*?)\n→ (\d{3}) (.*)$/s.exec(text) ?? [];
  if (request === undefined || status === undefined) return block(text);
  return html`${block(request)}${block(`→ ${status} ${pretty(body ?? '')}`)}`;
};

/** The message is sentence, empty line, exchanges: rule.ts writes it so. What reads otherwise is shown as it is. */
export const tell = (message: string): Html => {
  const [sentence = '', ...rest] = message.split('\n\n');
  const findings = rest.flatMap((part) => part.split('\n').filter(isFinding));
  const exchanges = rest.map((part) =>
    part
      .split('\n')
      .filter((line) => !isFinding(line))
      .join('\n'),
  );
  return html`<p class="what">${shorten(sentence)}</p>
    ${
      findings.length === 0
        ? nothing
        : html`<ul>
            ${[...new Set(findings)].map((finding) => html`<li>${finding}</li>`)}
          </ul>`
    }
    ${exchanges.filter((text) => text.trim() !== '').map(toExchange)}`;
};

/** A sentence of the rules, where backticks stand around words of the API. */
export const prose = (sentence: string): Html =>
  html`${sentence
    .split('`')
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
