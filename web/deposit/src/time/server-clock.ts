/**
 * The server's time on this device. A device's own clock may be wrong by hours and may be set while one looks, so it is never asked:
 * what the server says is carried on by a clock that only counts.
 */
export interface ServerClock {
  /** Milliseconds since the epoch, by the server. Not a number until it has said its time once. */
  readonly now: () => number;
  /** Takes the time of an answer whose request left at `sentMs` of the counting clock. */
  readonly learn: (serverTime: string, sentMs: number) => void;
}

/** `countMs`: a clock that never jumps, such as `performance.now`. */
export function serverClock(countMs: () => number): ServerClock {
  let offsetMs = Number.NaN;
  return {
    now: () => countMs() + offsetMs,
    learn(serverTime, sentMs) {
      const serverMs = Date.parse(serverTime);
      // The server looked at its clock somewhere on the way: halfway is wrong by half of the round trip at most.
      if (!Number.isNaN(serverMs)) offsetMs = serverMs - (sentMs + countMs()) / 2;
    },
  };
}
