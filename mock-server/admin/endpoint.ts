// An operation of the testers' API: what it is called, what it takes and answers, and what it does. Its schemas check
// what was sent, give the types, and describe it in OpenAPI.
import type { Response } from 'express';
import type { Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import type { AnySchema } from './schema/named.ts';
import type { Takes } from './takes.ts';

export type Tag =
  | 'sandboxes'
  | 'time and delivery'
  | 'contents'
  | 'messages'
  | 'faults'
  | 'traffic'
  | 'identity'
  | 'process';

type AnsweredHeader = {
  readonly description: string;
  readonly pattern: string;
  readonly example: string;
};

export type DescribedAnswer = {
  readonly description: string;
  /** None for an answer without a body. */
  readonly schema?: AnySchema;
  /** JSON if absent. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, AnsweredHeader>>;
};

/** Of a file that is saved. */
export const attachment = {
  'Content-Disposition': {
    description: 'Under which name to save the file.',
    pattern: '^attachment; filename="[^"]+"$',
    example: 'attachment; filename="alice.world.json"',
  },
} as const;

type Words = {
  /** Its `operationId`. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  /** Beside those that every operation of its kind has, and in their stead. */
  readonly refusals?: Readonly<Record<number, string>>;
};

export type Described = Words & Omit<Takes<unknown>, 'read'>;

export type Endpoint<Context> = Described & {
  /**
   * Reads what is asked, and waits where that is asked; both take their time. It gives the answer, or what answers, which
   * may have to do so again.
   */
  readonly read: (
    context: AdminContext,
    request: AdminRequest,
  ) => Promise<Reply | ((context: Context) => Reply | Promise<Reply>)>;
};

export type SandboxStream = Described & {
  /** Writes its answer itself, for as long as the client listens; `fail` is told of what goes wrong in the meantime. */
  readonly stream: (
    context: SandboxContext,
    request: AdminRequest,
    response: Response,
    fail: (error: unknown) => void,
  ) => void;
};

type Spec<Context, Value> = Words & {
  readonly takes: Takes<Value>;
  /** Waits for what others do. What it gives is answered at once, and undefined goes on. */
  readonly before?: (
    context: AdminContext,
    asked: Value,
    request: AdminRequest,
  ) => Promise<Reply | undefined>;
  readonly handle: (
    context: Context,
    asked: Value,
    request: AdminRequest,
  ) => Reply | Promise<Reply>;
};

const define =
  <Context extends AdminContext>() =>
  <Value>({ takes, before, handle, ...words }: Spec<Context, Value>): Endpoint<Context> => {
    const { read, ...described } = takes;
    return {
      ...words,
      ...described,
      read: async (server, request) => {
        const asked = await read(server, request);
        if ('refused' in asked) return () => asked.refused;
        const refused = await before?.(server, asked.value, request);
        return refused ?? ((context) => handle(context, asked.value, request));
      },
    };
  };

/** Of the server as a whole. */
export const serverEndpoint = define<AdminContext>();

/** Of one sandbox. */
export const sandboxEndpoint = define<SandboxContext>();
