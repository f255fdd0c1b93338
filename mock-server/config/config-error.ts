// A setting that cannot be used. Its message is one line for the person who gave it.
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
