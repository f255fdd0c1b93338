// Why a connection came to nothing, in words that say whose certificate it is about and what helps.

const untrusted = new Set([
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT'],
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_UNTRUSTED'],
]);

/** The server's alerts about the certificate that a client shows, or does not, as OpenSSL words them. */
const demands =
  /alert (certificate required|handshake failure|bad certificate|certificate unknown|unknown ca|unsupported certificate|certificate expired|certificate revoked|access denied)/i;

/** An error of another realm is no instance of ours. */
const textIn = (error: unknown, name: 'code' | 'message'): string => {
  const value: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : '';
};

const causeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'cause') : undefined;

const ofServer = (code: string): string | undefined => {
  if (untrusted.has(code)) {
    return "the server's certificate is signed by nobody whom this machine trusts; give the authority that signed it with --ca FILE";
  }
  if (code === 'CERT_HAS_EXPIRED') return "the server's certificate has expired";
  if (code === 'CERT_NOT_YET_VALID') {
    return "the server's certificate is not valid yet, by the clock of this machine";
  }
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? "the server's certificate is for other names than this address has"
    : undefined;
};

/** `hasCertificate`: the client has shown one. An error with a cause, as of fetch, is its cause. */
export const explainConnection = (error: unknown, hasCertificate: boolean): string => {
  const cause = causeOf(error);
  if (typeof cause === 'object' && cause !== null) return explainConnection(cause, hasCertificate);
  const [code, message] = [textIn(error, 'code'), textIn(error, 'message')];
  const server = ofServer(code);
  if (server !== undefined) return server;
  if (demands.test(message)) {
    return hasCertificate
      ? 'the server does not accept the certificate that the client shows (--cert and --key)'
      : 'the server demands a certificate of the client; give one with --cert FILE and --key FILE';
  }
  if (/wrong version number|packet length too long/.test(message)) {
    return 'the server speaks no TLS at this address; is it http instead of https?';
  }
  // An address with several IPs fails with a code and an empty message.
  return message || code || String(error);
};
