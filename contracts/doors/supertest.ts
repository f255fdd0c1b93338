// Requests sent with supertest, as the tests of many projects do.
import http from 'node:http';
import https from 'node:https';
import { explain, toHeaders, type Transport } from '../engine/transport.ts';

const readText = (stream: unknown, done: (error: Error | null, body: unknown) => void): void => {
  if (!(stream instanceof http.IncomingMessage)) {
    done(new Error('superagent handed over no stream'), '');
    return;
  }
  const chunks: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => chunks.push(chunk));
  stream.on('end', () => {
    done(null, chunks.join(''));
  });
};

const identity = (value: unknown): string => String(value);

/** Loaded when it is asked for: the command does without. */
export const supertestTransport = async (): Promise<Transport> => {
  const { default: supertest } = await import('supertest');
  // superagent would open a connection for each request, which costs more than the request.
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  return async (message, sending) => {
    const { method, path, headers, body } = message;
    const started = performance.now();
    const request = new supertest.Test(sending.target, method, path)
      .agent(sending.target.startsWith('https:') ? agents.https : agents.http)
      .timeout({ deadline: sending.timeoutMs })
      .redirects(0)
      .set(headers)
      .buffer(true)
      .parse(readText);
    if (body !== undefined && body.text !== '') {
      void request.serialize(identity).send(Buffer.from(body.text));
    }
    try {
      const response = await request;
      const text: unknown = response.body;
      return {
        status: response.status,
        headers: toHeaders(response.headers),
        text: typeof text === 'string' ? text : '',
        ms: performance.now() - started,
      };
    } catch (error) {
      throw explain(error, message, sending);
    }
  };
};
