// What the judge takes from Prism, and the Ajv that Prism compiles with. All of it stands here, so that the build can make one
// file of it: Prism's packages bring a hundred and fifty others.
import core from 'ajv/dist/core.js';

export { transformOas3Operations } from '@stoplight/http-spec/oas3/operation';
export {
  validateInput,
  validateOutput,
  validateSecurity,
} from '@stoplight/prism-http/dist/validator/index.js';
export { default as bodyAndParameters } from '@stoplight/prism-http/dist/validator/validators/index.js';
export { ValidationContext } from '@stoplight/prism-http/dist/validator/validators/types.js';

/** Loaded by a loader that already takes the default from a CommonJS module, it is the class itself. */
export const Ajv = 'default' in core ? core.default : core;
