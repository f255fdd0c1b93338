// What has to be known of the deployment before the comparison: whether it answers a command that sends before it sends,
// and whether the addresses that exist once are free.
import { isRecord } from '../invitation.ts';
import { create, fields, list, on, settle } from '../sequences/build-step.ts';
import type { AddressName } from '../sequences/model/command.ts';
import { withAddresses, type SharedWorld } from './shared-world.ts';
import { execute, type Meeting } from './lockstep.ts';
import type { StepPair } from './difference.ts';
import { openSession, perform, type Side } from './side.ts';

const stateIn = ({ deployment }: StepPair): unknown =>
  isRecord(deployment.json) ? deployment.json['state'] : undefined;

/**
 * As a new address and a resend show it. A deployment that sends first answers what followed; one of which either answer
 * says `pending` shall say so in both.
 */
export const findAnswersPending = async (
  meeting: Omit<Meeting, 'isKnown' | 'answersPending'>,
): Promise<boolean> => {
  const steps = [
    create(1),
    settle(1),
    on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<email:2>' })),
    settle(1),
    on(1, 'invitations_resend_create'),
  ];
  const outcome = await execute(steps, { ...meeting, answersPending: false, isKnown: () => true });
  return outcome.pairs
    .filter(({ asking }) => asking.operation !== 'invitations_create')
    .some((pair) => pair.step.kind === 'ask' && stateIn(pair) === 'pending');
};

const isFree = async (side: Side, placeholder: '<invitee>' | '<bounce>'): Promise<boolean> => {
  const step = list({ email: placeholder });
  const { json } = await perform(step, '', openSession(side, 'calibrate'));
  const results = isRecord(json) ? json['results'] : undefined;
  const items: readonly unknown[] = Array.isArray(results) ? results : [];
  const email = side.settings[placeholder === '<invitee>' ? 'inviteeEmail' : 'bounceEmail'] ?? '';
  // By the items and not by their number: whether the filter works is for the comparison to say.
  return !items.some(
    (item) => isRecord(item) && String(item['email']).toLowerCase() === email.toLowerCase(),
  );
};

/** Without what somebody has invited already: the fake has not, and every answer about it would differ. */
export const withFreeAddresses = async (
  shared: SharedWorld,
  side: Side,
  warn: (sentence: string) => void,
): Promise<SharedWorld> => {
  const free: AddressName[] = [];
  for (const address of shared.addresses) {
    if (address !== '<invitee>' && address !== '<bounce>') free.push(address);
    else if (await isFree(side, address)) free.push(address);
    else {
      const { inviteeEmail = '', bounceEmail = '' } = side.settings;
      warn(
        address === '<invitee>'
          ? `${inviteeEmail} (CONTRACT_INVITEE_EMAIL) is invited already; accepting is not compared.`
          : `${bounceEmail} (CONTRACT_BOUNCE_EMAIL) is invited already; bounces are not compared.`,
      );
    }
  }
  return withAddresses(shared, free);
};
