// The words of the contract: their guards, and that a misspelt one does not compile.
import { expect, test } from '@jest/globals';
import {
  isInvitationState,
  isOperationId,
  isRole,
  isRuleId,
  isUuid,
  type OperationId,
  type RuleId,
} from './vocabulary.ts';

test('a misspelt rule or operation does not compile', () => {
  // @ts-expect-error -- the rule is create.duplicate-address
  const rule: RuleId = 'create.duplicate-adress';
  // @ts-expect-error -- the operation is invitations_accept_create
  const operation: OperationId = 'invitations_accept';
  expect([isRuleId(rule), isOperationId(operation)]).toEqual([false, false]);
});

test.each([
  [isRole, 'OWNER', 'owner'],
  [isInvitationState, 'sent', 'lost'],
  [isOperationId, 'invitations_list', 'toString'],
  [isRuleId, 'list.answer', 'list'],
  [isUuid, '0D9C3B7E-61f4-4e2a-b5d8-7a1f2c4e6908', '0d9c3b7e61f44e2ab5d87a1f2c4e6908'],
])('%p knows %p and no %p', (isKnown, right, wrong) => {
  expect([isKnown(right), isKnown(wrong), isKnown(undefined)]).toEqual([true, false, false]);
});
