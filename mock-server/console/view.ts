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

/** Fields that hold what the address says of them, and that the address is to say from then on. */
export const inAddress = (
  { session, narrowed }: ViewContext,
  fields: Readonly<Record<string, { value: string }>>,
): void => {
  const kept = Object.entries(fields).map(([name, control]) => {
    const { value: usual } = control;
    control.value = narrowed.get(name) ?? usual;
    // A choice that there is not counts for nothing.
    if (control.value === '') control.value = usual;
    return { name, control, usual };
  });
  session.narrowed.by = () =>
    Object.fromEntries(
      kept
        .filter(({ control, usual }) => control.value.trim() !== usual)
        .map(({ name, control }) => [name, control.value.trim()]),
    );
};
