// Which exchanges are shown.
import { h } from '../dom.ts';
import { field, select } from '../forms.ts';
import { inAddress, type ViewContext } from '../view.ts';
import type { Exchange } from '../wire.ts';

export type Filter = {
  readonly element: HTMLElement;
  readonly accepts: (exchange: Exchange) => boolean;
};

const kinds = [
  ['all', 'everything'],
  ['findings', 'with findings'],
  ['refused', 'refused (4xx)'],
  ['failed', 'failed (5xx)'],
  ['fault', 'with a fault'],
] as const;

const roles = [
  ['all', 'anybody'],
  ['OWNER', 'OWNER'],
  ['ADMIN', 'ADMIN'],
  ['CONTRIB', 'CONTRIB'],
  ['VIEWER', 'VIEWER'],
  ['none', 'nobody, or no role'],
] as const;

const isOfKind = (kind: (typeof kinds)[number][0], exchange: Exchange): boolean => {
  const { findings, fault, response } = exchange;
  switch (kind) {
    case 'all':
      return true;
    case 'findings':
      return findings.length > 0;
    case 'refused':
      return response.status >= 400 && response.status < 500;
    case 'failed':
      return response.status >= 500 || response.status === 0;
    case 'fault':
      return fault !== null;
    default:
      return kind satisfies never;
  }
};

export const trafficFilter = (context: ViewContext, change: () => void): Filter => {
  const kind = select(kinds);
  const role = select(roles);
  const text = h('input', { type: 'search', placeholder: 'path, id, body, rule' });
  inAddress(context, { show: kind.element, by: role.element, contains: text });
  const element = h(
    'div',
    { class: 'fields search', role: 'search' },
    field('Show', kind.element),
    field('Asked by', role.element),
    field('Contains', text),
  );
  element.addEventListener('input', change);
  return {
    element,
    accepts: (exchange) => {
      const isRole = role.value() === 'all' || (exchange.caller?.role ?? 'none') === role.value();
      const wanted = text.value.trim().toLowerCase();
      return (
        isRole &&
        isOfKind(kind.value(), exchange) &&
        (wanted === '' || JSON.stringify(exchange).toLowerCase().includes(wanted))
      );
    },
  };
};
