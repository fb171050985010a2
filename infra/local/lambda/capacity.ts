import { Cores } from './cores.ts';

/** What all functions of the stack share: events at once, environments at once, environments that start at once. */
export class Capacity {
  readonly cores: Pick<Cores, 'areBusy'>;
  /** Environments of one function that share busy cores. */
  readonly crewMax: number;
  readonly #concurrencyMax: number;
  readonly #environmentsMax: number;
  readonly #startsMax: number;
  readonly #owners: IdleOwner[] = [];
  readonly #waitingToStart: (() => void)[] = [];
  #running = 0;
  #starting = 0;

  constructor({ concurrencyMax, environmentsMax, startsMax, crewMax }: CapacityLimits, cores: Pick<Cores, 'areBusy'> = new Cores()) {
    this.cores = cores;
    this.crewMax = crewMax;
    this.#concurrencyMax = concurrencyMax;
    this.#environmentsMax = environmentsMax;
    this.#startsMax = startsMax;
  }

  /** Takes part in making room: its idle environments may go when others need theirs. */
  join(owner: IdleOwner): void {
    this.#owners.push(owner);
  }

  tryEnter(): boolean {
    if (this.#running >= this.#concurrencyMax) return false;
    this.#running++;
    return true;
  }

  leave(): void {
    this.#running--;
  }

  /** Runs `start` when it is its turn, first come first served. */
  async inTurn(start: () => Promise<void>): Promise<void> {
    if (this.#starting >= this.#startsMax) await new Promise<void>((resolve) => this.#waitingToStart.push(resolve));
    else this.#starting++;
    try {
      await start();
    } finally {
      const next = this.#waitingToStart.shift();
      if (next) next();
      else this.#starting--;
    }
  }

  /** Ends idle environments of any function until one more fits. Answers false when it does not, because all of them are at work. */
  makeRoom(): boolean {
    let count = this.#owners.reduce((sum, owner) => sum + owner.environmentCount, 0);
    for (; count >= this.#environmentsMax; count--) {
      const [longestIdle] = this.#owners
        .filter((owner) => owner.idleSinceMs !== undefined)
        .toSorted((a, b) => a.idleSinceMs! - b.idleSinceMs!);
      if (!longestIdle) return false;
      longestIdle.endLongestIdle();
    }
    return true;
  }
}

export interface CapacityLimits {
  readonly concurrencyMax: number;
  readonly environmentsMax: number;
  readonly startsMax: number;
  readonly crewMax: number;
}

export interface IdleOwner {
  readonly environmentCount: number;
  /** When its longest idle environment came free, on `performance`'s clock; undefined when none is idle. */
  readonly idleSinceMs: number | undefined;
  endLongestIdle(): void;
}
