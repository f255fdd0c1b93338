// Commands that are wanted seldom, behind one button.
import { h, type Child } from './dom.ts';

/** `name` is heard; it begins with the label. Escape and a click elsewhere close it. */
export const menu = (
  { label, name }: { readonly label: string; readonly name: string },
  ...items: readonly Child[]
): HTMLElement => {
  const summary = h('summary', { class: 'button', 'aria-label': name }, label);
  const list = h('div', { class: 'menu-items', role: 'group', 'aria-label': name }, items);
  const element = h('details', { class: 'menu' }, summary, list);
  const close = (): void => {
    element.open = false;
  };
  const closeFromOutside = ({ target }: Event): void => {
    if (target instanceof Node && !element.contains(target)) close();
  };
  element.addEventListener('toggle', () => {
    // A row with an open menu is left as it is while the list is read anew.
    element.toggleAttribute('data-open', element.open);
    if (element.open) document.addEventListener('pointerdown', closeFromOutside);
    else document.removeEventListener('pointerdown', closeFromOutside);
  });
  element.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !element.open) return;
    close();
    summary.focus();
  });
  // What was chosen is done or asks for more in its own place; a question stays in the menu until it is answered.
  list.addEventListener('click', (event) => {
    // The path as it was at the click: the button that asked gave way to its question.
    const isQuestion = event
      .composedPath()
      .some((one) => one instanceof Element && one.matches('.confirmed'));
    if (isQuestion) return;
    // What it opened elsewhere may have taken the focus.
    if (list.contains(document.activeElement)) summary.focus();
    close();
  });
  return element;
};
