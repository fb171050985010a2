/** Time as a dependency: nothing else in `shared/` asks the machine. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
