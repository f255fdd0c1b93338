// Workflows and actions of GitHub, as far as their tests look at them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from './launch.suite.ts';

type Mapping = Readonly<Record<string, unknown>>;

export type Step = {
  readonly name: string;
  readonly uses: string;
  readonly run: string;
  readonly env: Mapping;
};

export const mappingIn = (value: unknown, ...names: readonly string[]): Mapping => {
  const found = names.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined,
    value,
  );
  return typeof found === 'object' && found !== null
    ? Object.fromEntries(Object.entries(found))
    : {};
};

const textIn = (value: Mapping, name: string): string => {
  const found = value[name];
  return typeof found === 'string' ? found : '';
};

export const stepsIn = (holder: Mapping): readonly Step[] =>
  Object.values(mappingIn(holder, 'steps')).map((step) => {
    const { name, uses, run } = { name: '', uses: '', run: '', ...mappingIn(step) };
    return {
      name: textIn({ name }, 'name'),
      uses: textIn({ uses }, 'uses'),
      run: textIn({ run }, 'run'),
      env: mappingIn(step, 'env'),
    };
  });

export type Document = { readonly path: string; readonly text: string; readonly content: Mapping };

export const readDocument = (path: string): Document => {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, content: mappingIn(load(text)) };
};
