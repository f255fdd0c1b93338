// What a seed file asks for, or all that is wrong in it.
import * as v from 'valibot';
import { SandboxOptions } from './plan.ts';
import { tellIssues } from './schema/words.ts';
import type { SeedMistake, SeedText } from './seed-text.ts';

export type SeedOptions = v.InferOutput<typeof SandboxOptions>;

export const checkSeed = (
  text: SeedText,
): { readonly value: SeedOptions } | { readonly mistakes: readonly SeedMistake[] } => {
  if ('mistakes' in text) return text;
  const { success, output, issues } = v.safeParse(SandboxOptions, text.data ?? {});
  if (success) return { value: output };
  const mistakes = issues.map((issue) => ({
    line: text.lineOf((issue.path ?? []).map(({ key }) => key)),
    words: tellIssues([issue]),
  }));
  return { mistakes: mistakes.sort((one, other) => one.line - other.line) };
};
