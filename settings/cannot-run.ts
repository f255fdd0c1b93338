// What was asked for is not possible: whichever command it is ends with 2 and this one line.

export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** What `make` gives; where it throws, a CannotRun with the sentence that `tell` makes of the reason. */
export const orCannotRun = <T>(make: () => T, tell: (reason: string) => string): T => {
  try {
    return make();
  } catch (error) {
    throw error instanceof CannotRun ? error : new CannotRun(tell(reasonOf(error)));
  }
};
