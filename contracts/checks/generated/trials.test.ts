// That drawn requests find what a target takes, refuses or breaks on wrongly, and a refusal that leaves a trace.
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { editBody, objectIn, refuse } from '../../../proof/edit.ts';
import { instead, onAsk, onReply } from '../../../proof/fault.ts';
import type { Ask, StartFault } from '../../../proof/mutant.ts';
import type { OperationId } from '../../operations.ts';
import { startTestKit } from '../../../proof/test-kit.ts';
import { drawRightBody, faultsOf } from './bodies.ts';
import { createForAll } from './for-all.ts';
import { createTrials } from './trials.ts';
import { describeOperations, type Described } from './described.ts';

jest.setTimeout(60_000);

const testKit = await startTestKit();
const { forAll } = createForAll(testKit.kit);
const trials = createTrials(testKit.kit);
const described = await describeOperations('2024-05-30');

afterAll(() => testKit.close());

const named = (operation: OperationId): Described => {
  const found = described.find((one) => one.operation === operation);
  if (found === undefined) throw new Error(`${operation} is not described.`);
  return found;
};

const violate = (
  operation: OperationId,
  what: string,
  start: StartFault | undefined,
): Promise<void> => {
  const one = named(operation);
  const fault = faultsOf(one).find(({ field, constraint }) => `${field} ${constraint}` === what);
  if (fault === undefined) throw new Error(`${operation} has no violation "${what}".`);
  testKit.setFault(start);
  return testKit.asCheck('errors.invalid-body', ['OWNER'], () =>
    forAll(fault.draw, (make) => trials.expectBodyRefused(one, make)),
  );
};

const editAsk = (change: (fields: Readonly<Record<string, unknown>>) => unknown) => (ask: Ask) => ({
  ...ask,
  body: JSON.stringify(change(objectIn(ask))),
});

const isJson = ({ headers }: Ask): boolean => headers['content-type'] === 'application/json';

test('each constraint that the spec puts on a writable field is violated', () => {
  const told = (operation: OperationId): readonly string[] =>
    faultsOf(named(operation)).map(({ field, constraint }) => `${field} ${constraint}`);
  const always = [
    'email null',
    'email of another type',
    'email nested',
    'email empty',
    'email too long',
    'email of the wrong format',
    'role null',
    'role of another type',
    'role nested',
    'role empty',
    'role outside the enumeration',
  ];
  expect(told('invitations_partial_update')).toEqual(always);
  const both = [...always, 'email missing', 'role missing'].sort();
  expect([...told('invitations_create')].sort()).toEqual(both);
  expect([...told('invitations_update')].sort()).toEqual(both);
  expect(told('invitations_accept_create')).toEqual([]);
});

describe('what violates a constraint', () => {
  test('is found to be accepted, with the simplest request that shows it', async () => {
    const takesNull = onAsk(
      { on: 'invitations_update', when: isJson },
      editAsk(({ role, ...fields }) => ({ ...fields, role: role === null ? 'VIEWER' : role })),
    );
    await expect(violate('invitations_update', 'role null', takesNull)).rejects.toThrow(
      /PUT .* expected one of 400, .*but got 200[^]*CONTRACT_SEED=1/,
    );
  });

  test('is found to break the server', async () => {
    const when = (ask: Ask): boolean => typeof objectIn(ask)['email'] === 'object';
    const breaks = instead({ on: 'invitations_create', when }, refuse(500));
    await expect(violate('invitations_create', 'email null', breaks)).rejects.toThrow(
      /but got 500/,
    );
  });

  test('is found to be refused and done in part', async () => {
    const half = instead({ on: 'invitations_partial_update' }, async (ask, { next }) => {
      const reply = await next(ask);
      if (reply.status === 400) await next(editAsk(({ role }) => ({ role: role ?? 'OWNER' }))(ask));
      return reply;
    });
    await expect(violate('invitations_partial_update', 'email nested', half)).rejects.toThrow(
      /left a trace, for .*-X PATCH/s,
    );
  });

  test('is found to be refused and done all the same', async () => {
    const anyway = onReply({ on: 'invitations_create', status: 400 }, async (reply, ask, tools) => {
      if (isJson(ask)) {
        await tools.next(editAsk(({ email }) => ({ email, role: 'VIEWER' }))(ask));
      }
      return reply;
    });
    await expect(violate('invitations_create', 'role nested', anyway)).rejects.toThrow(
      /left a trace, the invitation .*-X POST/s,
    );
  });

  test('is refused without a trace by a target that is right', async () => {
    await violate('invitations_create', 'email of the wrong format', undefined);
    await violate('invitations_update', 'email too long', undefined);
  });
});

describe('what the spec allows', () => {
  const accept = (start: StartFault | undefined): Promise<void> => {
    const one = named('invitations_create');
    testKit.setFault(start);
    return testKit.asCheck('media-types.takes-form', ['OWNER'], () =>
      forAll(
        () => drawRightBody(one, 'application/x-www-form-urlencoded'),
        (make) => trials.expectBodyAccepted(one, make),
      ),
    );
  };

  test('is accepted by a target that is right', async () => {
    await accept(undefined);
  });

  test('is found to be refused', async () => {
    const when = (ask: Ask): boolean => !isJson(ask);
    const refuses = instead({ on: 'invitations_create', when }, refuse(415));
    await expect(accept(refuses)).rejects.toThrow(/expected 201, but got 415/);
  });

  test('is found to be taken for something else', async () => {
    const other = onReply(
      { on: 'invitations_create', status: 201 },
      editBody((made) => ({ ...made, role: 'ADMIN' })),
    );
    await expect(accept(other)).rejects.toThrow(/expected the email .* and the role/);
  });
});
