// What is asked inside a page, as text for the browser: the tests themselves know no DOM.

/** Texts whose contrast against what lies behind them is below 4.5, as `ratio text`. */
export const faintTexts = `(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const part = (value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if ((colour[3] ?? 1) === 1) return colour;
      if (colour[3] !== 0) return [NaN, NaN, NaN];
    }
    return [255, 255, 255];
  };
  const ratio = (element) => {
    const [one, other] = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  return [...document.body.querySelectorAll('*')]
    .filter((element) => hasText(element) && element.checkVisibility() && !element.closest('script, .unseen'))
    .map((element) => [ratio(element), element.textContent.trim().slice(0, 40)])
    .filter(([value]) => !(value >= 4.5))
    .map(([value, text]) => value.toFixed(2) + ' ' + text);
})()`;

export const openAll = `document.querySelectorAll('details').forEach((one) => { one.open = true; })`;

/** How far the page can be scrolled to the side, in pixels. */
export const sideways = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;

/** Cells of the matrices that say nothing without their colour. */
export const wordlessCells = `[...document.querySelectorAll('td')]
  .filter((cell) => cell.textContent.trim() === '').length`;

export const headingLevels = `[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))`;

export const focused = `document.activeElement.outerHTML.slice(0, 200)`;

/** The names of what a parser of XML finds, or what it complains of. */
export const parseXml = (xml: string): string => `(() => {
  const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
  const error = parsed.querySelector('parsererror');
  return error === null ? [...parsed.querySelectorAll('testcase')].length : error.textContent;
})()`;
