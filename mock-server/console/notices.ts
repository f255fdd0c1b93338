// What the page says aloud: a line for what was done, and an alert for what was refused.
import { fill, h } from './dom.ts';

const done = h('p', { role: 'status', class: 'done' });
const refused = h('div', { role: 'alert', class: 'refused' });

export const notices = h('div', { class: 'notices' }, done, refused);

const shownForMs = 6_000;
let fading: ReturnType<typeof setTimeout> | undefined;

/** Also when the reader goes to another view: nothing is said there of what was done here. */
export const dismiss = (): void => {
  fill(refused);
  done.textContent = '';
};

/** Read out politely and gone after a while; nothing that has to be kept. */
export const announce = (text: string): void => {
  dismiss();
  done.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => {
    done.textContent = '';
  }, shownForMs);
};

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Stays until it is dismissed or something is done. */
export const complain = (error: unknown): void => {
  dismiss();
  const close = h(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': 'Dismiss the error', click: dismiss },
    '×',
  );
  fill(refused, h('p', {}, sentenceOf(error)), close);
};
