/**
 * When a function gets another environment although the cores are busy.
 *
 * Loading one is half a second of work that is taken from those that work already, and its code starts cold. On busy cores it pays while events wait
 * for longer than it takes, up to a crew that keeps the cores at work while some of it waits for answers. Beyond that it helps only when nothing
 * moves: those at work may wait for each other.
 */

/** When nothing came free for this long, and for several times what an event takes, those at work wait themselves. */
const stallMsMin = 500;
const stallEvents = 4;
/** How many times what loading takes events must have to wait for it. */
const loadingsWorthAStart = 2;
/** How much the latest observation counts. */
const newShare = 0.2;

export interface Demand {
  readonly waiting: number;
  /** Those that start are among them. */
  readonly environments: number;
}

/** Observes one function. Instants are of `performance`'s clock. */
export class Growth {
  readonly #crewMax: number;
  #loadingMs: number | undefined;
  #eventMs: number | undefined;
  /** When an event was last begun or ended, or a stall answered. */
  #movedMs: number;
  /** Starts that the present stall still allows. */
  #allowance = 0;

  constructor(crewMax: number, nowMs = performance.now()) {
    this.#crewMax = crewMax;
    this.#movedMs = nowMs;
  }

  loaded(durationMs: number): void {
    this.#loadingMs = mixed(this.#loadingMs, durationMs);
  }

  began(nowMs = performance.now()): void {
    this.#movedMs = nowMs;
  }

  served(durationMs: number, nowMs = performance.now()): void {
    this.#eventMs = mixed(this.#eventMs, durationMs);
    this.#movedMs = nowMs;
    this.#allowance = 0;
  }

  /** Answers true for each environment that is to be started now, and counts on it being started. */
  grants(demand: Demand, nowMs = performance.now()): boolean {
    return this.#shortensTheQueue(demand) || this.#answersAStall(demand, nowMs);
  }

  #shortensTheQueue({ waiting, environments }: Demand): boolean {
    if (environments === 0) return true;
    if (environments >= this.#crewMax || this.#eventMs === undefined || this.#loadingMs === undefined) return false;
    return (waiting * this.#eventMs) / environments > loadingsWorthAStart * this.#loadingMs;
  }

  /** Each stall doubles them, so that a hundred who wait for each other are there after seven. */
  #answersAStall({ environments }: Demand, nowMs: number): boolean {
    if (nowMs - this.#movedMs >= this.#stallMs) {
      this.#movedMs = nowMs;
      this.#allowance = environments;
    }
    if (this.#allowance === 0) return false;
    this.#allowance -= 1;
    return true;
  }

  /** Where loading takes seconds, nobody can expect events to be through in less. */
  get #stallMs(): number {
    return Math.max(stallMsMin, stallEvents * (this.#eventMs ?? 0), this.#loadingMs ?? 0);
  }
}

const mixed = (mean: number | undefined, latest: number): number => (mean === undefined ? latest : mean + newShare * (latest - mean));
