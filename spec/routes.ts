// Which path of the contract a request's target is. Prism's own router sorts all operations at every request.

import type { Operation } from './operation.ts';

export type Path = {
  readonly template: string;
  readonly before: string;
  /** Absent in a path without a parameter. */
  readonly after: string | undefined;
  /** By method, in upper case. */
  readonly operations: ReadonlyMap<string, Operation>;
};

export type Route = {
  readonly path: Path;
  /** The path as it stood on the request line, without the query. */
  readonly pathname: string;
  readonly query: string;
  /** The path's parameter, not decoded. */
  readonly parameter: string;
};

export type Routes = {
  readonly find: (target: string) => Route | undefined;
  readonly paths: readonly Path[];
};

export function createRoutes(operations: readonly Operation[]): Routes {
  const templates = [...new Set(operations.map(({ path }) => path))];
  const paths = templates.map((template) =>
    toPath(
      template,
      operations.filter(({ path }) => path === template),
    ),
  );
  const fixed = new Map(
    paths.filter(({ after }) => after === undefined).map((path) => [path.before, path]),
  );
  const open = paths.filter(({ after }) => after !== undefined);
  return { paths, find: (target) => find(fixed, open, target) };
}

function toPath(template: string, operations: readonly Operation[]): Path {
  const [before = '', after, ...more] = template.split(/\{[^{}]*\}/);
  if (more.length > 0) {
    throw new Error(
      `The contract's path "${template}" has several parameters; spec/routes.ts knows paths with one. Extend it.`,
    );
  }
  return {
    template,
    before,
    after,
    operations: new Map(operations.map((operation) => [operation.method, operation])),
  };
}

function find(
  fixed: ReadonlyMap<string, Path>,
  open: readonly Path[],
  target: string,
): Route | undefined {
  const mark = target.indexOf('?');
  const pathname = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const exact = fixed.get(pathname);
  if (exact !== undefined) return { path: exact, pathname, query, parameter: '' };
  for (const path of open) {
    const { before, after = '' } = path;
    if (!pathname.startsWith(before) || !pathname.endsWith(after)) continue;
    const end = pathname.length - after.length;
    const slash = pathname.indexOf('/', before.length);
    if (end <= before.length || (slash !== -1 && slash < end)) continue;
    return { path, pathname, query, parameter: pathname.slice(before.length, end) };
  }
  return undefined;
}
