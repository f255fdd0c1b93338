// Where the documents tell of each view; the server has them beside the console.
import type { ViewName } from './route.ts';

export const helpPages: Readonly<Record<ViewName | 'sandboxes', string>> = {
  sandboxes: 'qa.html#a-sandbox-of-ones-own',
  invitations: 'console.html#stories',
  people: 'console.html#who-can-accept',
  outbox: 'qa.html#the-outbox',
  traffic: 'qa.html#traffic',
  time: 'qa.html#the-clock',
  faults: 'qa.html#faults',
  world: 'scenarios.html#a-world-of-ones-own',
  credentials: 'front-end.html#tokens',
};

export const helpHref = (view: ViewName | 'sandboxes'): string =>
  `documents/docs/${helpPages[view]}`;
