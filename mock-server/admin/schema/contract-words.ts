// Words of the contract that testers filter and steer by.
import * as v from 'valibot';
import { operationIds, ruleIds } from '../../../spec/vocabulary.ts';
import { named } from './named.ts';
import { choice, didYouMean } from './object.ts';

export const OperationId = named(
  'OperationId',
  'An `operationId` of the Invitations API.',
  choice(operationIds),
);

export const RuleId = named(
  'RuleId',
  'The id of a rule of the contract.',
  v.picklist(
    ruleIds,
    ({ input }) =>
      `the id of a rule of spec/rules.yaml, such as authentication.missing.${didYouMean(input, ruleIds)}`,
  ),
);
