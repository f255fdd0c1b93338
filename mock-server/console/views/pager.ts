// A window on a long list, and the way to its other parts.
import { button } from '../controls.ts';
import { h } from '../dom.ts';

/** So many items are shown at a time. */
export const pageSize = 100;

/** Which part of the list is shown, and the way to the others; null where one part is all. */
export const pager = (
  wanted: { offset: number },
  count: number,
  load: () => void,
): HTMLElement | null => {
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
    step('Back', wanted.offset - pageSize),
    h('span', { role: 'status' }, shown),
    step('On', wanted.offset + pageSize),
    step('Last', wanted.offset === last ? last + 1 : last),
  );
};
