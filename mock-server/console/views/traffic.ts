// The exchanges with the API as they happen, and one of them in full.
import { addressOf, api, pathOf } from '../api.ts';
import { button, confirmed, copyButton, emptyState } from '../controls.ts';
import { fill, h, type Child } from '../dom.ts';
import { announce } from '../notices.ts';
import { hrefOf } from '../route.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Exchange } from '../wire.ts';
import { plural, statusChip, timeText } from '../words.ts';
import { describeExchange } from './exchange.ts';
import { panes, pick } from './panes.ts';
import { trafficFilter } from './traffic-filter.ts';

/** More rows than anybody reads would make each new one slower. */
const mostRows = 300;

const marksOf = ({ findings, fault }: Exchange): readonly Child[] => {
  const mark = (text: string): HTMLElement => h('span', { class: 'badge alarm' }, text);
  return [
    findings.length > 0 && mark(`! ${plural(findings.length, 'finding')}`),
    fault !== null && mark('⚡ fault'),
  ];
};

const exchangeRow = (session: Session, exchange: Exchange, isOpen: boolean): HTMLElement => {
  const { id, at, caller, request, response, rule, duration_ms: ms } = exchange;
  const who = caller === null ? 'nobody' : (caller.role ?? 'no role');
  return h(
    'li',
    {},
    pick(
      { href: hrefOf(session.name, 'traffic', id), id, isOpen },
      h(
        'span',
        { class: 'pick-head' },
        statusChip(response.status),
        ' ',
        h('code', {}, `${request.method} ${request.target}`),
      ),
      h(
        'span',
        { class: 'muted' },
        `${timeText(at).slice(11)} · ${who} · ${ms.toFixed(1)} ms`,
        rule === null ? null : [' · ', h('code', {}, rule.id)],
      ),
      h('span', { class: 'marks' }, marksOf(exchange)),
    ),
  );
};

const lesson = (session: Session): HTMLElement => {
  if (session.exchanges.size > 0) {
    const hint = 'Choose “everything” by “anybody”, and look for less, to see all that are kept.';
    return emptyState('No exchange is like that', h('p', {}, hint));
  }
  const { api_key: key } = session.sandbox().credentials.OWNER;
  const request = `curl -H 'Authorization: ${key}' ${addressOf('../api/v1/invitations/')}`;
  return emptyState(
    'Nothing has been asked yet',
    h('p', {}, 'Requests of this sandbox’s callers appear here as they come. Try one:'),
    h('pre', { tabindex: 0, 'aria-label': 'A request to try' }, request),
    copyButton('Copy', 'the request', request),
  );
};

const clearButton = (session: Session): HTMLElement =>
  confirmed('Clear', {
    name: 'Clear the traffic',
    question: 'Forget all exchanges?',
    yes: 'Yes, forget',
    kind: 'quiet',
    act: async () => {
      const { path } = session;
      await session.after(api.DELETE('/sandboxes/{name}/traffic', { params: { path } }));
      announce('The traffic is empty.');
      location.hash = hrefOf(session.name, 'traffic');
    },
  });

type Rows = { readonly add: (exchange: Exchange) => void; readonly all: () => void };

type RowOptions = {
  readonly rowOf: (exchange: Exchange) => HTMLElement | null;
  /** The list is no longer what it was. */
  readonly changed: () => void;
};

/**
 * A row is put where it belongs and never made anew, so that reading is not disturbed. Those that come within a frame
 * are put there together, and what would not fit is not made at all.
 */
const createRows = (list: HTMLElement, session: Session, { rowOf, changed }: RowOptions): Rows => {
  let waiting: Exchange[] = [];
  const flush = (): void => {
    const rows = waiting.slice(-mostRows).map(rowOf);
    waiting = [];
    for (const row of rows) if (row !== null) list.prepend(row);
    while (list.childElementCount > mostRows) list.lastElementChild?.remove();
    changed();
  };
  return {
    add: (exchange) => {
      if (waiting.length === 0) requestAnimationFrame(flush);
      waiting.push(exchange);
    },
    all: () => {
      waiting = [];
      const newestFirst = [...session.exchanges.values()].reverse();
      fill(list, newestFirst.map(rowOf).filter(Boolean).slice(0, mostRows));
      changed();
    },
  };
};

/** What was asked for by its address may come with the stream, after the view was opened. */
const createOpener = (session: Session, signal: AbortSignal) => {
  let wanted: { readonly place: HTMLElement; readonly id: string } | null = null;
  const show = (exchange: Exchange): void => {
    if (exchange.id !== wanted?.id) return;
    fill(wanted.place, describeExchange(session, exchange));
  };
  session.heard.listen(show, signal);
  return (place: HTMLElement, id: string): void => {
    wanted = { place, id };
    fill(place, h('p', { class: 'muted' }, 'This exchange is not among those that are kept.'));
    const known = session.exchanges.get(id);
    if (known !== undefined) show(known);
  };
};

const tools = (session: Session, rows: Rows, pausing: { isPaused: boolean }): HTMLElement => {
  const pause = button('Pause', () => {
    pausing.isPaused = !pausing.isPaused;
    pause.textContent = pausing.isPaused ? 'Go on' : 'Pause';
    if (!pausing.isPaused) rows.all();
    announce(pausing.isPaused ? 'New exchanges are held back.' : 'New exchanges are shown again.');
  });
  const address = addressOf(`${pathOf(session.name)}/traffic.har`);
  const har = h(
    'a',
    { href: address, download: `${session.name}.har`, class: 'button' },
    'Download HAR',
  );
  return h('div', { class: 'actions' }, pause, har, clearButton(session));
};

export const traffic: View = (context) => {
  const { session, item, signal } = context;
  const list = h('ul', { class: 'picks', 'aria-label': 'Exchanges, the newest first' });
  const hint = h('div', {});
  const pausing = { isPaused: false };
  const filter = trafficFilter(context, () => {
    rows.all();
  });
  const rows = createRows(list, session, {
    rowOf: (exchange) =>
      filter.accepts(exchange) ? exchangeRow(session, exchange, exchange.id === item.last()) : null,
    changed: () => {
      fill(hint, list.childElementCount === 0 ? lesson(session) : null);
    },
  });
  session.heard.listen((exchange) => {
    if (!pausing.isPaused) rows.add(exchange);
  }, signal);
  session.cleared.listen(rows.all, signal);
  rows.all();
  const filters = h('div', { class: 'bar' }, filter.element, tools(session, rows, pausing));
  const both = panes({
    list,
    beside: [list, hint],
    label: 'The open exchange',
    hint: 'Choose an exchange to see all of it.',
    back: h('a', { href: hrefOf(session.name, 'traffic') }, '‹ All exchanges'),
    item,
    signal,
    open: createOpener(session, signal),
  });
  return h('div', {}, filters, both);
};
