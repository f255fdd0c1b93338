// A list that is read anew whenever something has changed, in parts where it is long, and what stands there where it is empty.
import { button } from '../controls.ts';
import { fill, h, keyedList, type Keyed } from '../dom.ts';
import { complain } from '../notices.ts';
import type { ViewContext } from '../view.ts';

/** So many items are shown at a time. */
const pageSize = 100;

/** Which part of the list is shown, and the way to the others; null where one part is all. */
const pager = (wanted: { offset: number }, count: number, load: () => void): HTMLElement | null => {
  if (count <= pageSize) return null;
  const last = Math.floor((count - 1) / pageSize) * pageSize;
  const step = (label: string, offset: number): HTMLElement => {
    const element = button(label, () => {
      wanted.offset = Math.min(last, Math.max(0, offset));
      load();
    });
    if (offset < 0 || offset > last) element.setAttribute('disabled', '');
    return element;
  };
  const until = Math.min(count, wanted.offset + pageSize);
  const shown = `${(wanted.offset + 1).toLocaleString('en')}–${until.toLocaleString('en')} of ${count.toLocaleString('en')}`;
  return h(
    'nav',
    { class: 'pager', 'aria-label': 'Parts of the list' },
    step('First', wanted.offset === 0 ? -1 : 0),
    step('Previous', wanted.offset - pageSize),
    h('span', { role: 'status' }, shown),
    step('Next', wanted.offset + pageSize),
    step('Last', wanted.offset === last ? last + 1 : last),
  );
};

/** Without a count they are all that there are. */
type Part<Item> = { readonly items: readonly Item[]; readonly count?: number };

type Paged<Item> = Keyed<Item> & {
  readonly label: string;
  readonly read: (window: {
    readonly limit: number;
    readonly offset: number;
  }) => Promise<Part<Item>>;
  /** Knows what is shown. */
  readonly shown?: (items: readonly Item[]) => void;
  readonly nothing: () => HTMLElement;
};

/** `fromStart` is for whoever wants other items. */
export const pagedList = <Item>(
  { session, signal }: Pick<ViewContext, 'session' | 'signal'>,
  { label, read, shown, nothing, ...keyed }: Paged<Item>,
) => {
  const list = h('ul', { class: 'rows', 'aria-label': label });
  const foot = h('div', {});
  const show = keyedList<Item>(list, keyed);
  const window = { offset: 0 };
  let asked = 0;
  let place = '';
  const load = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { items, count = items.length } = await read({ limit: pageSize, ...window });
    // Whoever types faster than the server answers sees the answer to what was typed last.
    if (signal.aborted || mine !== asked) return;
    show(items);
    shown?.(items);
    const now = `${count} ${window.offset}`;
    // The buttons stay where they lead to what they led to: no press is lost that a change comes into.
    if (count === 0 || now !== place) {
      fill(foot, count === 0 ? nothing() : pager(window, count, loadSafely));
    }
    place = now;
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };
  session.changed.listen(loadSafely, signal);
  loadSafely();
  return {
    elements: [list, foot],
    fromStart: (): void => {
      window.offset = 0;
      loadSafely();
    },
  };
};
