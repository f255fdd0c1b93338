// What node:http and the load generator can do at most: every request gets the same prepared answer.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port = '0', status = '200', file = ''] = process.argv.slice(2);
const body = readFileSync(file);
const headers = { 'content-type': 'application/json', 'content-length': body.length };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    // The bench asks with GET first, to see whether anybody listens.
    response.writeHead(request.url === '/ready' ? 200 : Number(status), headers);
    response.end(body);
  });
});
server.listen(Number(port), '127.0.0.1');
