// When messages leave, where their links lead, and which addresses send them back, with which words.

export const deliveryModes = ['at-once', 'after-delay', 'after-reads', 'by-hand'] as const;

export type DeliveryMode = (typeof deliveryModes)[number];

export const isDeliveryMode = (value: unknown): value is DeliveryMode =>
  deliveryModes.some((mode) => mode === value);

export type BounceRule = {
  /** `*` stands for any text, also for none; letter case does not count. Held against the whole address. */
  readonly pattern: string;
  /** Null: words of our own. */
  readonly reason: string | null;
};

/** [lifecycle.becomes-bounced] leaves open when a message bounces; here a local part that begins with `bounce` does. */
export const defaultBounceRules: readonly BounceRule[] = [{ pattern: 'bounce*', reason: null }];

export type DeliverySettings = {
  readonly mode: DeliveryMode;
  /** Counts in `after-delay` alone. */
  readonly delayMs: number;
  /** Counts in `after-reads` alone: so many reads show the invitation as pending. */
  readonly reads: number;
  readonly bounceRules: readonly BounceRule[];
  /** A template that `parseAcceptTemplate` took; null: that of the server. */
  readonly acceptTemplate: string | null;
};

export const defaultDelivery: DeliverySettings = {
  mode: 'at-once',
  delayMs: 2_000,
  reads: 3,
  bounceRules: defaultBounceRules,
  acceptTemplate: null,
};

/** Takes time in proportion to the text, whatever the pattern: each piece is looked for where the one before it ended. */
const matches = (pattern: string, text: string): boolean => {
  const [head = '', ...pieces] = pattern.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let from = head.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
};

/** Null when the message arrives. The first rule that matches counts. */
export const bounceReason = (rules: readonly BounceRule[], email: string): string | null => {
  const rule = rules.find(({ pattern }) => matches(pattern.toLowerCase(), email.toLowerCase()));
  if (rule === undefined) return null;
  return rule.reason ?? `550 5.1.1 <${email}>: recipient address rejected: no such mailbox`;
};
