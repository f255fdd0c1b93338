// What the testers' API can do, as tools of the Model Context Protocol. Their words and schemas are those of the operations.
import type * as v from 'valibot';
import type { Described } from '../admin/endpoint.ts';
import { adminRoutes, sandboxRoutes, type Method } from '../admin/routes.ts';
import { inviteTool } from './invite.ts';
import { isObject, schemaOf, type Given, type InputSchema, type Tool } from './tool.ts';

/** By `operationId`. The rest of the testers' API is for programs. */
const offered: ReadonlySet<string> = new Set([
  'sandboxes_list',
  'sandboxes_put',
  'sandboxes_retrieve',
  'sandboxes_reset',
  'clock_update',
  'delivery_update',
  'deliveries_create',
  'sandbox_invitations_list',
  'messages_list',
  'faults_replace',
  'traffic_list',
]);

const inPath: Readonly<Record<string, object>> = {
  name: { type: 'string', description: 'The sandbox; `default` is always there.' },
  invitation: { type: 'string', description: "The invitation's id." },
};

const namesIn = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

const isOptional = ({ type }: v.GenericSchema): boolean =>
  type === 'exact_optional' || type === 'optional';

const inputOf = (path: string, { query = {}, body }: Described): InputSchema => {
  const names = namesIn(path);
  const entries = Object.entries(query);
  const ofBody: Given = body === undefined ? {} : { ...schemaOf(body.schema) };
  const { properties, required } = ofBody;
  const taken: readonly (readonly [string, unknown])[] = [
    ...names.map((name) => [name, inPath[name]] as const),
    ...entries.map(([name, schema]) => [name, schemaOf(schema)] as const),
    ...Object.entries(isObject(properties) ? properties : {}),
  ];
  return {
    type: 'object',
    properties: Object.fromEntries(taken),
    required: [
      ...names,
      ...entries.filter(([, schema]) => !isOptional(schema)).map(([name]) => name),
      ...(Array.isArray(required) ? required.map(String) : []),
    ],
  };
};

/** As an address has it; lists and objects are in bodies alone. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

const addressOf = (path: string, query: readonly string[], given: Given): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(textOf(given[name])),
  );
  const asked = new URLSearchParams();
  for (const name of query) if (given[name] !== undefined) asked.set(name, textOf(given[name]));
  return asked.size === 0 ? `/_mock${filled}` : `/_mock${filled}?${asked.toString()}`;
};

const toTool = (method: Method, path: string, operation: Described): Tool => {
  const { id, summary, description = '', query = {}, body } = operation;
  const apart = new Set([...namesIn(path), ...Object.keys(query)]);
  return {
    name: id,
    title: summary,
    description: `${summary}. ${description}`.trim(),
    inputSchema: inputOf(path, operation),
    isReadOnly: method === 'get',
    use: (ask, given) => {
      const rest = Object.entries(given).filter(([name]) => !apart.has(name));
      return ask(addressOf(path, Object.keys(query), given), {
        method: method.toUpperCase(),
        ...(body === undefined ? {} : { body: Object.fromEntries(rest) }),
      });
    },
  };
};

export const tools: readonly Tool[] = [
  ...adminRoutes.map(({ method, path, operation }) => ({ method, path, operation })),
  ...sandboxRoutes.flatMap((route) =>
    'stream' in route ? [] : [{ ...route, path: `/sandboxes/:name${route.path}` }],
  ),
]
  .filter(({ operation }) => offered.has(operation.id))
  .map(({ method, path, operation }) => toTool(method, path, operation))
  .concat(inviteTool);
