// The JSON schema of seed files, by which editors check and complete them.
import { toJsonSchema } from '@valibot/to-json-schema';
import { ignoredActions, type Part } from './describe-schema.ts';
import { SandboxOptions } from './plan.ts';
import { namedSchemas } from './schema/named.ts';

const refersTo = /#\/\$defs\/(\w+)/g;

const namesIn = (part: unknown): readonly string[] =>
  [...JSON.stringify(part).matchAll(refersTo)].map(([, name = '']) => name);

/** Those that `part` refers to, and those that they refer to. */
const reachedFrom = (part: unknown, all: Part): Part => {
  const reached = new Map<string, unknown>();
  const waiting = [...namesIn(part)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.set(name, all[name]);
    waiting.push(...namesIn(all[name]));
  }
  return Object.fromEntries([...reached].sort());
};

export const describeSeedFile = (): Part => {
  const { $defs = {}, ...whole } = toJsonSchema(SandboxOptions, {
    target: 'draft-07',
    typeMode: 'input',
    definitions: namedSchemas(),
    ignoreActions: ignoredActions,
  });
  return { ...whole, title: 'Seed file of invitations-mock', $defs: reachedFrom(whole, $defs) };
};

export const writeSeedSchema = (): string => `${JSON.stringify(describeSeedFile(), null, 2)}\n`;
