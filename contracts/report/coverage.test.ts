// What counts as exercised, as failed, as neither: from a record of a few lines.
import { describe, expect, test } from '@jest/globals';
import type { Event, Exchange } from '../engine/events.ts';
import type { OperationId } from '../operations.ts';
import type { RunResult } from '../result.ts';
import { coverageSummary, toCoverage } from './coverage.ts';
import type { Matrix } from './matrix.ts';
import { aCheck, anExchange, aResult, aViolation, cellAt, removed } from './results.suite.ts';

const at = (
  lines: readonly Event[],
  id: Matrix['id'],
  place: readonly string[],
  result: RunResult = aResult(),
) => cellAt(toCoverage(result, lines), id, ...place);

const command = (operation: OperationId, values: Partial<Exchange> = {}): Exchange => {
  const method = operation === 'invitations_destroy' ? 'DELETE' : 'PATCH';
  return anExchange({ operation, method, answered: undefined, ...values });
};

describe('documented answers', () => {
  const create = (values: Partial<Exchange>): Exchange =>
    anExchange({ operation: 'invitations_create', method: 'POST', status: 400, ...values });

  test('tell media types and schemes apart', () => {
    const lines = [create({ mediaType: 'multipart/form-data', scheme: 'Bearer' })];
    const place = ['invitations_create', '400', 'multipart/form-data'];
    expect(at(lines, 'answers', [...place, 'JWT'])).toMatchObject({ state: 'exercised', count: 1 });
    expect(at(lines, 'answers', [...place, 'API key'])?.state).toBe('not-exercised');
  });

  test('take any other media type for 415, and any at all where the body is not read', () => {
    const lines = [
      create({ status: 415, mediaType: 'text/plain' }),
      create({ status: 401, mediaType: 'application/json', scheme: 'none' }),
    ];
    const other = ['invitations_create', '415', 'another media type', 'API key'];
    expect(at(lines, 'answers', other)?.state).toBe('exercised');
    const anonymous = ['invitations_create', '401', 'any body', 'none'];
    expect(at(lines, 'answers', anonymous)?.state).toBe('exercised');
  });

  test('have no cell for what the contract rules out', () => {
    const accept = ['invitations_accept_create', '200', 'no body', 'API key'];
    expect(at([], 'answers', accept)).toBeUndefined();
    const scope = ['invitations_list', '403', 'no body', 'API key'];
    expect(at([], 'answers', scope)).toBeUndefined();
    expect(at([], 'answers', ['invitations_destroy', '403', 'no body', 'API key'])).toBeDefined();
  });

  test('count a refused method for every operation of its path', () => {
    const lines = [
      anExchange({
        operation: undefined,
        method: 'PUT',
        path: '/api/v1/invitations/',
        status: 405,
      }),
    ];
    for (const operation of ['invitations_list', 'invitations_create']) {
      const place = [operation, '405', 'any body', 'API key'];
      expect(at(lines, 'answers', place)?.state).toBe('exercised');
    }
    const other = ['invitations_retrieve', '405', 'any body', 'API key'];
    expect(at(lines, 'answers', other)?.state).toBe('not-exercised');
  });

  test('find the operation of a request that was made by method and path', () => {
    const lines = [anExchange({ operation: undefined, scheme: 'Bearer' })];
    const place = ['invitations_retrieve', '200', 'no body', 'JWT'];
    expect(at(lines, 'answers', place)?.state).toBe('exercised');
  });

  test('count an answer 429 that a check waited after', () => {
    const lines = [anExchange({ status: 429, repeated: true })];
    const place = ['invitations_retrieve', '429', 'no body', 'API key'];
    expect(at(lines, 'answers', place)?.state).toBe('exercised');
    expect(at([], 'answers', place)?.reason).toContain('none is provoked');
  });

  test('are listed when the contract does not have their status', () => {
    const { undocumented } = toCoverage(aResult(), [anExchange({ status: 500 })]);
    expect(undocumented).toEqual([{ operation: 'invitations_retrieve', status: 500, count: 1 }]);
  });
});

const failingBy = (exchange: Exchange | undefined) =>
  aViolation({
    faults: [{ rule: 'retrieve.answer', message: 'no', exchange, finding: undefined }],
  });

describe('a failed check', () => {
  const place = ['invitations_retrieve', '200', 'no body', 'API key'];
  const arranged = anExchange({ operation: 'invitations_list', path: '/api/v1/invitations/' });

  test('makes the cell of the exchange fail that shows it, and names itself', () => {
    const lines = [arranged, anExchange({ number: 2 })];
    const result = aResult({ checks: [failingBy(lines[1])] });
    expect(at(lines, 'answers', place, result)).toMatchObject({
      state: 'failed',
      reason: 'failed: [retrieve.answer] answers',
    });
    const list = ['invitations_list', '200', 'no body', 'API key'];
    expect(at(lines, 'answers', list, result)?.state).toBe('exercised');
  });

  test('makes no other cell fail', () => {
    const lines = [arranged, anExchange({ number: 2 })];
    const result = aResult({ checks: [failingBy(lines[0])] });
    const list = ['invitations_list', '200', 'no body', 'API key'];
    expect(at(lines, 'answers', list, result)?.state).toBe('failed');
    expect(at(lines, 'answers', place, result)?.state).toBe('exercised');
  });
});

