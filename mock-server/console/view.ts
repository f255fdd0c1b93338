// What every view of a sandbox is given, and gives back.
import type { Session } from './session.ts';
import type { Signal } from './signal.ts';

export type ViewContext = {
  readonly session: Session;
  /** What the address names below the view, a message for example; it changes while the view stays. */
  readonly item: Signal<string | null>;
  /** What the address narrows a list to, by the names of its fields. */
  readonly narrowed: URLSearchParams;
  /** Aborted when the reader leaves the view. */
  readonly signal: AbortSignal;
};

/** The content below the view's title. */
export type View = (context: ViewContext) => HTMLElement;
