// The console at /_mock/: from the address to a view.
import { h, fill } from './dom.ts';
import { helpHref } from './help.ts';
import { dismiss, sentenceOf } from './notices.ts';
import { hrefOf, parseRoute, type Route, type ViewName } from './route.ts';
import { openSession, usualCaller, type Session } from './session.ts';
import { createSignal, type Signal } from './signal.ts';
import { plainShell, sandboxShell, titleOf, type Shell } from './shell.ts';
import type { View } from './view.ts';
import { credentials } from './views/credentials.ts';
import { faults } from './views/faults.ts';
import { invitations } from './views/invitations.ts';
import { outbox } from './views/outbox.ts';
import { people } from './views/people.ts';
import { sandboxes } from './views/sandboxes.ts';
import { time } from './views/time.ts';
import { traffic } from './views/traffic.ts';
import { world } from './views/world.ts';

const views: Readonly<Record<ViewName, View>> = {
  invitations,
  people,
  outbox,
  traffic,
  time,
  faults,
  world,
  credentials,
};

type Opened = { readonly session: Session; readonly shell: Shell; readonly leave: () => void };
type Shown = { readonly view: ViewName; readonly item: Signal<string | null> };

let opened: Opened | null = null;
let shown: Shown | null = null;
let leaveView = new AbortController();
let isFirst = true;

type Titled = {
  readonly title: string;
  readonly content: HTMLElement;
  readonly sandbox?: string;
  readonly help?: ViewName | 'sandboxes';
};

const showTitle = (main: HTMLElement, { title, content, sandbox, help }: Titled): void => {
  document.title = [title, sandbox, 'invitations-mock'].filter(Boolean).join(' · ');
  const heading = h('h1', { tabindex: -1 }, title);
  const link = help && h('a', { href: helpHref(help), class: 'help' }, `Help with ${title}`);
  // Behind the content, so that the way by keyboard leads to it first; it is shown beside the heading.
  fill(main, heading, content, link);
  // Whoever follows a link hears where it led; whoever opens the page begins at its top.
  if (!isFirst) heading.focus();
  isFirst = false;
  window.scrollTo(0, 0);
};

const leaveSandbox = (): void => {
  opened?.leave();
  opened = null;
};

/** Null where the reader went elsewhere while it was opened. */
const sandboxOf = async (name: string, signal: AbortSignal): Promise<Opened | null> => {
  if (opened?.session.name === name) return opened;
  leaveSandbox();
  const controller = new AbortController();
  const leave = (): void => {
    controller.abort();
  };
  signal.addEventListener('abort', leave);
  const session = await openSession(name, controller.signal);
  if (signal.aborted) return null;
  signal.removeEventListener('abort', leave);
  opened = { session, shell: sandboxShell(session), leave };
  return opened;
};

/** An address that names a sandbox, but none of its views. */
class UnknownView extends Error {
  readonly sandbox: string;

  constructor({ sandbox, view }: Extract<Route, { kind: 'unknown' }>) {
    super(`A sandbox has no view "${view}".`);
    this.sandbox = sandbox;
  }
}

const waysOn = (error: unknown): readonly HTMLElement[] => {
  const link = (href: string, text: string): HTMLElement =>
    h('p', {}, h('a', { href, class: 'button' }, text));
  const all = link('#/', 'All sandboxes');
  if (!(error instanceof UnknownView)) return [all];
  const { sandbox } = error;
  return [link(hrefOf(sandbox, 'invitations'), `Invitations of ${sandbox}`), all];
};

const show = async (route: Route, signal: AbortSignal): Promise<void> => {
  if (route.kind === 'sandboxes') {
    leaveSandbox();
    showTitle(plainShell(), { title: 'Sandboxes', content: sandboxes(signal), help: 'sandboxes' });
    return;
  }
  if (route.kind === 'unknown') throw new UnknownView(route);
  const place = await sandboxOf(route.sandbox, signal);
  if (place === null) return;
  const { session, shell } = place;
  if (route.caller !== null) session.actsAs.caller = route.caller;
  const item = createSignal<string | null>();
  item.emit(route.item);
  shown = { view: route.view, item };
  shell.mark(route.view);
  session.narrowed.by = () => ({});
  const content = views[route.view]({ session, item, narrowed: route.narrowed, signal });
  const { view } = route;
  showTitle(shell.main, { title: titleOf(view), content, sandbox: session.name, help: view });
};

/** Lets the address say what is shown: a reload, the way back and a colleague who gets it lead to the same. */
const tellAddress = (): void => {
  if (opened === null) return;
  const { actsAs, narrowed } = opened.session;
  const as = actsAs.caller === usualCaller ? {} : { as: actsAs.caller };
  const query = new URLSearchParams({ ...as, ...narrowed.by() }).toString();
  const [path = ''] = location.href.split('?');
  history.replaceState(null, '', query === '' ? path : `${path}?${query}`);
};

/** Whether an address asks for nothing else than what is shown already. */
const isShown = ({ caller, narrowed }: Extract<Route, { kind: 'view' }>): boolean => {
  const { session } = opened ?? {};
  const now = new URLSearchParams(session?.narrowed.by());
  const isSaid = caller !== null || narrowed.size > 0;
  return (
    !isSaid ||
    (session?.actsAs.caller === (caller ?? usualCaller) && String(now) === String(narrowed))
  );
};

/** The reader stays in a view and asks for another item of it. */
const isHere = (route: Route): route is Extract<Route, { kind: 'view' }> =>
  route.kind === 'view' &&
  opened?.session.name === route.sandbox &&
  shown?.view === route.view &&
  isShown(route);

const follow = async (): Promise<void> => {
  dismiss();
  const route = parseRoute(location.hash);
  if (isHere(route)) {
    shown?.item.emit(route.item);
    tellAddress();
    return;
  }
  leaveView.abort();
  leaveView = new AbortController();
  shown = null;
  const { signal } = leaveView;
  try {
    await show(route, signal);
    if (!signal.aborted) tellAddress();
  } catch (error) {
    if (signal.aborted) return;
    leaveSandbox();
    const said = h('p', { role: 'alert' }, sentenceOf(error));
    const content = h('div', { class: 'empty' }, said, waysOn(error));
    showTitle(plainShell(), { title: 'Nothing is here', content });
  }
};

window.addEventListener('hashchange', () => void follow());
for (const event of ['input', 'change']) window.addEventListener(event, tellAddress);
void follow();
