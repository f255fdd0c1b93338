// Which path of the contract a request's target is. Prism's own router sorts all operations at every request.

export type Line = {
  /** In upper case. */
  readonly method: string;
  readonly path: string;
};

/** `Known` is what is known of an operation. */
export type Path<Known = unknown> = {
  readonly template: string;
  readonly before: string;
  /** What follows each parameter; empty in a path without one. */
  readonly literals: readonly string[];
  /** By method, in upper case. */
  readonly operations: ReadonlyMap<string, Known>;
};

export type Route<Known = unknown> = {
  readonly path: Path<Known>;
  /** The path as it stood on the request line, without the query. */
  readonly pathname: string;
  readonly query: string;
  /** The path's parameters in their order, not decoded. */
  readonly parameters: readonly string[];
};

export type Routes<Known = unknown> = {
  readonly find: (target: string) => Route<Known> | undefined;
  readonly paths: readonly Path<Known>[];
};

export const createRoutes = <Known extends Line>(operations: readonly Known[]): Routes<Known> => {
  const templates = [...new Set(operations.map(({ path }) => path))];
  const paths = templates.map((template) =>
    toPath(
      template,
      operations.filter(({ path }) => path === template),
    ),
  );
  const fixed = new Map(
    paths.filter(({ literals }) => literals.length === 0).map((path) => [path.before, path]),
  );
  const open = paths.filter(({ literals }) => literals.length > 0);
  return { paths, find: (target) => find(fixed, open, target) };
};

const toPath = <Known extends Line>(
  template: string,
  operations: readonly Known[],
): Path<Known> => {
  const [before = '', ...literals] = template.split(/\{[^{}]*\}/);
  // A parameter ends where a slash or the path ends; one that ends elsewhere could not be told from what follows.
  const isSplit = literals.every((literal, index) =>
    literal === '' ? index === literals.length - 1 : literal.startsWith('/'),
  );
  if (!isSplit) {
    throw new Error(
      `The contract's path "${template}" has a parameter that is no whole segment; spec/routes.ts does not know those. Extend it.`,
    );
  }
  return {
    template,
    before,
    literals,
    operations: new Map(operations.map((operation) => [operation.method, operation])),
  };
};

const find = <Known>(
  fixed: ReadonlyMap<string, Path<Known>>,
  open: readonly Path<Known>[],
  target: string,
): Route<Known> | undefined => {
  const mark = target.indexOf('?');
  const pathname = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const exact = fixed.get(pathname);
  if (exact !== undefined) return { path: exact, pathname, query, parameters: [] };
  for (const path of open) {
    const parameters = readParameters(path, pathname);
    if (parameters !== undefined) return { path, pathname, query, parameters };
  }
  return undefined;
};

const readParameters = (
  { before, literals }: Path,
  pathname: string,
): readonly string[] | undefined => {
  if (!pathname.startsWith(before)) return undefined;
  const parameters: string[] = [];
  let start = before.length;
  for (const literal of literals) {
    const slash = pathname.indexOf('/', start);
    const end = slash === -1 ? pathname.length : slash;
    if (end === start || !pathname.startsWith(literal, end)) return undefined;
    parameters.push(pathname.slice(start, end));
    start = end + literal.length;
  }
  return start === pathname.length ? parameters : undefined;
};
