// From a server to an address that can be called, and back to a port that is free.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** After so long a request that has not ended is cut off. */
const drainMs = 5_000;

export const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string')
        reject(new Error('The server has no port.'));
      else resolve(address);
    });
  });

/** Takes no more requests, lets those under way end, and resolves when the port is free. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cutOff = setTimeout(() => {
      server.closeAllConnections();
    }, drainMs);
    // A connection that was busy stays open for another request, which nobody shall send any more.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    server.close(() => {
      clearTimeout(cutOff);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });

/** An address that stands for all of them cannot be called; this machine can be reached at its loopback address. */
export const reachable = (host: string, port: number): string => {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
