// What two requests at once come to: nobody wins twice, and nothing is left that no order of the two could give.
import type { Kit } from '../kit/kit.ts';
import type { Answer } from '../kit/client.ts';
import { expectInvitation } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import { invitee, type Need } from '../settings.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import { createRacing, type Race, type Round } from './races/race.ts';
import { contract } from '../engine/contract.ts';

const owner = ['OWNER'] as const;

const oneOf = (won: number, lost: number) =>
  [
    [won, lost],
    [lost, won],
  ] as const;

const besideDelete = [
  [200, 204],
  [404, 204],
] as const;

const race = (
  rule: RuleId,
  title: string,
  needs: readonly Need[],
  outcomes: Race['outcomes'],
  prepare: Race['prepare'],
): Race => ({ rule, title, needs, outcomes, prepare });

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
  const raceCreates = (respell: (email: string) => string) => (): Promise<Round> => {
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

  return [
    race(
      'create.duplicate-address',
      'two creates of one address',
      owner,
      oneOf(201, 404),
      raceCreates((email) => email),
    ),
    race(
      'create.duplicate-letter-case',
      'two creates of one address in different letter case',
      owner,
      oneOf(201, 404),
      raceCreates((email) => email.toUpperCase()),
    ),
    race('accept.accepted', 'two accepts', invitee, oneOf(200, 404), raceAccepts),
    race(
      'lifecycle.accepted-is-final',
      'an accept and a resend',
      invitee,
      [
        [200, 200],
        [200, 404],
      ],
      raceResendAndAccept,
    ),
    race(
      'update.accepted',
      'an accept and a new address',
      invitee,
      [
        [200, 404],
        [403, 200],
      ],
      raceAcceptAndNewAddress,
    ),
    race(
      'destroy.gone',
      'an accept and a delete',
      invitee,
      besideDelete,
      raceDelete(invitationForInvitee, ({ id }) => accept(id)),
    ),
    race(
      'destroy.gone',
      'a resend and a delete',
      owner,
      besideDelete,
      raceDelete(createInvitation, ({ id }) => resend(id)),
    ),
    race(
      'destroy.gone',
      'an update and a delete',
      owner,
      besideDelete,
      raceDelete(createInvitation, ({ id }) => patch(id, address())),
    ),
    race(
      'destroy.gone',
      'two deletes',
      owner,
      oneOf(204, 404),
      raceDelete(createInvitation, destroy),
    ),
    race(
      'update.address-taken',
      'two updates to one address',
      owner,
      oneOf(200, 404),
      raceToAnAddress,
    ),
    race(
      'update.address-taken',
      'a create and an update to one address',
      owner,
      [
        [201, 404],
        [404, 200],
      ],
      raceCreateAndNewAddress,
    ),
  ];
};

export const checks = contract('races', (kit) => {
  const { repeat } = createRacing(kit);
  for (const one of createRaces(kit)) {
    kit.rule(one.rule, `${one.title} at once`, { needs: one.needs }, () => repeat(one));
  }
});
