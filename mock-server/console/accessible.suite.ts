// Runs in the page: what is wrong for somebody who cannot see it, or sees it on a phone.

/** Sentences about faults; none is what it should be. Everything it needs is inside, for it is sent to the page. */
export const findFaults = (): readonly string[] => {
  const say = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 40)}`;
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true });
  const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';

  const nameOf = (element: Element): string => {
    const labels =
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement
        ? [...(element.labels ?? [])]
        : [];
    const said = [
      element.getAttribute('aria-label'),
      textOf(element.getAttribute('aria-labelledby') ?? ''),
      ...labels.map((label) => label.textContent),
    ];
    if (!/^(?:INPUT|SELECT|TEXTAREA)$/.test(element.tagName))
      said.push(element.textContent, element.getAttribute('title'));
    return said.find((text) => (text ?? '').trim() !== '') ?? '';
  };
  const controls = [
    ...document.querySelectorAll(
      'a, button, input, select, textarea, iframe, summary, [tabindex="0"]',
    ),
  ].filter(isShown);
  const unnamed = controls
    .filter((one) => nameOf(one) === '')
    .map((one) => `without a name: ${say(one)}`);

  // Who steers by voice says what is seen. Signs such as × and … are not spoken.
  const spoken = (text: string): string => text.replaceAll(/[^\p{L}\p{N}+ ]/gu, '').trim();
  const misnamed = controls
    .filter((one) => one.matches('a, button') && one.hasAttribute('aria-label'))
    .filter((one) => !spoken(nameOf(one)).startsWith(spoken(one.textContent)))
    .map((one) => `heard as "${nameOf(one)}": ${say(one)}`);

  const levels = [...document.querySelectorAll('h1, h2, h3, h4')]
    .filter(isShown)
    .map(({ tagName }) => Number(tagName.slice(1)));
  const skipped = levels
    .filter((level, index) => level > (levels[index - 1] ?? 0) + 1)
    .map((level) => `a heading of level ${level} out of order in ${levels.join()}`);
  const oneTop =
    levels.filter((level) => level === 1).length === 1 ? [] : ['not one heading of level 1'];

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const doubled = ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `the id ${id} twice`);

  const over = document.documentElement.scrollWidth - window.innerWidth;
  const wide = over > 0 ? [`${over} pixels wider than the screen`] : [];

  const small = controls
    .filter((one) =>
      one.matches('button, .button, select, input:not([type=radio], [type=file]), nav a, .pick'),
    )
    .filter((one) => one.getBoundingClientRect().height < 43.5)
    .map((one) => `too small for a finger: ${say(one)}`);

  const numbers = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r = 0, g = 0, b = 0]: readonly number[]): number => {
    const part = (value: number): number =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const backgroundOf = (element: Element | null): readonly number[] => {
    if (element === null) return [255, 255, 255];
    const color = numbers(getComputedStyle(element).backgroundColor);
    return (color[3] ?? 1) === 0 ? backgroundOf(element.parentElement) : color;
  };
  const contrast = (element: Element): number => {
    const [high = 0, low = 0] = [
      luminance(numbers(getComputedStyle(element).color)),
      luminance(backgroundOf(element)),
    ].sort((one, other) => other - one);
    return (high + 0.05) / (low + 0.05);
  };
  const pale = [...document.querySelectorAll('body *')]
    .filter(
      (one) =>
        isShown(one) &&
        [...one.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        ),
    )
    .filter((one) => contrast(one) < 4.5)
    .map((one) => `contrast ${contrast(one).toFixed(2)}: ${say(one)}`);

  return [...unnamed, ...misnamed, ...skipped, ...oneTop, ...doubled, ...wide, ...small, ...pale];
};
