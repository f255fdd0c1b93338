// The tools as a server of the Model Context Protocol. Its library is no small one, so that only who asks for it has it.
import type { McpServer, StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { CannotRun } from '../../settings/cannot-run.ts';
import { version } from '../version.ts';
import { isObject, type Ask, type Given, type InputSchema } from './tool.ts';
import { tools } from './tools.ts';

export type Library = typeof import('@modelcontextprotocol/server') &
  Pick<typeof import('@modelcontextprotocol/server/stdio'), 'serveStdio'>;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';

/** Rejects with a CannotRun where the library is not installed. */
export const loadLibrary = async (): Promise<Library> => {
  try {
    const [library, { serveStdio }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('@modelcontextprotocol/server/stdio'),
    ]);
    return { ...library, serveStdio };
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new CannotRun(
      'The Model Context Protocol needs a package that is not installed here. Install it beside this one: npm install @modelcontextprotocol/server@2',
    );
  }
};

const instructions =
  'A fake of the Invitations API with isolated sandboxes. Make a sandbox of your own (sandboxes_put) before you change anything; its answer has the credentials that lead into it.';

const toResult = async (answer: Response) => {
  const text = await answer.text();
  const shown = answer.ok ? text : `${answer.status}: ${text}`;
  return { content: [{ type: 'text' as const, text: shown }], isError: !answer.ok };
};

const explain = (error: unknown): string => {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: '' };
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
};

/** The testers' API checks what it is sent, and says in its own words what is wrong. */
const describe = (schema: InputSchema): StandardSchemaWithJSON<Given> => {
  const told = (): Record<string, unknown> => ({ ...schema });
  return {
    '~standard': {
      version: 1,
      vendor: 'invitations-mock',
      validate: (value) => ({ value: isObject(value) ? value : {} }),
      jsonSchema: { input: told, output: told },
    },
  };
};

export const createProtocolServer = ({ McpServer: Server }: Library, ask: Ask): McpServer => {
  const about = { name: 'invitations-mock', version: version() };
  const server = new Server(about, { instructions });
  for (const { name, title, description, inputSchema, isReadOnly, use } of tools) {
    const annotations = { readOnlyHint: isReadOnly };
    const told = { title, description, inputSchema: describe(inputSchema), annotations };
    server.registerTool(name, told, async (given: Given) => {
      try {
        return await toResult(await use(ask, given));
      } catch (error) {
        const text = `The fake gave no answer: ${explain(error)}. Is it running there?`;
        return { content: [{ type: 'text', text }], isError: true };
      }
    });
  }
  return server;
};

/** `send` takes the whole request to a fake. */
export const askOf =
  (send: (request: Request) => Promise<Response>, base: string, adminToken: string | null): Ask =>
  (path, { method, authorization, body }) => {
    const admitted = adminToken === null ? undefined : `Bearer ${adminToken}`;
    const given = authorization ?? (path.startsWith('/_mock') ? admitted : undefined);
    const headers = {
      ...(given === undefined ? {} : { authorization: given }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return send(new Request(`${base}${path}`, { method, headers, ...sent }));
  };
