// Who and what both targets have: only that can be compared. A caller is asked for by the same scheme on both, for a key
// and a JWT may well be answered differently. Before the comparison it is found out whether the deployment answers a command that
// sends before it sends, and whether the addresses that exist once are free.
import { isJwt, roles, type Caller, type Settings } from '../settings.ts';
import { askersIn } from '../sequences/model/askers.ts';
import type { AddressName, World } from '../sequences/model/command.ts';
import { isStranger, strangers, type Member, type Who } from '../sequences/step.ts';
import { isRecord } from '../invitation.ts';
import { create, fields, list, on, settle } from '../sequences/build-step.ts';
import { execute, type Meeting } from './lockstep.ts';
import type { StepPair } from './difference.ts';
import { openSession, perform, type Side } from './side.ts';

export type SharedWorld = World & {
  /** From the most permissive to the least. */
  readonly members: readonly Member[];
  readonly hasOutsider: boolean;
};

/** The fake's settings, each role with a credential of the scheme that the deployment's has. */
export const withSchemesOf = (fake: Settings, deployment: Settings): Settings => {
  const credentials = new Map<Caller, string>(fake.credentials);
  for (const role of roles) {
    const variant = isJwt(deployment.credentials.get(role) ?? '') ? 'JWT' : 'API_KEY';
    const value = fake.credentials.get(`${role}_${variant}`);
    if (value !== undefined) credentials.set(role, value);
  }
  return { ...fake, credentials, rate: Infinity };
};

/** Of the addresses that exist once, with these alone; the invitee comes with the invitee's. */
export const withAddresses = (
  shared: SharedWorld,
  addresses: SharedWorld['addresses'],
): SharedWorld => ({
  ...shared,
  addresses,
  askers: shared.askers.filter(({ name }) => name !== 'INVITEE' || addresses.includes('<invitee>')),
});

export const toSharedWorld = (deployment: Settings): SharedWorld => {
  const { credentials, inviteeEmail, bounceEmail } = deployment;
  const hasInvitee = credentials.has('INVITEE') && inviteeEmail !== undefined;
  const addresses: readonly AddressName[] = [
    ...(['<email:1>', '<email:2>'] as const),
    ...(hasInvitee ? (['<invitee>'] as const) : []),
    ...(bounceEmail === undefined ? [] : (['<bounce>'] as const)),
  ];
  const askers = askersIn(deployment).filter(({ name }) => !/_(?:JWT|API_KEY)$/.test(name));
  const members = roles.filter((role) => credentials.has(role));
  const hasOutsider = credentials.has('OUTSIDER');
  return withAddresses({ askers, addresses, members, hasOutsider }, addresses);
};

export const callersIn = ({ askers }: SharedWorld): readonly Who[] => [
  ...askers.map(({ name }) => name),
  ...Object.keys(strangers).filter(isStranger),
];

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
  const { inviteeEmail = '', bounceEmail = '' } = side.settings;
  const free: AddressName[] = [];
  for (const address of shared.addresses) {
    const isOnce = address === '<invitee>' || address === '<bounce>';
    if (!isOnce || (await isFree(side, address))) free.push(address);
    else if (address === '<invitee>')
      warn(
        `${inviteeEmail} (CONTRACT_INVITEE_EMAIL) is invited already; accepting is not compared.`,
      );
    else
      warn(`${bounceEmail} (CONTRACT_BOUNCE_EMAIL) is invited already; bounces are not compared.`);
  }
  return withAddresses(shared, free);
};
