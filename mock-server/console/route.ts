// Which view the address asks for: `#/`, `#/SANDBOX/VIEW` or `#/SANDBOX/VIEW/ITEM`, each with `?as=CALLER` behind it
// where a colleague shall see it as the same caller, and what a list was narrowed to.

export const viewNames = [
  'invitations',
  'people',
  'outbox',
  'traffic',
  'time',
  'faults',
  'world',
  'credentials',
] as const;

export type ViewName = (typeof viewNames)[number];

export type Route =
  | { readonly kind: 'sandboxes' }
  | { readonly kind: 'unknown'; readonly sandbox: string; readonly view: string }
  | {
      readonly kind: 'view';
      readonly sandbox: string;
      readonly view: ViewName;
      readonly item: string | null;
      /** Whom commands act as; null where the address does not say. */
      readonly caller: string | null;
      /** What the list was narrowed to, by the names of its fields. */
      readonly narrowed: URLSearchParams;
    };

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.split('?');
  const [, sandbox = '', name = 'invitations', item] = path.split('/').map(decode);
  if (sandbox === '') return { kind: 'sandboxes' };
  const view = viewNames.find((one) => one === name);
  if (view === undefined) return { kind: 'unknown', sandbox, view: name };
  const narrowed = new URLSearchParams(query);
  const caller = narrowed.get('as');
  narrowed.delete('as');
  return { kind: 'view', sandbox, view, item: item ?? null, caller, narrowed };
};

export const hrefOf = (sandbox: string, view: ViewName, item?: string): string => {
  const parts = [sandbox, view, ...(item === undefined ? [] : [item])];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
};
