// Requests sent with supertest, as the tests of many projects do.
import http from 'node:http';
import { CannotRun } from '../../settings/cannot-run.ts';
import { createAgents } from '../reach/agents.ts';
import type { Way } from '../reach/way.ts';
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

const load = async () => {
  try {
    return await import('supertest');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).includes('NOT_FOUND'))) {
      throw error;
    }
    throw new CannotRun(
      'The requests are sent with supertest, which is not installed here. Install it beside this package: npm install --save-dev supertest',
    );
  }
};

/** Loaded when it is asked for: the command does without. Throws a CannotRun where it is not installed. */
export const supertestTransport = async (way: Way): Promise<Transport> => {
  const { default: supertest } = await load();
  // superagent would open a connection for each request, which costs more than the request.
  const agentFor = createAgents(way);
  return async (message, sending) => {
    const { method, path, headers, body } = message;
    const agent = await agentFor(new URL(sending.target));
    const started = performance.now();
    const request = new supertest.Test(sending.target, method, path)
      .agent(agent)
      .timeout({ deadline: sending.timeoutMs })
      .redirects(0)
      .set({ ...way.headers, ...headers })
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
      throw explain(error, message, sending, way.cert !== undefined);
    }
  };
};
