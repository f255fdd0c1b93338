// Where messages go, and where the links in them lead: as the configuration says.
import { createSmtpCourier } from './smtp.ts';
import { defaultAcceptPath } from '../sandbox/accept-link.ts';
import { nowhere, type Courier } from '../sandbox/courier.ts';
import type { Config } from '../config/settings.ts';

export type MailService = {
  readonly courier: Courier;
  /** Of the accept link. */
  readonly acceptTemplate: () => string;
  /** To be called once the server's own address is known. */
  readonly listensAt: (url: string) => void;
};

export const createMailService = (
  { acceptUrl, smtp }: Pick<Config, 'acceptUrl' | 'smtp'>,
  warn: (message: string) => void,
): MailService => {
  let ownUrl = '';
  const acceptTemplate = (): string => acceptUrl ?? `${ownUrl}${defaultAcceptPath}`;
  const onTrouble = (words: string): void => {
    warn(`A message could not be sent: ${words}`);
  };
  return {
    courier:
      smtp === null ? nowhere : createSmtpCourier({ server: smtp, acceptTemplate, onTrouble }),
    acceptTemplate,
    listensAt: (url) => {
      ownUrl = url;
    },
  };
};
