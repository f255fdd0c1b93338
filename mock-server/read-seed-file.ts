// Reads a seed file for a start.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CannotRun } from '../settings/cannot-run.ts';
import { checkSeed, type SeedOptions } from './admin/check-seed.ts';
import { tellMistakes } from './admin/seed-text.ts';
import { parseSeed } from './parse-seed.ts';

/** Node's own watch mode starts the process again when the file changes. */
const watch = (file: string): void => {
  if (process.env['WATCH_REPORT_DEPENDENCIES'] === undefined) return;
  process.send?.({ 'watch:import': [pathToFileURL(file).href] });
};

/** Throws a CannotRun that names the file, the lines, and what would be right. */
export const readSeedFile = async (file: string): Promise<SeedOptions> => {
  watch(file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = String(error).replace(/^Error: /, '');
    throw new CannotRun(`The seed file cannot be read: ${reason}.`);
  }
  const parsed = checkSeed(parseSeed(text));
  if ('value' in parsed) return parsed.value;
  const { mistakes } = parsed;
  const told = tellMistakes(mistakes);
  throw new CannotRun(
    mistakes.length === 1
      ? `${file}, ${told}`
      : `${file} has ${mistakes.length} mistakes:\n${told.replaceAll(/^/gm, '  ')}`,
  );
};
