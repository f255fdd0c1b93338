// Which requests are raced against which, and what each order of them would give.
import type { Kit } from '../../kit/kit.ts';
import { json } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectInvitation } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { invitee } from '../../settings.ts';
import type { Round, Race } from './race.ts';

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

export const createRaces = (kit: Kit) => {
  const { accept, address, createInvitation, invitationForInvitee, resend, retrieve, send } = kit;

  const create = (email: string): Promise<Answer> =>
    send('invitations_create', { as: 'OWNER', body: json({ email, role: 'VIEWER' }) });
  const destroy = (id: string): Promise<Answer> => send('invitations_destroy', { as: 'OWNER', id });
  const patch = (id: string, email: string): Promise<Answer> =>
    send('invitations_partial_update', { as: 'OWNER', id, body: json({ email }) });

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
      runners: [() => create(email), () => create(other)],
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
        runners: [() => rival(made), () => destroy(made.id)],
        after: () => kit.expectGone(made),
      };
    };

  const raceAccepts = async (): Promise<Round> => {
    const { id } = await invitationForInvitee();
    return {
      runners: [() => accept(id), () => accept(id)],
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
      runners: [() => accept(id), () => resend(id)],
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
      runners: [() => accept(id), () => patch(id, other)],
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
      runners: [() => patch(one.id, email), () => patch(other.id, email)],
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
      runners: [() => create(email.toUpperCase()), () => patch(id, email)],
      after: async ([made]) => {
        const winner = made.status === 201 ? expectInvitation(made, 201) : await retrieve(id);
        await expectSole(winner, email, email.toUpperCase());
      },
    };
  };

  const races: readonly Race[] = [
    {
      rule: 'create.duplicate-address',
      title: 'two creates of one address',
      needs: owner,
      outcomes: oneOf(201, 404),
      line: raceCreates((email) => email),
    },
    {
      rule: 'create.duplicate-letter-case',
      title: 'two creates of one address in different letter case',
      needs: owner,
      outcomes: oneOf(201, 404),
      line: raceCreates((email) => email.toUpperCase()),
    },
    {
      rule: 'accept.accepted',
      title: 'two accepts',
      needs: invitee,
      outcomes: oneOf(200, 404),
      line: raceAccepts,
    },
    {
      rule: 'lifecycle.accepted-is-final',
      title: 'an accept and a resend',
      needs: invitee,
      outcomes: [
        [200, 200],
        [200, 404],
      ],
      line: raceResendAndAccept,
    },
    {
      rule: 'update.accepted',
      title: 'an accept and a new address',
      needs: invitee,
      outcomes: [
        [200, 404],
        [403, 200],
      ],
      line: raceAcceptAndNewAddress,
    },
    {
      rule: 'destroy.gone',
      title: 'an accept and a delete',
      needs: invitee,
      outcomes: besideDelete,
      line: raceDelete(invitationForInvitee, ({ id }) => accept(id)),
    },
    {
      rule: 'destroy.gone',
      title: 'a resend and a delete',
      needs: owner,
      outcomes: besideDelete,
      line: raceDelete(createInvitation, ({ id }) => resend(id)),
    },
    {
      rule: 'destroy.gone',
      title: 'an update and a delete',
      needs: owner,
      outcomes: besideDelete,
      line: raceDelete(createInvitation, ({ id }) => patch(id, address())),
    },
    {
      rule: 'destroy.gone',
      title: 'two deletes',
      needs: owner,
      outcomes: oneOf(204, 404),
      line: raceDelete(createInvitation, ({ id }) => destroy(id)),
    },
    {
      rule: 'update.address-taken',
      title: 'two updates to one address',
      needs: owner,
      outcomes: oneOf(200, 404),
      line: raceToAnAddress,
    },
    {
      rule: 'update.address-taken',
      title: 'a create and an update to one address',
      needs: owner,
      outcomes: [
        [201, 404],
        [404, 200],
      ],
      line: raceCreateAndNewAddress,
    },
  ];

  return { races };
};
