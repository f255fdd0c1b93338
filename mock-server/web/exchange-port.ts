// A request, and the way out of its answer, as what answers them sees both: no socket, no library. `node-port.ts` makes
// them of Node's, `fetch-port.ts` of a fetch without a server.
import type { BodyLimits, ReadBody } from './body.ts';
import type { Reply } from './reply.ts';

export type HttpRequest = {
  /** In upper case. */
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> & {
    readonly accept?: string | undefined;
    readonly authorization?: string | undefined;
  };
  /** Scheme and authority under which the client reached us, without a slash at the end. */
  readonly base: string;
  /** Whether a body comes with it, as far as the headers say. */
  readonly hasBody: boolean;
  readonly readBody: (limits: BodyLimits) => Promise<ReadBody>;
};

/** The way out of one answer. */
export type Wire = {
  /** The answer to a HEAD: its body stays here. */
  readonly isHead: boolean;
  readonly hasBegun: () => boolean;
  readonly hasEnded: () => boolean;
  /** The answer is out, or the client has gone. */
  readonly isClosed: () => boolean;
  readonly onClose: (listener: () => void) => void;
  /** A whole answer; nothing where another one has begun. */
  readonly write: (reply: Reply) => void;
  /** The head of an answer, whose body `push` and `end` bring. */
  readonly begin: (reply: Reply) => void;
  /** Resolves when it has left this process, or never will. */
  readonly push: (piece: Buffer) => Promise<void>;
  readonly end: () => void;
  /** The client sees its connection reset, whatever else was asked on it. */
  readonly cut: () => void;
};

export type Serve = (request: HttpRequest, wire: Wire) => Promise<void>;
