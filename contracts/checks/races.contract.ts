// What two requests at once come to: nobody wins twice, and nothing is left that no order of the two could give.
import type { Kit } from '../kit/kit.ts';
import type { Answer } from '../kit/client.ts';
import { expectInvitation } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import { invitee, type Need } from '../settings.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import { createRacing, type Race, type Round } from './races/race.ts';
import { contract } from '../engine/contract.ts';

type Outcomes = Race['outcomes'];
type Row = readonly [RuleId, title: string, Outcomes, Race['prepare'], needs?: readonly Need[]];

const either = (...outcomes: Outcomes): Outcomes => outcomes;
const besideDelete = either([200, 204], [404, 204]);
const one200 = either([200, 404], [404, 200]);
const one201 = either([201, 404], [404, 201]);

/** Which requests are raced against which, and what each order of them would give. */
export const createRaces = (kit: Kit): readonly Race[] => {
  const { accept, address, createInvitation, invitationForInvitee, resend, retrieve } = kit;
  const { destroy } = kit;

  const create = (email: string): Promise<Answer> => kit.create({ email, role: 'VIEWER' });
  const patch = (id: string, email: string): Promise<Answer> => kit.patch({ id }, { email });

  /** Of all that the organization has for the address, in whatever letters, it is the only one. */
  const expectSole = async ({ id, email }: Invitation, ...spellings: string[]): Promise<void> => {
    const pages = await Promise.all([email, ...spellings].map((one) => kit.page({ email: one })));
    const ids = new Set(pages.flatMap(({ results }) => results.map((item) => item.id)));
    if (ids.size === 1 && ids.has(id)) return;
    throw new Error(`Expected ${id} alone for ${email}, but the list has ${[...ids].join(', ')}.`);
  };

  /** Two creates of what is the same address, one of which comes too late. */
  const raceCreates =
    (respell = (email: string) => email) =>
    (): Promise<Round> => {
      const email = address();
      const other = respell(email);
      return Promise.resolve({
        requests: [() => create(email), () => create(other)],
        after: async ([first, second]) => {
          const made = expectInvitation(first.status === 201 ? first : second, 201);
          await expectSole(made, email, other);
        },
      });
    };

  /** Whatever a delete is raced against: it is gone, and nothing brings it back. */
  const raceDelete =
    (make: () => Promise<Invitation>, rival: (made: Invitation) => Promise<Answer>) =>
    async (): Promise<Round> => {
      const made = await make();
      return {
        requests: [() => rival(made), () => destroy(made)],
        after: () => kit.expectGone(made),
      };
    };

  const raceAccepts = async (): Promise<Round> => {
    const { id } = await invitationForInvitee();
    return {
      requests: [() => accept(id), () => accept(id)],
      after: async ([first, second]) => {
        const winner = first.status === 200 ? first : second;
        const { membership } = expectInvitation(winner, 200, { state: 'accepted' });
        await retrieve(id, { state: 'accepted', membership });
      },
    };
  };

  const raceResendAndAccept = async (isLast: boolean): Promise<Round> => {
    const { id } = await invitationForInvitee();
    return {
      requests: [() => accept(id), () => resend(id)],
      after: async () => {
        await retrieve(id, { state: 'accepted' });
        if (!isLast) return;
        // When a later message has gone out, so has that of the resend.
        await kit.sentInvitation();
        await retrieve(id, { state: 'accepted' });
      },
    };
  };

  const raceAcceptAndNewAddress = async (): Promise<Round> => {
    const { id, email } = await invitationForInvitee();
    const other = address();
    return {
      requests: [() => accept(id), () => patch(id, other)],
      after: async ([accepted]) => {
        if (accepted.status === 200) await retrieve(id, { email, state: 'accepted' });
        else await retrieve(id, { email: other, membership: null });
      },
    };
  };

  const raceToAnAddress = async (): Promise<Round> => {
    const [one, other] = [await createInvitation(), await createInvitation()];
    const email = address();
    return {
      requests: [() => patch(one.id, email), () => patch(other.id, email)],
      after: async ([first]) => {
        const [winner, loser] = first.status === 200 ? [one, other] : [other, one];
        await retrieve(loser.id, { email: loser.email });
        await expectSole(await retrieve(winner.id, { email }), email.toUpperCase());
      },
    };
  };

  const raceCreateAndNewAddress = async (): Promise<Round> => {
    const { id } = await createInvitation();
    const email = address();
    return {
      requests: [() => create(email.toUpperCase()), () => patch(id, email)],
      after: async ([made]) => {
        const winner = made.status === 201 ? expectInvitation(made, 201) : await retrieve(id);
        await expectSole(winner, email, email.toUpperCase());
      },
    };
  };

  const inCapitals = (email: string): string => email.toUpperCase();
  const acceptIt = ({ id }: Invitation): Promise<Answer> => accept(id);
  const resendIt = ({ id }: Invitation): Promise<Answer> => resend(id);
  const moveIt = ({ id }: Invitation): Promise<Answer> => patch(id, address());
  const rows: readonly Row[] = [
    ['create.duplicate-address', 'two creates of one address', one201, raceCreates()],
    [
      'create.duplicate-letter-case',
      'two creates of one address in different letter case',
      one201,
      raceCreates(inCapitals),
    ],
    ['accept.accepted', 'two accepts', one200, raceAccepts, invitee],
    [
      'lifecycle.accepted-is-final',
      'an accept and a resend',
      either([200, 200], [200, 404]),
      raceResendAndAccept,
      invitee,
    ],
    [
      'update.accepted',
      'an accept and a new address',
      either([200, 404], [403, 200]),
      raceAcceptAndNewAddress,
      invitee,
    ],
    [
      'destroy.gone',
      'an accept and a delete',
      besideDelete,
      raceDelete(invitationForInvitee, acceptIt),
      invitee,
    ],
    ['destroy.gone', 'a resend and a delete', besideDelete, raceDelete(createInvitation, resendIt)],
    ['destroy.gone', 'an update and a delete', besideDelete, raceDelete(createInvitation, moveIt)],
    [
      'destroy.gone',
      'two deletes',
      either([204, 404], [404, 204]),
      raceDelete(createInvitation, destroy),
    ],
    ['update.address-taken', 'two updates to one address', one200, raceToAnAddress],
    [
      'update.address-taken',
      'a create and an update to one address',
      either([201, 404], [404, 200]),
      raceCreateAndNewAddress,
    ],
  ];
  return rows.map(([rule, title, outcomes, prepare, needs = ['OWNER']]) => ({
    ...{ rule, title, needs, outcomes, prepare },
  }));
};

export const checks = contract('races', (kit) => {
  const { repeat } = createRacing(kit);
  for (const one of createRaces(kit)) {
    kit.rule(one.rule, `${one.title} at once`, { needs: one.needs }, () => repeat(one));
  }
});