describe('operation × role', () => {
  test('takes a role for the same by either scheme', () => {
    const place = ['invitations_retrieve', 'VIEWER'];
    const lines = [anExchange({ caller: 'VIEWER_JWT' })];
    expect(at(lines, 'callers', place)?.state).toBe('exercised');
  });

  test('says which credential was not given', () => {
    const unmade = aCheck({ verdict: 'not exercised', message: 'needs CONTRACT_AUTH_VIEWER' });
    const result = aResult({ checks: [aCheck(), unmade] });
    expect(at([], 'callers', ['invitations_retrieve', 'VIEWER'], result)?.reason).toContain(
      'needs CONTRACT_AUTH_VIEWER',
    );
    expect(at([], 'callers', ['invitations_retrieve', 'ADMIN'], result)?.reason).toBe(
      'no check of this run met it',
    );
  });
});

describe('state × command', () => {
  const stateMet = (lines: readonly Event[], operation: string): readonly string[] => {
    const { matrices } = toCoverage(aResult(), lines);
    const cells = matrices.find(({ id }) => id === 'states')?.cells ?? [];
    return cells
      .filter((cell) => cell.at[1] === operation && cell.count > 0)
      .flatMap((cell) => cell.at[0] ?? []);
  };
  const seen = (state: string): Exchange => anExchange({ answered: { id: 'one', state } });

  test('takes the state that an answer to a retrieve shows', () => {
    expect(stateMet([seen('pending'), seen('bounced')], 'invitations_retrieve')).toEqual([
      'pending',
      'bounced',
    ]);
  });

  test('takes for other commands the last state that was shown of that invitation', () => {
    const lines = [
      seen('bounced'),
      anExchange({ answered: { id: 'two', state: 'sent' } }),
      command('invitations_destroy', { status: 204 }),
    ];
    expect(stateMet(lines, 'invitations_destroy')).toEqual(['bounced']);
  });

  test('believes an update that shows a state which it cannot have made', () => {
    const update = command('invitations_partial_update', {
      answered: { id: 'one', state: 'sent' },
    });
    expect(stateMet([seen('pending'), update], 'invitations_partial_update')).toEqual(['sent']);
  });

  test('does not believe one that shows the state which an update makes', () => {
    const update = command('invitations_partial_update', {
      answered: { id: 'one', state: 'pending' },
    });
    expect(stateMet([seen('sent'), update], 'invitations_partial_update')).toEqual(['sent']);
  });

  test('knows that an invitation is absent after a delete, by a check or after it', () => {
    const destroy = command('invitations_destroy', { status: 204 });
    const again = command('invitations_destroy', { status: 404 });
    expect(stateMet([seen('sent'), destroy, again], 'invitations_destroy')).toEqual([
      'sent',
      'absent',
    ]);
    expect(stateMet([seen('sent'), removed('one'), again], 'invitations_destroy')).toEqual([
      'absent',
    ]);
  });

  test.each([
    ['what is refused before the state matters', { status: 403 }],
    ['a caller who sees nothing of it', { status: 404, caller: 'OUTSIDER' }],
    ['an invitation whose state nobody has shown', { status: 204, path: '/api/v1/invitations/x/' }],
  ])('does not count %s', (_what, values) => {
    const lines = [seen('sent'), command('invitations_destroy', values)];
    expect(stateMet(lines, 'invitations_destroy')).toEqual([]);
  });
});

describe('rules', () => {
  const stateOf = (result: RunResult) => toCoverage(result, []).rules;

  test('are failed by one failed check, and exercised by one passed', () => {
    const checks = [aCheck(), aViolation({ title: 'other' })];
    expect(stateOf(aResult({ checks }))).toMatchObject([
      { rule: 'retrieve.answer', state: 'failed', passed: 1, failed: 1, notExercised: 0 },
    ]);
  });

  test('say why they were not exercised', () => {
    const checks = [aCheck({ verdict: 'not exercised', message: 'needs CONTRACT_AUTH_VIEWER' })];
    expect(stateOf(aResult({ checks }))).toMatchObject([
      { state: 'not-exercised', reason: 'needs CONTRACT_AUTH_VIEWER' },
    ]);
    const rule = { id: 'list.answer', source: 'seed', sentence: 'Lists.' } as const;
    expect(stateOf(aResult({ checks: [], rulesWithoutCheck: [rule] }))).toMatchObject([
      { rule: 'list.answer', state: 'not-exercised', reason: 'it has no check' },
    ]);
  });
});

test('the summary is one line with the share of each matrix', () => {
  const lines = coverageSummary(toCoverage(aResult(), [anExchange()]));
  expect(lines).toEqual([
    'Coverage: 1 of 378 documented answers, 1 of 144 operation × role, 1 of 30 state × command, 1 of 1 rules',
  ]);
});
