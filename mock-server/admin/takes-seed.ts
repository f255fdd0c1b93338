// A body that may be a seed file in YAML, whose mistakes are told with their lines.
import { isUtf8 } from 'node:buffer';
import type * as v from 'valibot';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext } from './context.ts';
import { checkSeed } from './check-seed.ts';
import type { SandboxOptions } from './plan.ts';
import { badRequest, tooLarge } from './problem.ts';
import { tellMistakes } from './seed-text.ts';
import { inBody, type Parsed, type BodySpec, type Takes } from './takes.ts';

type Options = typeof SandboxOptions;

const isYaml = ({ headers }: AdminRequest): boolean =>
  /^\s*(?:application|text)\/(?:x-)?yaml\b/i.test(String(headers['content-type'] ?? ''));

const readYaml = async (
  { bodyLimits, parseSeed }: AdminContext,
  request: AdminRequest,
): Promise<Parsed<v.InferOutput<Options>>> => {
  const bytes = await request.readBytes(bodyLimits.bytes);
  if (bytes === 'too-large') return { refused: tooLarge(bodyLimits.bytes) };
  if (!isUtf8(bytes)) return { refused: badRequest('The body is not valid UTF-8.') };
  const parsed = checkSeed(await parseSeed(bytes.toString('utf8')));
  if ('value' in parsed) return parsed;
  const told = tellMistakes(parsed.mistakes);
  return { refused: badRequest(told.replace(/^l/, 'L')) };
};

export const inSeedFile = (spec: BodySpec<Options>): Takes<v.InferOutput<Options>> => {
  const json = inBody(spec);
  return {
    body: { ...spec, takesYaml: true },
    read: (context, request) =>
      isYaml(request) ? readYaml(context, request) : json.read(context, request),
  };
};
