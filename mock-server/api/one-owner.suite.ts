// The API of a sandbox with one organization and its owner, whose key is "key", without a server.
import { defaultDelivery } from '../sandbox/delivery-settings.ts';
import { aSandbox } from '../sandbox/sandbox.suite.ts';
import type { ApiOptions } from './answer-request.ts';
import { createApi } from './create-api.ts';
import type { FinishOptions } from './finish-exchange.ts';

const userId = 'c7a51d2e-6a2b-4a6e-9b0e-7d1f5f0a0002';
const organizationId = 'c7a51d2e-6a2b-4a6e-9b0e-7d1f5f0a0001';

/** @param changes - what is otherwise than in a fake that judges nothing, logs nothing and makes one id. */
export const ofOneOwner = (changes: Partial<ApiOptions & FinishOptions>) => {
  const sandbox = aSandbox({
    now: () => 1_000,
    delivery: defaultDelivery,
    history: [
      { type: 'OrganizationFounded', at: 0, organizationId, name: 'O' },
      {
        type: 'UserRegistered',
        at: 0,
        userId,
        name: 'U',
        email: 'u@example.com',
        pictureUrl: '',
        kind: 'person',
      },
      { type: 'ApiKeyIssued', at: 0, key: 'key', userId, organizationId },
      {
        type: 'MembershipGranted',
        at: 0,
        membershipId: 'c7a51d2e-6a2b-4a6e-9b0e-7d1f5f0a0003',
        userId,
        organizationId,
        role: 'OWNER',
      },
    ],
  });
  const rule = 'authentication.malformed-jwt';
  const api = createApi({
    enter: (_authorization, _request, work) =>
      work({ sandbox, verifyToken: () => ({ kind: 'refused', rule, detail: 'No.' }) }),
    standard: () => sandbox,
    newId: () => 'id',
    invitationLimit: 10,
    whyFull: () => undefined,
    bodyLimits: { bytes: 1_000, depth: 5 },
    onFault: (message, error) => {
      throw new Error(message, { cause: error });
    },
    judgeOf: () => ({ exchange: () => [] }),
    mode: 'report',
    toHeader: () => '',
    log: () => undefined,
    requestId: () => 'request',
    ...changes,
  });
  return { api, sandbox };
};
