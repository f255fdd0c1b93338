// The testers' API in OpenAPI 3.0, made from its routes and from the schemas that stand beside them.
import { dump } from 'js-yaml';
import type * as v from 'valibot';
import type { DescribedAnswer, Described } from './endpoint.ts';
import { about, securitySchemes, sharedParts, tags } from './description.ts';
import { schemaOf, schemas, withExample, type Part } from './describe-schema.ts';
import { adminRoutes, sandboxRoutes, type Method } from './routes.ts';

type Route = {
  readonly method: Method;
  readonly path: string;
  readonly operation: Described;
  /** None where no sandbox is named. */
  readonly isOfSandbox: boolean;
};

const ofDefault = (operation: Described): Described => ({
  ...operation,
  id: `default_${operation.id}`,
  summary: `${operation.summary} of \`default\``,
});

const allRoutes = (): readonly Route[] => [
  ...adminRoutes.map((route) => ({ ...route, isOfSandbox: false })),
  ...sandboxRoutes.flatMap((route) => {
    const operation = 'stream' in route ? route.stream : route.operation;
    const { method, path } = route;
    return [
      { method, path: `/sandboxes/:name${path}`, operation, isOfSandbox: true },
      ...(route.alsoForDefault === true
        ? [{ method, path, operation: ofDefault(operation), isOfSandbox: false }]
        : []),
    ];
  }),
];

const parameterNames: Readonly<Record<string, string>> = {
  name: 'SandboxName',
  id: 'Id',
  invitation: 'InvitationId',
};

const pathParameters = (path: string): readonly Part[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    $ref: `#/components/parameters/${parameterNames[name] ?? name}`,
  }));

const isOptional = ({ type }: v.GenericSchema): boolean =>
  type === 'exact_optional' || type === 'optional';

const queryParameters = ({ query = {}, headers = {} }: Described): readonly Part[] => [
  ...Object.entries(query).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema);
    return { name, in: 'query', required: !isOptional(schema), description, schema: rest };
  }),
  ...Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  })),
];

const requestBody = ({ body }: Described): Part | undefined => {
  if (body === undefined) return undefined;
  const examples = Object.entries(body.examples).map(
    ([name, [summary, value]]) => [name, { summary, value }] as const,
  );
  const schema = schemaOf(body.schema);
  const content =
    examples.length === 0
      ? withExample(schema)
      : { schema, examples: Object.fromEntries(examples) };
  const types = [
    'application/json',
    ...(body.takesYaml === true ? ['application/yaml'] : []),
    ...(body.takesForms === true
      ? ['application/x-www-form-urlencoded', 'multipart/form-data']
      : []),
  ];
  return {
    required: body.required,
    description: body.description,
    content: Object.fromEntries(types.map((type) => [type, content])),
  };
};

const toResponse = ({ description, schema, mediaType, headers }: DescribedAnswer): Part => ({
  description,
  ...(headers === undefined
    ? {}
    : {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, { description: words, pattern, example }]) => [
            name,
            { required: true, description: words, schema: { type: 'string', pattern }, example },
          ]),
        ),
      }),
  ...(schema === undefined
    ? {}
    : { content: { [mediaType ?? 'application/json']: withExample(schemaOf(schema)) } }),
});

const problemContent = {
  'application/problem+json': {
    schema: { $ref: '#/components/schemas/Problem' },
    example: {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: '"speed" is not known here; known are "now", "advance", "frozen".',
    },
  },
};

/** Those that the kind of the operation brings with it. */
const usualRefusals = ({
  operation,
  isOfSandbox,
  method,
  path,
}: Route): readonly (readonly [number, string])[] => {
  if (path.startsWith('/health/')) return [];
  return [
    ...(operation.query === undefined && operation.body === undefined
      ? []
      : [[400, 'BadRequest'] as const]),
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    ...(isOfSandbox ? [[404, 'NoSuchSandbox'] as const] : []),
    ...(operation.body === undefined
      ? []
      : [[413, 'TooLarge'] as const, [415, 'UnsupportedMediaType'] as const]),
    [503, 'StoreAway'],
    ...(method === 'get' ? [] : [[507, 'StoreFull'] as const]),
  ];
};

const responses = (route: Route): Part => ({
  ...Object.fromEntries(
    Object.entries(route.operation.answers).map(([status, answer]) => [status, toResponse(answer)]),
  ),
  ...Object.fromEntries(
    usualRefusals(route).map(([status, name]) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(route.operation.refusals ?? {}).map(([status, description]) => [
      status,
      { description, content: problemContent },
    ]),
  ),
});

const toOperation = (route: Route): Part => {
  const { operation, path } = route;
  const { id, tag, summary, description } = operation;
  const parameters = [...pathParameters(path), ...queryParameters(operation)];
  const body = requestBody(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(path.startsWith('/health/') ? { security: [{}] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responses(route),
  };
};

const toPaths = (): Part => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of allRoutes()) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: toOperation(route) };
  }
  return paths;
};

const describe = (): Part => ({
  openapi: '3.0.3',
  ...about,
  tags,
  paths: toPaths(),
  components: { securitySchemes, ...sharedParts(problemContent), schemas: schemas() },
});

let described: Part | undefined;

/** Made once: it takes its tenths of a second. */
export const describeTestersApi = (): Part => (described ??= describe());

/** In YAML. */
export const writeTestersApi = (): string =>
  dump(describeTestersApi(), { noRefs: true, lineWidth: 100 });
