// A tool of the Model Context Protocol: what it takes, and the requests that it comes to.
import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema';
import type * as v from 'valibot';

/** How a tool asks: a path from the root on. */
export type Ask = (path: string, asked: ToolCall) => Promise<Response>;

export type ToolCall = {
  readonly method: string;
  readonly authorization?: string;
  readonly body?: unknown;
};

export type Given = Readonly<Record<string, unknown>>;

export type InputSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
};

export type Tool = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: InputSchema;
  /** Whether it leaves everything as it is. */
  readonly isReadOnly: boolean;
  /** What it gives is the answer of the last request that it made. */
  readonly use: (ask: Ask, given: Given) => Promise<Response>;
};

const conversion: ConversionConfig = {
  typeMode: 'input',
  ignoreActions: ['check', 'raw_check', 'transform', 'metadata'],
};

/** Without the line that names the dialect, which counts at the root alone. */
export const schemaOf = (schema: v.GenericSchema): object => {
  const { $schema: _, ...rest } = toJsonSchema(schema, conversion);
  return rest;
};

export const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
