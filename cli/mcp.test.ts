// The tools for assistants, as the protocol's own client meets them: over HTTP and over standard input and output.
import { Agent } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, describe, expect, test } from '@jest/globals';
import { askAt, memberOf, running } from '../mock-server/running.suite.ts';
import { tools } from '../mock-server/mcp/tools.ts';
import { launch, program, root } from './launch.suite.ts';

const adminToken = 'admin-token-of-this-test';
const fake = running({ validation: 'off', mcp: true, adminToken });
const without = running({ validation: 'off' });

const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

const connect = async (
  transport: StreamableHTTPClientTransport | StdioClientTransport,
): Promise<Client> => {
  const client = new Client({ name: 'a test', version: '1.0.0' });
  clients.push(client);
  await client.connect(transport);
  return client;
};

const overHttp = (): Promise<Client> => {
  const headers = { authorization: `Bearer ${adminToken}` };
  const url = new URL(`${fake.server.url}/_mock/mcp`);
  return connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
};

const overStdio = (url = fake.server.url): Promise<Client> =>
  connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...program(), 'mcp', url],
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', INVITATIONS_MOCK_ADMIN_TOKEN: adminToken },
    }),
  );

type Called = { readonly isError: boolean; readonly text: string; readonly json: unknown };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const call = async (
  client: Client,
  name: string,
  given: Record<string, unknown> = {},
): Promise<Called> => {
  const { content, isError = false } = await client.callTool({ name, arguments: given });
  const [first] = content;
  const text = first?.type === 'text' ? first.text : '';
  return { isError, text, json: parse(text) };
};

describe.each([
  ['HTTP', 'over-http', overHttp],
  ['standard input and output', 'over-stdio', () => overStdio()],
])('over %s', (_, name, open) => {
  test('an assistant makes a sandbox, invites, delivers, and reads what came of it', async () => {
    const client = await open();
    const { tools: told } = await client.listTools();
    expect(told.map((tool) => tool.name)).toEqual(tools.map((tool) => tool.name));

    const options = { scenario: 'empty', delivery: { mode: 'by-hand' } };
    const made = await call(client, 'sandboxes_put', { name, ...options });
    expect(made.json).toMatchObject({ name, scenario: 'empty', delivery: { mode: 'by-hand' } });
    expect((await call(client, 'sandboxes_list')).text).toContain(`"${name}"`);

    const person = { name, email: 'ada@example.com', role: 'VIEWER' };
    const invited = await call(client, 'invite', person);
    expect(invited.json).toMatchObject({ email: 'ada@example.com', state: 'pending' });
    const invitation = memberOf(invited.json, 'id');
    const delivered = await call(client, 'deliveries_create', {
      name,
      invitation,
      outcome: 'sent',
    });
    expect(delivered.isError).toBe(false);
    expect(
      (await call(client, 'messages_list', { name, to: 'ada@example.com' })).json,
    ).toMatchObject({ count: 1 });

    const refused = await call(client, 'invite', { ...person, role: 'KING' });
    expect([refused.isError, refused.text.slice(0, 4)]).toEqual([true, '400:']);
    const seen = await call(client, 'traffic_list', { name, status: '4xx' });
    expect(seen.json).toMatchObject({
      count: 1,
      exchanges: [{ rule: { id: expect.any(String) } }],
    });

    await call(client, 'sandboxes_reset', { name });
    expect((await call(client, 'sandbox_invitations_list', { name })).json).toMatchObject({
      count: 0,
    });
  });
});

test('what the testers’ API refuses is told in its words, and a tool that there is not by name', async () => {
  const client = await overHttp();
  const wrong = await call(client, 'sandboxes_put', { name: 'one', scenari: 'empty' });
  expect(wrong.text).toContain('Did you mean \\"scenario\\"?');
  await expect(client.callTool({ name: 'nothing', arguments: {} })).rejects.toThrow('nothing');
});

test('names of the path, the query and the body do not meet', () => {
  for (const { inputSchema } of tools) {
    expect(inputSchema.required.filter((name) => !(name in inputSchema.properties))).toEqual([]);
    expect(inputSchema.required).toEqual([...new Set(inputSchema.required)]);
  }
});

test('without --mcp nobody speaks it, and without the admin token nobody is heard', async () => {
  const off = await without.ask('POST', '/_mock/mcp', { json: {} });
  expect([off.status, off.text]).toEqual([404, expect.stringContaining('--mcp')]);
  const unknown = await fake.ask('POST', '/_mock/mcp', { json: {} });
  expect(unknown.status).toBe(401);
});

test('a connection that stays open is used for many requests, and gathers nothing', async () => {
  const warnings: string[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', onWarning);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = askAt(fake.server.url, agent);
  const json = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const headers = { accept: 'application/json, text/event-stream' };
  for (let count = 0; count < 12; count += 1) {
    const told = await ask('POST', '/_mock/mcp', { as: `Bearer ${adminToken}`, json, headers });
    expect([told.status, told.text]).toEqual([200, expect.stringContaining('sandboxes_put')]);
  }
  agent.destroy();
  process.off('warning', onWarning);
  expect(warnings).not.toContain('MaxListenersExceededWarning');
});

test('without a fake there the tools say so', async () => {
  const client = await overStdio('http://127.0.0.1:9');
  const { isError, text } = await call(client, 'sandboxes_list');
  expect([isError, text]).toEqual([true, expect.stringContaining('Is it running there?')]);
});

test('whoever asks and goes away ends it', async () => {
  const { child, ended } = launch('mcp', fake.server.url);
  child.stdin?.end();
  expect(await ended).toEqual({ code: 0, out: '', err: '' });
});

test('an address that is none ends it in a line', async () => {
  const { code, err } = await launch('mcp', 'nowhere').ended;
  expect([code, err]).toEqual([2, expect.stringContaining('"nowhere" is no address of a server')]);
});
