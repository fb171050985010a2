/**
 * Asking for a fresh second factor in the midst of a call. One question at a time: calls that need it meanwhile wait for the same answer.
 */
export interface StepUp {
  /** True once the factor was given, false when it was declined. */
  readonly ask: () => Promise<boolean>;
  /** Whether a question is open. */
  readonly isOpen: () => boolean;
  readonly settle: (given: boolean) => void;
  readonly watch: (listener: () => void) => () => void;
}

export function stepUp(): StepUp {
  let open: PromiseWithResolvers<boolean> | undefined;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    ask() {
      if (open === undefined) {
        open = Promise.withResolvers<boolean>();
        tell();
      }
      return open.promise;
    },
    isOpen: () => open !== undefined,
    settle(given) {
      const settled = open;
      open = undefined;
      tell();
      settled?.resolve(given);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
