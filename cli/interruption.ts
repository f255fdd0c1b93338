// SIGINT and SIGTERM while something has still to be tidied up: the first is passed on as a signal, the second ends it.

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
const names = ['SIGINT', 'SIGTERM'] as const;

/** The exit code of the body, or that of the interruption. */
export const whileInterruptible = async (
  body: (signal: AbortSignal) => Promise<number>,
): Promise<number> => {
  const controller = new AbortController();
  let interrupted: number | undefined;
  const listeners = names.map((name) => {
    const listener = (): void => {
      if (interrupted !== undefined) process.exit(exitCodes[name]);
      interrupted = exitCodes[name];
      process.stderr.write('Stopping, and removing what this run has made…\n');
      controller.abort();
    };
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  try {
    const code = await body(controller.signal);
    return interrupted ?? code;
  } catch (error) {
    if (interrupted === undefined) throw error;
    return interrupted;
  } finally {
    for (const remove of listeners) remove();
  }
};
