// What stands around every view of a sandbox: its name, the way to the other views, and whether the page is live.
import { answerPanel } from './answer.ts';
import { fill, h } from './dom.ts';
import { notices } from './notices.ts';
import { copyButton } from './controls.ts';
import { hrefOf, viewNames, type ViewName } from './route.ts';
import type { Session } from './session.ts';
import type { Connection } from './stream.ts';
import type { Sandbox } from './wire.ts';
import { plural, totalOf } from './words.ts';

const titles: Readonly<Record<ViewName, string>> = {
  invitations: 'Invitations',
  people: 'People',
  outbox: 'Outbox',
  traffic: 'Traffic',
  time: 'Time',
  faults: 'Faults',
  world: 'World',
  credentials: 'Credentials',
};

export const titleOf = (view: ViewName): string => titles[view];

type Badge = { readonly text: string; readonly name: string; readonly isAlarm?: boolean };

const badgeOf = (view: ViewName, { counts, clock }: Sandbox): Badge | null => {
  const count = (number: number, name: string): Badge | null =>
    number === 0 ? null : { text: String(number), name };
  switch (view) {
    case 'invitations':
      return count(totalOf(counts.invitations), 'invitations');
    case 'people':
      return count(counts.people, 'people and service accounts');
    case 'outbox':
      return count(counts.messages, 'messages');
    case 'traffic': {
      const found = counts.exchanges_with_findings;
      if (found === 0) return count(counts.exchanges, 'exchanges');
      return { text: `${found} !`, name: 'exchanges with findings', isAlarm: true };
    }
    case 'time':
      return clock.frozen ? { text: '❄', name: 'the clock is frozen' } : null;
    case 'faults':
      return counts.faults === 0
        ? null
        : { text: String(counts.faults), name: 'faults are set', isAlarm: true };
    case 'world':
    case 'credentials':
      return null;
    default:
      return view satisfies never;
  }
};

const badgeMark = ({ text, name, isAlarm = false }: Badge): HTMLElement =>
  h(
    'span',
    { class: isAlarm ? 'badge alarm' : 'badge', title: name },
    text,
    h('span', { class: 'unseen' }, ` ${name}`),
  );

const connections: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Not live',
};

export type Shell = {
  readonly main: HTMLElement;
  /** Says in the navigation where the reader is. */
  readonly mark: (view: ViewName) => void;
};

/** `docs` is of the sandbox's edition, where one is shown. */
const header = (docs: string, ...children: readonly HTMLElement[]): HTMLElement =>
  h(
    'header',
    {},
    h('a', { href: '#/', class: 'brand' }, h('span', { class: 'brand-text' }, 'invitations-mock')),
    children,
    h('a', { href: docs, class: 'docs' }, 'API docs'),
  );

const contentArea = (): { readonly main: HTMLElement; readonly skip: HTMLElement } => {
  const main = h('main', { tabindex: -1 });
  const skip = h('button', { type: 'button', class: 'skip' }, 'Skip to the content');
  skip.addEventListener('click', () => {
    main.focus();
  });
  return { main, skip };
};

/** Takes the place of a view whose sandbox is no more. */
const endedNotice = (name: string, reason: string): HTMLElement =>
  h(
    'div',
    { class: 'empty', role: 'alert' },
    h('h1', {}, `${name} has ended`),
    h('p', {}, reason),
    h(
      'p',
      {},
      'Somebody deleted it, or nobody used it for as long as it was to live. Its credentials lead nowhere any more.',
    ),
    h('p', {}, h('a', { href: '#/', class: 'button' }, 'All sandboxes')),
  );

type Navigation = { readonly nav: HTMLElement; readonly mark: (view: ViewName) => void };

const navigation = (session: Session): Navigation => {
  // The links stay while their badges change: no press is lost that a change comes into.
  const links = viewNames.map((view) => ({
    view,
    link: h('a', { href: hrefOf(session.name, view) }),
  }));
  const list = h(
    'ul',
    {},
    links.map(({ link }) => h('li', {}, link)),
  );
  const nav = h('nav', { 'aria-label': `Sandbox ${session.name}` }, list);
  const showBadges = (): void => {
    for (const { view, link } of links) {
      const badge = badgeOf(view, session.sandbox());
      fill(link, titles[view], badge && [' ', badgeMark(badge)]);
    }
  };
  session.changed.listen(showBadges, session.signal);
  showBadges();
  return {
    nav,
    mark: (here) => {
      for (const { view, link } of links) {
        if (view === here) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      const middle = (element: Element): number => {
        const { left, width } = element.getBoundingClientRect();
        return left + width / 2;
      };
      const link = list.querySelector('[aria-current]') ?? list;
      // Not by scrolling into view: some browsers begin there when Tab is pressed next, behind "Skip to the content".
      list.scrollLeft += middle(link) - middle(list);
    },
  };
};

const connectionMark = (session: Session): HTMLElement => {
  const state = h('span', { role: 'status', class: 'connection' });
  const show = (): void => {
    const connection = session.connection.last() ?? 'connecting';
    const others = connection === 'live' ? (session.followers.last() ?? 1) - 1 : 0;
    const company = others > 0 && h('span', {}, plural(others, 'other'), h('span', {}, ' here'));
    state.dataset['state'] = connection;
    fill(state, h('span', {}, connections[connection]), company);
  };
  session.connection.listen(show, session.signal);
  session.followers.listen(show, session.signal);
  show();
  return state;
};

export const sandboxShell = (session: Session): Shell => {
  const { main, skip } = contentArea();
  const { nav, mark } = navigation(session);
  const state = connectionMark(session);
  const answer = answerPanel(session);
  session.ended.listen((reason) => {
    fill(document.body, skip, header('docs/'), notices, main);
    main.replaceChildren(endedNotice(session.name, reason));
    main.focus();
  }, session.signal);
  fill(
    document.body,
    skip,
    header(
      `sandboxes/${encodeURIComponent(session.name)}/docs/`,
      h('span', { class: 'sandbox-name', title: session.name }, session.name),
      state,
      copyButton('Copy link', 'this view', () => location.href, { kind: 'quiet' }),
    ),
    nav,
    notices,
    main,
    answer,
  );
  return {
    main,
    mark: (view) => {
      answer.hidden = true;
      mark(view);
    },
  };
};

export const plainShell = (): HTMLElement => {
  const { main, skip } = contentArea();
  fill(document.body, skip, header('docs/'), notices, main);
  return main;
};
