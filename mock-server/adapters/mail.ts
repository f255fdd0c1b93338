// Where messages go, and where the links in them lead: as the configuration says.
import { defaultAcceptPath } from '../sandbox/accept-link.ts';
import { nowhere, type Courier } from '../sandbox/courier.ts';
import type { Config } from '../config/settings.ts';
import type { SmtpAddress } from '../config/smtp-address.ts';

export type MailService = {
  readonly courier: Courier;
  /** Of the accept link. */
  readonly acceptTemplate: () => string;
  /** To be called once the server's own address is known. */
  readonly listensAt: (url: string) => void;
};

const createCourier = async (
  server: SmtpAddress,
  acceptTemplate: () => string,
  warn: (message: string) => void,
): Promise<Courier> => {
  // A server that sends nothing does not pay for what sending takes.
  const { createSmtpCourier } = await import('./smtp.ts');
  const onTrouble = (words: string): void => {
    warn(`A message could not be sent: ${words}`);
  };
  return createSmtpCourier({ server, acceptTemplate, onTrouble });
};

export const createMailService = async (
  { acceptUrl, smtp }: Pick<Config, 'acceptUrl' | 'smtp'>,
  warn: (message: string) => void,
): Promise<MailService> => {
  let ownUrl = '';
  const acceptTemplate = (): string => acceptUrl ?? `${ownUrl}${defaultAcceptPath}`;
  return {
    courier: smtp === null ? nowhere : await createCourier(smtp, acceptTemplate, warn),
    acceptTemplate,
    listensAt: (url) => {
      ownUrl = url;
    },
  };
};
