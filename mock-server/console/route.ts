// Which view the address asks for: `#/`, `#/SANDBOX/VIEW` or `#/SANDBOX/VIEW/ITEM`, each with `?as=CALLER` behind it
// where a colleague shall see it as the same caller.

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
  const caller = new URLSearchParams(query).get('as');
  return { kind: 'view', sandbox, view, item: item ?? null, caller };
};

export const hrefOf = (sandbox: string, view: ViewName, item?: string): string => {
  const parts = [sandbox, view, ...(item === undefined ? [] : [item])];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
};

/** The address of what is shown, for a colleague who shall see it as the same caller. */
export const addressFor = (caller: string): string => {
  const [path = ''] = location.href.split('?as=');
  return `${path}?as=${encodeURIComponent(caller)}`;
};
