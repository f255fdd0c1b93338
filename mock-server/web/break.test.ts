// Nothing hangs and drips for ever.
import { createServer, get, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { hang, writeBroken, type Written } from './break.ts';
import { toWire } from './node-port.ts';
import { createPatience } from './patience.ts';
import { replyJson } from './reply.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** The text of the answer; rejects with the error of the connection. */
const askWhere = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => {
        resolve(text);
      });
    }).on('error', reject);
  });
};

test('what hangs is reset after the longest time', async () => {
  const asking = askWhere((_request, response) => {
    void hang(toWire(response), createPatience(toWire(response)), 5);
  });
  await expect(asking).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('what would drip beyond the longest time sends its rest in one piece', async () => {
  const written: Written[] = [];
  const reply = replyJson(200, { text: 'ü'.repeat(100) });
  const text = await askWhere((_request, response) => {
    const pieces = { bytes: 1, everyMs: 2 };
    const patience = createPatience(toWire(response));
    const broken = { reply, pieces, patience, isCut: false, longestMs: 7 };
    void writeBroken(toWire(response), broken).then((one) => written.push(one));
  });
  expect(text).toBe(reply.body);
  expect(written).toEqual([{ bytes: Buffer.byteLength(text), count: 3 }]);
});

test('a wait ends at once for a client that is gone already', async () => {
  let ended = false;
  const asking = askWhere((_request, response) => {
    response.destroy();
    const patience = createPatience(toWire(response));
    void patience.wait(600_000).then(() => {
      ended = patience.isOver();
    });
  });
  await expect(asking).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(ended).toBe(true);
});
