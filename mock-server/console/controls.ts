// Buttons and what else several views use.
import { fill, h, type Child } from './dom.ts';
import { announce, complain } from './notices.ts';

/** What it returns is waited for. */
export type Act = () => unknown;

export const run = async (button: HTMLButtonElement, act: Act): Promise<void> => {
  // A disabled button would lose the focus.
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  try {
    await act();
  } catch (error) {
    complain(error);
  } finally {
    button.removeAttribute('aria-disabled');
  }
};

export type Look = { readonly kind?: 'primary' | 'danger' | 'quiet'; readonly name?: string };

/** `name` is heard where the label alone does not tell it from its neighbours; it begins with the label. */
export const button = (label: Child, act: Act, { kind, name }: Look = {}): HTMLButtonElement => {
  const element = h('button', { type: 'button', class: kind, 'aria-label': name }, label);
  element.addEventListener('click', () => void run(element, act));
  return element;
};

/** A button that asks once more, in its own place. */
export const confirmed = (
  label: string,
  { question, yes, act, ...look }: Look & { question: string; yes: string; act: Act },
): HTMLElement => {
  const place = h('span', { class: 'confirmed' });
  const close = (): void => {
    fill(place, ask);
    place.removeAttribute('data-open');
  };
  const keep = button('Cancel', () => {
    close();
    ask.focus();
  });
  const sure = button(
    yes,
    async () => {
      await act();
      close();
      if (place.isConnected && !place.closest('main')?.contains(document.activeElement))
        ask.focus();
    },
    { kind: 'danger' },
  );
  const ask = button(
    label,
    () => {
      const asked = h('span', { role: 'group', 'aria-label': question }, question, ' ', sure, keep);
      place.setAttribute('data-open', '');
      fill(place, asked);
      keep.focus();
    },
    look,
  );
  place.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') keep.click();
  });
  fill(place, ask);
  return place;
};

/** Copies, or shows what is to be copied by hand where the browser allows no page to do it. */
export const copyButton = (
  label: string,
  what: string,
  text: string | (() => string | Promise<string>),
  look: Pick<Look, 'kind'> = {},
): HTMLElement => {
  const place = h('span', { class: 'copy' });
  const copy = async (): Promise<void> => {
    const value = typeof text === 'string' ? text : await text();
    try {
      await navigator.clipboard.writeText(value);
      announce(`Copied: ${what}.`);
    } catch {
      const area = h('textarea', { readonly: true, 'aria-label': what, rows: 3 }, value);
      fill(place, element, area);
      area.select();
      announce('The browser lets no page copy here: the text is selected, copy it by hand.');
    }
  };
  const element = button(label, copy, { ...look, name: `${label}: ${what}` });
  fill(place, element);
  return place;
};

/** Teaches the next step where there is nothing to show. */
export const emptyState = (title: string, ...children: readonly Child[]): HTMLElement =>
  h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), children);

export const facts = (rows: readonly (readonly [string, Child])[]): HTMLElement =>
  h(
    'dl',
    { class: 'facts' },
    rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))),
  );
