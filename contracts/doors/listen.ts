// An app as a target: it listens on a port of this machine while the tests run.
import http from 'node:http';

export type App = http.RequestListener;

export type Listening = { readonly url: string; readonly close: () => Promise<void> };

export const listen = async (target: string | App): Promise<Listening> => {
  if (typeof target === 'string') return { url: target, close: () => Promise.resolve() };
  const server = http.createServer(target);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Where no test of the file is chosen, nobody closes it.
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
