// The validators that Prism compiles, caught while it compiles them: its own schemas, settings and formats, without
// the 3 µs of look-ups that Prism puts around each call.

import { isEmailAddress } from './email-address.ts';
import { isJsonObject } from './openapi-document.ts';
import { Ajv, bodyAndParameters, ValidationContext } from './prism-library.ts';
import { bundle } from './prism-operations.ts';
import type { PrismParameters, PrismRequest, PrismSchema } from './prism-operations.ts';

export type Validate = (value: unknown) => boolean;

/** What a body is made from: a JSON value as it is, or the text fields of a form, which are coerced. */
export type BodyForm = 'json' | 'form';

const { Input, Output } = ValidationContext;
const urlencoded = 'application/x-www-form-urlencoded';

/** Every validator is caught once; Prism does not compile the same schema again. */
export type Validators = {
  readonly requestBody: (schema: PrismSchema, form: BodyForm) => Validate;
  readonly responseBody: (schema: PrismSchema) => Validate;
  readonly responseHeaders: (headers: PrismParameters) => Validate;
  readonly query: (query: NonNullable<PrismRequest['query']>) => Validate;
  readonly path: (path: NonNullable<PrismRequest['path']>) => Validate;
};

export const createValidators = (): Validators => {
  const once = {
    json: createOnce(),
    form: createOnce(),
    output: createOnce(),
    other: createOnce(),
  };
  const { validateBody, validateHeaders, validatePath, validateQuery } = bodyAndParameters;
  return {
    requestBody: (schema, form) =>
      once[form](schema, () => {
        const mediaType = form === 'json' ? 'application/json' : urlencoded;
        const contents = [{ id: '', mediaType, schema, examples: [], encodings: [] }];
        validateBody(form === 'json' ? {} : '', contents, Input, mediaType, undefined, bundle);
      }),
    responseBody: (schema) =>
      once.output(schema, () => {
        const contents = [
          { id: '', mediaType: 'application/json', schema, examples: [], encodings: [] },
        ];
        validateBody({}, contents, Output, 'application/json', undefined, bundle);
      }),
    responseHeaders: (headers) =>
      once.other(headers, () => validateHeaders({}, headers, Output, bundle)),
    query: (query) => once.other(query, () => validateQuery({}, query, Input, bundle)),
    path: (path) => once.other(path, () => validatePath({}, path, Input, bundle)),
  };
};

const createOnce = (): ((key: object, run: () => void) => Validate) => {
  const kept = new WeakMap<object, Validate>();
  return (key, run) => {
    const validate = kept.get(key) ?? catchCompiled(run);
    kept.set(key, validate);
    return validate;
  };
};

/** Prism swallows what Ajv throws at a schema that it cannot compile, and then finds nothing for ever. */
const catchCompiled = (run: () => void): Validate => {
  const compile: unknown = Reflect.get(core, 'compile');
  if (typeof compile !== 'function') throw new Error('Ajv has no "compile" that could be watched.');
  const caught: unknown[] = [];
  const failures: unknown[] = [];
  const watched = function (this: unknown, ...parameters: readonly unknown[]): unknown {
    // Of each Ajv that Prism has, before it compiles anything.
    if (this instanceof Ajv) this.addFormat('email', isEmailAddress);
    try {
      const validate = withTrust(this, (): unknown => Reflect.apply(compile, this, parameters));
      caught.push(validate);
      return validate;
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  Reflect.set(core, 'compile', watched);
  try {
    run();
  } finally {
    Reflect.set(core, 'compile', compile);
  }
  const [validate] = caught;
  if (caught.length === 1 && isValidate(validate)) return validate;
  throw new Error(
    failures.length > 0
      ? `Prism cannot compile a schema, and would let everything pass: ${String(failures[0])}`
      : `Prism compiled ${caught.length} schemas where one was expected. Is the pinned version of Prism installed?`,
  );
};

/**
 * Checking a schema takes Ajv longer than compiling it, and the lint of the spec has checked ours. So does tidying what is
 * compiled, which V8 does better.
 */
const withTrust = <Result>(ajv: unknown, compile: () => Result): Result => {
  const options = isJsonObject(ajv) ? ajv['opts'] : undefined;
  if (!isJsonObject(options)) return compile();
  if (isJsonObject(options['code'])) Reflect.set(options['code'], 'optimize', 0);
  const given: unknown = Reflect.get(options, 'validateSchema');
  Reflect.set(options, 'validateSchema', false);
  try {
    return compile();
  } finally {
    Reflect.set(options, 'validateSchema', given);
  }
};

const isValidate = (value: unknown): value is Validate => typeof value === 'function';

/** What all the drafts that Prism knows inherit from. */
const core: object = Ajv.prototype;
