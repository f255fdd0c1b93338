// Names and addresses that never leave this machine.

const loopback = /^(?:localhost|[a-z0-9-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i;

/** `host` is a name or an address, with a port or without. */
export const isLoopback = (host: string): boolean =>
  loopback.test(host === '::1' ? host : host.replace(/:\d+$/, ''));
