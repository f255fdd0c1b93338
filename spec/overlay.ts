// Applies OpenAPI Overlays 1.0 to a document. Of JSONPath it knows names, lists of names, and the wildcard: more than the
// overlays here need would hide what they change.
import { isJsonObject, type JsonObject } from './openapi-document.ts';

type Step = readonly string[] | '*';

const step = /\.([\w-]+)|\[\*\]|\[((?:'[^']*'(?:,\s*)?)+)\]/y;

const toSteps = (target: string): readonly Step[] => {
  const steps: Step[] = [];
  step.lastIndex = 1;
  while (target.startsWith('$') && step.lastIndex < target.length) {
    const found = step.exec(target);
    if (found === null) break;
    const [, name, names] = found;
    if (name !== undefined) steps.push([name]);
    else
      steps.push(
        names === undefined ? '*' : [...names.matchAll(/'([^']*)'/g)].map(([, it = '']) => it),
      );
    if (step.lastIndex === target.length) return steps;
  }
  throw new Error(
    `The overlay's target "${target}" is none that is understood, such as $.paths['/a/'].get or $.a[*].b.`,
  );
};

const merge = (target: unknown, update: unknown): unknown => {
  if (Array.isArray(target)) {
    return target.concat(update);
  }
  if (!isJsonObject(target) || !isJsonObject(update)) return update;
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(update)) {
    merged[name] = name in target ? merge(target[name], value) : value;
  }
  return merged;
};

type Change = (node: unknown) => unknown;

/** Makes a changed copy; `undefined` takes a node away. `count` says how many were changed. */
const changeAt = (
  node: unknown,
  steps: readonly Step[],
  change: Change,
): { node: unknown; count: number } => {
  const [first, ...rest] = steps;
  if (first === undefined) return { node: change(node), count: 1 };
  if (!isJsonObject(node) && !Array.isArray(node)) return { node, count: 0 };
  let count = 0;
  const entries = Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (first !== '*' && !first.includes(name)) return [[name, value] as const];
    const changed = changeAt(value, rest, change);
    count += changed.count;
    return changed.node === undefined ? [] : [[name, changed.node] as const];
  });
  if (Array.isArray(node)) return { node: entries.map(([, value]) => value), count };
  return { node: Object.fromEntries(entries), count };
};

/** Throws an Error for an overlay that is none, or an action that meets nothing. */
export const applyOverlay = (document: JsonObject, overlay: JsonObject): JsonObject => {
  const { actions } = overlay;
  if (!Array.isArray(actions)) throw new Error('An overlay has a list of `actions`.');
  let result: unknown = document;
  for (const action of actions) {
    const { target, update, remove }: JsonObject = isJsonObject(action) ? action : {};
    if (typeof target !== 'string') throw new Error('An action of an overlay has a `target`.');
    const change: Change = (node) => (remove === true ? undefined : merge(node, update));
    const { node, count } = changeAt(result, toSteps(target), change);
    if (count === 0)
      throw new Error(`The overlay's target "${target}" is nowhere in the document.`);
    result = node;
  }
  return isJsonObject(result) ? result : document;
};
