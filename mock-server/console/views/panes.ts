// A list and what was chosen from it, beside each other; on a phone one after the other. Choosing leaves the list as it
// is: its filters, its place, what is typed.
import { fill, h, type Child } from '../dom.ts';
import { complain, sentenceOf } from '../notices.ts';
import type { Signal } from '../signal.ts';

export type Panes = {
  readonly list: HTMLElement;
  /** What stands around the list, the list included. */
  readonly beside: Child;
  readonly label: string;
  readonly hint: string;
  /** Leads from what was opened to the list, where the two are not beside each other. */
  readonly back: HTMLElement;
  readonly item: Signal<string | null>;
  readonly signal: AbortSignal;
  /** Fills `place` with what `id` names. */
  readonly open: (place: HTMLElement, id: string) => void | Promise<void>;
};

/** A link of the list to one of its items. */
export const pick = (
  { href, id, isOpen }: { href: string; id: string; isOpen: boolean },
  ...children: readonly Child[]
): HTMLElement => {
  const current = isOpen ? 'true' : null;
  return h('a', { class: 'pick', href, 'data-id': id, 'aria-current': current }, children);
};

const mark = (list: HTMLElement, id: string | null): HTMLElement | null => {
  let found: HTMLElement | null = null;
  const before = list.querySelector<HTMLElement>('[aria-current]');
  before?.removeAttribute('aria-current');
  for (const link of list.querySelectorAll<HTMLElement>('[data-id]')) {
    if (link.dataset['id'] === id) found = link;
  }
  found?.setAttribute('aria-current', 'true');
  return found ?? before;
};

export const panes = (parts: Panes): HTMLElement => {
  const { list, beside, label, hint, back, item, signal, open } = parts;
  const place = h('div', {});
  const opened = h(
    'section',
    { class: 'opened', 'aria-label': label },
    h('p', { class: 'back' }, back),
    place,
  );
  const element = h('div', { class: 'panes' }, h('div', { class: 'pane-list' }, beside), opened);

  const say = (text: string): void => {
    fill(place, h('p', { class: 'muted' }, text));
  };
  const show = async (id: string | null): Promise<void> => {
    element.classList.toggle('one', id !== null);
    if (id === null) {
      say(hint);
      return;
    }
    try {
      await open(place, id);
    } catch (problem) {
      say(sentenceOf(problem));
    }
  };
  const choose = async (id: string | null): Promise<void> => {
    const link = mark(list, id);
    await show(id);
    // Whoever chose hears what was opened, and whoever goes back is where the choice was made.
    if (id === null) link?.focus();
    else place.querySelector('h2')?.focus();
  };
  item.listen((id) => {
    choose(id).catch(complain);
  }, signal);
  show(item.last() ?? null).catch(complain);
  return element;
};
