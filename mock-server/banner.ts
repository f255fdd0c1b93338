// What a person sees at the start: addresses to click, credentials to copy, a request to paste.
import { roles } from '../domain/role.ts';
import type { MockServer } from './server.ts';
import type { Config } from './config/settings.ts';
import { showSmtpAddress } from './config/smtp-address.ts';

export const bannerText = (
  { url, credentials, adminToken }: MockServer,
  config: Config,
): string => {
  const { apiKeys, jwts, outsider, invitee, inviteeEmail } = credentials;
  const curl = `curl -H 'Authorization: ${apiKeys.OWNER}' ${url}/api/v1/invitations/`;
  const token = adminToken === null ? '' : ` -H 'Authorization: Bearer ${adminToken}'`;
  const delay = config.delivery === 'after-delay' ? ` (${config.deliveryDelayMs} ms)` : '';
  const data =
    config.world === null
      ? `Scenario ${config.scenario}, seed ${config.seed}; delivery ${config.delivery}${delay}`
      : `What ${config.world} says`;
  const keys = roles.map((role) => `  ${role.padEnd(8)} ${apiKeys[role]}`);
  return [
    '',
    `Invitations API    ${url}/api/v1/invitations/`,
    `Documentation      ${url}/_mock/docs/`,
    `Console            ${url}/_mock/`,
    ...(adminToken === null ? [] : [`Admin token        ${adminToken}`]),
    ...(config.smtp === null ? [] : [`Sends real mail    ${showSmtpAddress(config.smtp)}`]),
    `${data}; validation ${config.validation}`,
    '',
    'Authorization values by role (service accounts):',
    ...keys,
    `  OUTSIDER ${outsider}   (owner of another organization)`,
    '',
    `A person without organization, ${inviteeEmail}:`,
    `  ${invitee}`,
    'A person who is OWNER:',
    `  ${jwts.OWNER}`,
    '',
    'Try:',
    `  ${curl}`,
    `  curl -X POST${token} -H 'Content-Type: application/json' -d '{"email":"${inviteeEmail}"}' ${url}/_mock/tokens`,
    '',
  ].join('\n');
};
