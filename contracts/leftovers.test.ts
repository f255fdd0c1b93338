// What the record of a run says is left.
import { describe, expect, test } from '@jest/globals';
import { leftIn } from './leftovers.ts';

describe('leftIn', () => {
  test('what was made and not removed', () => {
    const { made } = leftIn([
      { kind: 'created', id: 'a', as: 'OWNER' },
      { kind: 'created', id: 'b', as: 'OUTSIDER' },
      { kind: 'removed', id: 'a' },
    ]);
    expect(made).toEqual([{ id: 'b', as: 'OUTSIDER' }]);
  });

  test('an address that nobody freed may have an invitation whose answer was lost', () => {
    const { addresses } = leftIn([
      { kind: 'address', email: 'a@example.com', as: 'OWNER' },
      { kind: 'address', email: 'b@example.com', as: 'OWNER' },
      { kind: 'address-free', email: 'a@example.com' },
    ]);
    expect([...addresses.keys()]).toEqual(['b@example.com']);
  });
});
