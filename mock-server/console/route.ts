// Which view the address asks for: `#/`, `#/SANDBOX/VIEW` or `#/SANDBOX/VIEW/ITEM`.

export const viewNames = [
  'invitations',
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
  | {
      readonly kind: 'view';
      readonly sandbox: string;
      readonly view: ViewName;
      readonly item: string | null;
    };

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** An address that leads nowhere is the list's. */
export const parseRoute = (hash: string): Route => {
  const [, sandbox = '', name = 'invitations', item] = hash.split('/').map(decode);
  const view = viewNames.find((one) => one === name);
  if (sandbox === '' || view === undefined) return { kind: 'sandboxes' };
  return { kind: 'view', sandbox, view, item: item ?? null };
};

export const hrefOf = (sandbox: string, view: ViewName, item?: string): string => {
  const parts = [sandbox, view, ...(item === undefined ? [] : [item])];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
};
