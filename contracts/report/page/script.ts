// What the page does where scripts run: it shows the filter of the rules. All else is there without.

export const script = `
'use strict';
{
  const byId = (id) => document.getElementById(id);
  const [filter, words, state, shown] = ['filter', 'words', 'state', 'shown'].map(byId);
  const rules = [...document.querySelectorAll('.rule')].map((rule) => ({
    rule,
    text: rule.textContent.toLowerCase(),
    items: [...rule.querySelectorAll('.checks > li')].map((item) => ({ item, text: item.textContent.toLowerCase() })),
    head: rule.querySelector('summary').textContent.toLowerCase(),
  }));
  const all = byId('each-rule');
  const topics = [...document.querySelectorAll('.topic')];
  const has = (item, wanted) => wanted === '' || item.className === wanted;
  const plural = (number, one) => number + ' ' + one + (number === 1 ? '' : 's');
  const apply = () => {
    const wanted = words.value.trim().toLowerCase();
    const isFiltered = wanted !== '' || state.value !== '';
    if (isFiltered) all.open = true;
    let ruleCount = 0;
    let checkCount = 0;
    for (const { rule, items, head } of rules) {
      const isWhole = head.includes(wanted);
      const found = items.filter(({ item, text }) => has(item, state.value) && (isWhole || text.includes(wanted)));
      const isKept = found.length > 0 || (items.length === 0 && isWhole && has({ className: rule.dataset.state }, state.value));
      for (const { item } of items) item.hidden = true;
      for (const { item } of found) item.hidden = false;
      rule.hidden = !isKept;
      rule.open = isFiltered && isKept && !(isWhole && state.value === '');
      ruleCount += isKept ? 1 : 0;
      checkCount += found.length;
    }
    for (const topic of topics) topic.hidden = !topic.querySelector('.rule:not([hidden])');
    shown.textContent = plural(ruleCount, 'rule') + ', ' + plural(checkCount, 'check');
  };
  filter.addEventListener('submit', (event) => event.preventDefault());
  words.addEventListener('input', apply);
  state.addEventListener('change', apply);
  filter.hidden = false;
  apply();
}
`;
