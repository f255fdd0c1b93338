// One exchange in full: why it was refused, what was found in it, and how to send it again.
import { ruleNote } from '../answer.ts';
import { copyButton, facts } from '../controls.ts';
import { h, type Child } from '../dom.ts';
import { hrefOf } from '../route.ts';
import type { Session } from '../session.ts';
import type { Exchange, Finding } from '../wire.ts';
import { plural, prettyBody, statusChip, time } from '../words.ts';

type Side = Exchange['request'] | Exchange['response'];

const findingItem = ({ location, severity, code, message }: Finding): HTMLElement =>
  h(
    'li',
    { class: `finding ${severity}` },
    h('strong', {}, severity),
    ' in ',
    h('code', {}, location.join('.')),
    `: ${message} `,
    h('code', { class: 'source' }, code),
  );

const findingsOf = ({ findings }: Exchange): Child => {
  if (findings.length === 0) return null;
  return h(
    'section',
    { class: 'findings' },
    h('h3', {}, plural(findings.length, 'finding')),
    h('ul', {}, findings.map(findingItem)),
  );
};

const headerTable = (headers: Side['headers']): HTMLElement => {
  const rows = Object.entries(headers).map(([name, value]) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      h('td', {}, typeof value === 'string' ? value : value.join(', ')),
    ),
  );
  return h('table', { class: 'headers' }, h('tbody', {}, rows));
};

const sideOf = (title: string, first: string, { headers, body }: Side): HTMLElement =>
  h(
    'section',
    {},
    h('h3', {}, title),
    h('p', {}, h('code', {}, first)),
    body === null || body === ''
      ? h('p', { class: 'muted' }, 'No body.')
      : h(
          'pre',
          { tabindex: 0, 'aria-label': `Body of the ${title.toLowerCase()}` },
          prettyBody(body),
        ),
    h(
      'details',
      {},
      h('summary', {}, plural(Object.keys(headers).length, 'header')),
      headerTable(headers),
    ),
  );

const callerText = ({ caller }: Exchange): string => {
  if (caller === null) return 'nobody: no valid credentials';
  return `${caller.role ?? 'no role'}, user ${caller.user_id}`;
};

export const describeExchange = (session: Session, exchange: Exchange): readonly Node[] => {
  const { id, at, operation, fault, request, response, curl, duration_ms: ms } = exchange;
  const found = findingsOf(exchange);
  const note = ruleNote(exchange);
  return [
    h(
      'h2',
      { class: 'long', tabindex: -1 },
      statusChip(response.status),
      ' ',
      `${request.method} ${request.target}`,
    ),
    ...(note === null ? [] : [note]),
    ...(found instanceof Node ? [found] : []),
    facts([
      ['Asked by', callerText(exchange)],
      ['Operation', operation ?? 'none: no path of the API'],
      ['At', [time(at), ` for ${ms.toFixed(1)} ms`]],
      ['Request id', h('code', {}, id)],
      ...(fault === null
        ? []
        : [['Fault', h('a', { href: hrefOf(session.name, 'faults') }, `⚡ ${fault}`)] as const]),
    ]),
    h('div', { class: 'actions' }, copyButton('Copy as curl', 'the request as curl', curl)),
    sideOf('Request', `${request.method} ${request.target}`, request),
    sideOf('Response', `HTTP ${response.status}`, response),
  ];
};
