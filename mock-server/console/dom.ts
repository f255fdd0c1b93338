// Elements from values. Text is only ever set as text, and no attribute of an element can hold a script.

type Handler = (event: Event) => void;
type Attributes = Readonly<Record<string, string | number | boolean | Handler | null | undefined>>;

export type Child = Node | string | number | false | null | undefined | readonly Child[];

const isList = (child: Child): child is readonly Child[] => Array.isArray(child);

const nodesOf = (child: Child): readonly (Node | string)[] => {
  if (child === null || child === undefined || child === false) return [];
  if (isList(child)) return child.flatMap(nodesOf);
  return [typeof child === 'number' ? String(child) : child];
};

/** An attribute that is a function listens to the event of its name; false, null and undefined leave it out. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodesOf(children));
  return element;
};

export const fill = (parent: Element, ...children: readonly Child[]): void => {
  parent.replaceChildren(...nodesOf(children));
};

export type Keyed<Item> = {
  readonly keyOf: (item: Item) => string;
  readonly render: (item: Item) => HTMLElement;
};

type Shown = { readonly text: string; readonly element: HTMLElement };

/** Somebody is in the middle of something there. */
const isBusy = (element: HTMLElement): boolean => element.querySelector('[data-open]') !== null;

const refocus = (element: HTMLElement, name: string | null): void => {
  const all = [...element.querySelectorAll<HTMLElement>('button, summary, a, select, input')];
  const same = all.find((one) => one.getAttribute('aria-label') === name);
  (same ?? all[0])?.focus();
};

/** A list that changes only where its items did, so that focus and open forms stay. */
export const keyedList = <Item>(
  parent: HTMLElement,
  { keyOf, render }: Keyed<Item>,
): ((items: readonly Item[]) => void) => {
  let shown = new Map<string, Shown>();

  const show = (item: Item): Shown => {
    const old = shown.get(keyOf(item));
    const text = JSON.stringify(item);
    if (old !== undefined && (old.text === text || isBusy(old.element))) return old;
    const element = render(item);
    if (old?.element.contains(document.activeElement) === true) {
      const label = document.activeElement?.getAttribute('aria-label') ?? null;
      old.element.replaceWith(element);
      refocus(element, label);
    }
    return { text, element };
  };

  return (items) => {
    const next = new Map<string, Shown>();
    for (const item of items) next.set(keyOf(item), show(item));
    for (const [key, { element }] of shown) {
      if (next.get(key)?.element !== element) element.remove();
    }
    let place: Element | null = parent.firstElementChild;
    for (const { element } of next.values()) {
      if (element === place) place = place.nextElementSibling;
      else parent.insertBefore(element, place);
    }
    shown = next;
  };
};
