// Loaded into the product's process with --import: answers each connection to a socket with what its memory holds then.
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const { searchParams } = new URL(import.meta.url);

const server = createServer((socket) => {
  // What nobody holds any more is let go first, where node was started with --expose-gc.
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  socket.end(JSON.stringify({ heapUsed, rss }));
});
server.listen(fileURLToPath(searchParams.get('at') ?? ''));
server.unref();
