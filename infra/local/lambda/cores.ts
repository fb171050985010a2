import { cpus } from 'node:os';

/** Share of the cores' time below which there is nothing to spare. */
const idleShareMin = 0.1;
/** Shorter spans than this say little: the system counts in hundredths of a second. */
const sampleEveryMs = 100;

interface Times {
  readonly idleMs: number;
  readonly allMs: number;
}

/** Whether the machine's cores are busy, whoever keeps them so. */
export class Cores {
  readonly #read: () => Times;
  #last: Times;
  #sampledMs: number;
  #areBusy = false;

  constructor(read = coreTimes, nowMs = performance.now()) {
    this.#read = read;
    this.#last = read();
    this.#sampledMs = nowMs;
  }

  /** As of the last tenth of a second or so. */
  areBusy(nowMs = performance.now()): boolean {
    if (nowMs - this.#sampledMs < sampleEveryMs) return this.#areBusy;
    const times = this.#read();
    this.#areBusy = times.idleMs - this.#last.idleMs < idleShareMin * (times.allMs - this.#last.allMs);
    this.#last = times;
    this.#sampledMs = nowMs;
    return this.#areBusy;
  }
}

function coreTimes(): Times {
  const all = cpus().map(({ times }) => times);
  return {
    idleMs: all.reduce((sum, { idle }) => sum + idle, 0),
    allMs: all.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
  };
}
