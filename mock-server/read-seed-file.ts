// Reads a seed file, in YAML or JSON, and says of what is wrong in it on which line it stands.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { CannotRun } from '../settings/cannot-run.ts';
import { SandboxOptions } from './admin/plan.ts';
import { mostTold, tellIssues, type Issue } from './admin/schema/words.ts';

export type SeedFileOptions = v.InferOutput<typeof SandboxOptions>;

/** Where it stands, or what it would stand in. */
const lineOf = (document: Document, issue: Issue, lines: LineCounter): number => {
  const path = (issue.path ?? []).map(({ key }) => key);
  for (let length = path.length; length >= 0; length -= 1) {
    const found: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(found) && found.range) return lines.linePos(found.range[0]).line;
  }
  return 1;
};

const tell = (file: string, faults: readonly string[]): CannotRun => {
  const more = faults.length - mostTold;
  const told = faults.slice(0, mostTold).join(' ');
  return new CannotRun(`${file}: ${told}${more > 0 ? ` And ${more} more.` : ''}`);
};

export const parseSeedFile = (file: string, text: string): SeedFileOptions => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw tell(
      file,
      document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}.`),
    );
  }
  const { success, output, issues } = v.safeParse(SandboxOptions, document.toJS() ?? {});
  if (success) return output;
  throw tell(
    file,
    issues.map((issue) => `line ${lineOf(document, issue, lines)}: ${tellIssues([issue])}`),
  );
};

/** Node's own watch mode starts the process again when the file changes. */
const watch = (file: string): void => {
  if (process.env['WATCH_REPORT_DEPENDENCIES'] === undefined) return;
  process.send?.({ 'watch:import': [pathToFileURL(file).href] });
};

/** Throws a CannotRun that names the file, the line, and what would be right. */
export const readSeedFile = async (file: string): Promise<SeedFileOptions> => {
  watch(file);
  try {
    return parseSeedFile(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    const reason = String(error).replace(/^Error: /, '');
    throw new CannotRun(`The seed file cannot be read: ${reason}.`);
  }
};
