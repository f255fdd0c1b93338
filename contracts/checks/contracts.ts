// Every contract, in the order in which a run begins them.
import { checks as authentication } from './authentication.contract.ts';
import { checks as errorsAccounts } from './errors/accounts.contract.ts';
import { checks as errorsBodies } from './errors/bodies.contract.ts';
import { checks as errorsBodyTooLarge } from './errors/body-too-large.contract.ts';
import { checks as errorsMediaTypes } from './errors/media-types.contract.ts';
import { checks as errorsMethods } from './errors/methods.contract.ts';
import { checks as errorsRefusals } from './errors/refusals.contract.ts';
import { checks as generatedRequests } from './generated/requests.contract.ts';
import { checks as headers } from './headers.contract.ts';
import { checks as invitationsAccept } from './invitations/accept.contract.ts';
import { checks as invitationsCreate } from './invitations/create.contract.ts';
import { checks as invitationsDestroy } from './invitations/destroy.contract.ts';
import { checks as invitationsFilters } from './invitations/filters.contract.ts';
import { checks as invitationsInviting } from './invitations/inviting.contract.ts';
import { checks as invitationsKeptState } from './invitations/kept-state.contract.ts';
import { checks as invitationsList } from './invitations/list.contract.ts';
import { checks as invitationsListOptions } from './invitations/list-options.contract.ts';
import { checks as invitationsMembership } from './invitations/membership.contract.ts';
import { checks as invitationsNewAddress } from './invitations/new-address.contract.ts';
import { checks as invitationsPages } from './invitations/pages.contract.ts';
import { checks as invitationsPartialUpdate } from './invitations/partial-update.contract.ts';
import { checks as invitationsReadOnlyFields } from './invitations/read-only-fields.contract.ts';
import { checks as invitationsRefusalsByMediaType } from './invitations/refusals-by-media-type.contract.ts';
import { checks as invitationsRefusedUpdates } from './invitations/refused-updates.contract.ts';
import { checks as invitationsResend } from './invitations/resend.contract.ts';
import { checks as invitationsRetrieve } from './invitations/retrieve.contract.ts';
import { checks as invitationsUpdate } from './invitations/update.contract.ts';
import { checks as lifecycle } from './lifecycle.contract.ts';
import { checks as linked } from './linked.contract.ts';
import { checks as links } from './links.contract.ts';
import { checks as mediaTypes } from './media-types.contract.ts';
import { checks as orderBodies } from './order/bodies.contract.ts';
import { checks as orderRequests } from './order/requests.contract.ts';
import { checks as races } from './races.contract.ts';
import { checks as roles } from './roles.contract.ts';
import { checks as schema } from './schema.contract.ts';
import { checks as scope } from './scope.contract.ts';
import { checks as sequences } from './sequences.contract.ts';
import { checks as serviceAccounts } from './service-accounts.contract.ts';
import { checks as tenancy } from './tenancy.contract.ts';
import { checks as throttling } from './throttling.contract.ts';
import { checks as users } from './users.contract.ts';
import type { Contract } from '../engine/contract.ts';

export const contracts: readonly Contract[] = [
  authentication,
  errorsAccounts,
  errorsBodies,
  errorsBodyTooLarge,
  errorsMediaTypes,
  errorsMethods,
  errorsRefusals,
  generatedRequests,
  headers,
  invitationsAccept,
  invitationsCreate,
  invitationsDestroy,
  invitationsFilters,
  invitationsInviting,
  invitationsKeptState,
  invitationsList,
  invitationsListOptions,
  invitationsMembership,
  invitationsNewAddress,
  invitationsPages,
  invitationsPartialUpdate,
  invitationsReadOnlyFields,
  invitationsRefusalsByMediaType,
  invitationsRefusedUpdates,
  invitationsResend,
  invitationsRetrieve,
  invitationsUpdate,
  lifecycle,
  linked,
  links,
  mediaTypes,
  orderBodies,
  orderRequests,
  races,
  roles,
  schema,
  scope,
  sequences,
  serviceAccounts,
  tenancy,
  throttling,
  users,
];
