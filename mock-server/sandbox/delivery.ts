// When an invitation's message leaves, and whether it arrives: a rule on the sandbox's clock, no timer.
import type { Event } from '../domain/events.ts';

export const deliveryModes = ['at-once', 'after-delay', 'by-hand'] as const;

export type DeliveryMode = (typeof deliveryModes)[number];

export function isDeliveryMode(value: unknown): value is DeliveryMode {
  return deliveryModes.some((mode) => mode === value);
}

export type DeliverySettings = {
  readonly mode: DeliveryMode;
  /** Counts in `after-delay` alone. */
  readonly delayMs: number;
};

type Due = { readonly invitationId: string; readonly dueAt: number };

export type Delivery = {
  /** Takes note of what makes a message leave. */
  readonly observe: (event: Event) => void;
  /** The next invitation whose message is due by `now`, each once. */
  readonly takeDue: (now: number) => Due | undefined;
};

/** [lifecycle.becomes-bounced]: a local part that begins with `bounce` bounces. */
export function bounceReason(email: string): string | null {
  return /^bounce/i.test(email)
    ? `550 5.1.1 <${email}>: recipient address rejected: no such mailbox`
    : null;
}

type Concerning<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

function startsDelivery(
  event: Event,
): event is Concerning<'InvitationCreated' | 'InvitationResent' | 'InvitationReaddressed'> {
  return ['InvitationCreated', 'InvitationResent', 'InvitationReaddressed'].includes(event.type);
}

function endsDelivery(
  event: Event,
): event is Concerning<'InvitationAccepted' | 'InvitationDestroyed'> {
  return ['InvitationAccepted', 'InvitationDestroyed'].includes(event.type);
}

const spentLimit = 4_096;

export function createDelivery(settings: DeliverySettings): Delivery {
  // In the order in which they fall due. Entries before `head` are spent.
  let queue: Due[] = [];
  let head = 0;
  const latest = new Map<string, Due>();

  const schedule = (invitationId: string, at: number): void => {
    if (settings.mode === 'by-hand') return;
    const dueAt = settings.mode === 'at-once' ? at : at + settings.delayMs;
    const due = { invitationId, dueAt };
    latest.set(invitationId, due);
    let place = queue.length;
    while (place > head && (queue[place - 1]?.dueAt ?? 0) > dueAt) place -= 1;
    if (place === queue.length) queue.push(due);
    else queue.splice(place, 0, due);
  };

  return {
    observe: (event) => {
      if (startsDelivery(event)) schedule(event.invitationId, event.at);
      else if (endsDelivery(event)) latest.delete(event.invitationId);
    },
    takeDue: (now) => {
      for (;;) {
        const due = queue[head];
        if (due === undefined || due.dueAt > now) return undefined;
        head += 1;
        // Under a steady load the queue is never empty, and what is spent must not pile up.
        if (head === queue.length || head >= spentLimit) {
          queue = queue.slice(head);
          head = 0;
        }
        // A later resend or a new address replaced this message, or nobody waits for it any more.
        if (latest.get(due.invitationId) !== due) continue;
        latest.delete(due.invitationId);
        return due;
      }
    },
  };
}
