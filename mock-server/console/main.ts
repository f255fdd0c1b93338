// The console at /_mock/: from the address to a view.
import { h, fill } from './dom.ts';
import { complain, dismiss } from './notices.ts';
import { parseRoute, type Route, type ViewName } from './route.ts';
import { openSession, type Session } from './session.ts';
import { plainShell, sandboxShell, titleOf, type Shell } from './shell.ts';
import type { View } from './view.ts';
import { credentials } from './views/credentials.ts';
import { faults } from './views/faults.ts';
import { invitations } from './views/invitations.ts';
import { outbox } from './views/outbox.ts';
import { sandboxes } from './views/sandboxes.ts';
import { time } from './views/time.ts';
import { traffic } from './views/traffic.ts';
import { world } from './views/world.ts';

const views: Readonly<Record<ViewName, View>> = {
  invitations,
  outbox,
  traffic,
  time,
  faults,
  world,
  credentials,
};

type Opened = { readonly session: Session; readonly shell: Shell; readonly leave: () => void };

let opened: Opened | null = null;
let leaveView = new AbortController();
let isFirst = true;

function showTitle(main: HTMLElement, title: string, content: HTMLElement, sandbox?: string): void {
  document.title = [title, sandbox, 'invitations-mock'].filter(Boolean).join(' · ');
  const heading = h('h1', { tabindex: -1 }, title);
  fill(main, heading, content);
  // Whoever follows a link hears where it led; whoever opens the page begins at its top.
  if (!isFirst) heading.focus();
  isFirst = false;
  window.scrollTo(0, 0);
}

function leaveSandbox(): void {
  opened?.leave();
  opened = null;
}

async function sandboxOf(name: string): Promise<Opened> {
  if (opened?.session.name === name) return opened;
  leaveSandbox();
  const controller = new AbortController();
  const session = await openSession(name, controller.signal);
  opened = {
    session,
    shell: sandboxShell(session),
    leave: () => {
      controller.abort();
    },
  };
  return opened;
}

async function show(route: Route, signal: AbortSignal): Promise<void> {
  if (route.kind === 'sandboxes') {
    leaveSandbox();
    showTitle(plainShell(), 'Sandboxes', sandboxes(signal));
    return;
  }
  const { session, shell } = await sandboxOf(route.sandbox);
  if (signal.aborted) return;
  shell.mark(route.view);
  const content = views[route.view]({ session, item: route.item, signal });
  showTitle(shell.main, titleOf(route.view), content, session.name);
}

async function follow(): Promise<void> {
  leaveView.abort();
  leaveView = new AbortController();
  dismiss();
  const { signal } = leaveView;
  try {
    await show(parseRoute(location.hash), signal);
  } catch (error) {
    if (signal.aborted) return;
    leaveSandbox();
    const back = h('p', {}, h('a', { href: '#/' }, 'All sandboxes'));
    showTitle(plainShell(), 'Not to be had', back);
    complain(error);
  }
}

window.addEventListener('hashchange', () => void follow());
void follow();
