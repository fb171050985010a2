/**
 * The clock of the local stack: the machine's time plus a stored offset, and timers that survive the process.
 *
 * - A timer never fires before its instant, not by a millisecond, and is removed only after its handler finished: a process killed in
 *   between fires it again (at least once). A handler that throws gets its timer again with back-off, for as long as it takes.
 * - In real time, due timers fire side by side, in order of their instants; so many of one kind at once that none waits for a crowd of another,
 *   whose handlers may be slow. During `advance` time stands still at each instant until everything due at it has been handled, so effects happen in
 *   the order they would have had.
 */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import type { Closable, LocalClock, StackLog, Timer } from '../ports.ts';
import { advanceProgress, progressEveryMsDefault, type AdvanceProgress } from './advance-progress.ts';
import { sqliteTimerStore, type StoredTimer, type TimerStore } from './timer-store.ts';

export interface DurableClock extends LocalClock, Closable {
  /** Begins to fire, overdue timers first. Every kind needs its handler by then. */
  start(): Promise<void>;
  /** What fires next, at most `limit`. */
  pending(limit: number): Timer[];
  /** Fires nothing more and ends an `advance` on its way; handlers that run go on. For a stack that begins to close its rooms. */
  stop(): void;
}

export interface ClockOptions {
  /** Committed by statement; give rooms the same connection and their state commits together with their timers. */
  readonly database: DatabaseSync;
  readonly log: StackLog;
  /** Timers that one instant of an `advance` may create and fire before it is called an endless loop. */
  readonly loopFiringsMax?: number;
  /** Real time between two lines about an `advance` that takes long, in milliseconds. */
  readonly progressEveryMs?: number;
}

export const clockLimits = {
  /** Longest sleep between two looks at the machine's clock, so that a suspended or corrected machine is noticed. */
  sleepMsMax: 60 * 60 * 1_000,
  /** Handlers of one kind running side by side. */
  firingsMax: 64,
  /** Timers that are looked at in one go. */
  pageMax: 16,
  retryMsMin: 1_000,
  retryMsMax: 60 * 60 * 1_000,
  advanceMsMax: 10 * 366 * 24 * 60 * 60 * 1_000,
  /** Instants one `advance` may stop at: ten years of an hourly schedule, or two of one a minute. */
  stepsMax: 1_000_000,
  /** Steps of an `advance` that may follow each other without a turn of the event loop: others have work too, and it may be stopped. */
  stepsPerTurnMax: 64,
  loopFiringsMax: 10_000,
  /** How long `close` waits for running handlers; their timers stay and fire again at the next start. */
  closeMsMax: 10_000,
} as const;

export class EndlessTimersError extends Error {
  override readonly name = 'EndlessTimersError';
}

/** `advance` was asked of a clock that is stopped, or was on its way when it stopped. */
export class ClockStoppedError extends Error {
  override readonly name = 'ClockStoppedError';
}

export function openClock(options: ClockOptions): DurableClock {
  return new SqliteClock(options);
}

class SqliteClock implements DurableClock {
  readonly #store: TimerStore;
  readonly #log: StackLog;
  readonly #loopFiringsMax: number;
  readonly #progressEveryMs: number;
  readonly #handlers = new Map<string, (timer: Timer) => Promise<void>>();
  readonly #listeners: ((offsetMs: number) => void | Promise<void>)[] = [];
  readonly #sources: (() => number | undefined | Promise<number | undefined>)[] = [];
  readonly #running = new Map<string, Promise<void>>();
  /** How many of each kind are running. */
  readonly #crowds = new Map<string, number>();
  #offsetMs: number;
  #state: 'opened' | 'started' | 'stopped' = 'opened';
  #wake: NodeJS.Timeout | undefined;
  /** What `#wake` waits for, on the stack's time. */
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #advancing = false;
  #advances: Promise<void> = Promise.resolve();
  /** Timers with a higher sequence were made since time last moved. */
  #sequenceAtShift = 0;
  #firingsSinceShift = 0;
  #loop: EndlessTimersError | undefined;
  /** True while rooms are told of a new offset: no timer fires before all know it. */
  #shifting = false;
  /** True once `close` stopped waiting: the database may be gone, so late handlers leave their timers. */
  #abandoned = false;

  constructor({ database, log, loopFiringsMax, progressEveryMs }: ClockOptions) {
    this.#store = sqliteTimerStore(database);
    this.#log = log;
    this.#loopFiringsMax = loopFiringsMax ?? clockLimits.loopFiringsMax;
    this.#progressEveryMs = progressEveryMs ?? progressEveryMsDefault;
    this.#offsetMs = this.#store.offsetMs();
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  schedule(timer: Timer): void {
    if (!Number.isFinite(timer.dueAtMs)) throw new RangeError(`Timer ${timer.id} is due at ${timer.dueAtMs}, which is no instant.`);
    const dueAtMs = Math.ceil(timer.dueAtMs);
    this.#store.put({ ...timer, dueAtMs });
    this.#wakeAt(dueAtMs);
  }

  cancel(timerId: string): void {
    this.#store.cancel(timerId);
  }

  handle(kind: string, handler: (timer: Timer) => Promise<void>): void {
    if (this.#handlers.has(kind)) throw new Error(`Timers of kind ${kind} have a handler already.`);
    this.#handlers.set(kind, handler);
  }

  onShift(listener: (offsetMs: number) => void | Promise<void>): void {
    this.#listeners.push(listener);
  }

  onNextDue(source: () => number | undefined | Promise<number | undefined>): void {
    this.#sources.push(source);
  }

  pending(limit: number): Timer[] {
    return this.#store.next(limit).map(timerOf);
  }

  start(): Promise<void> {
    if (this.#state === 'opened') this.#state = 'started';
    this.#wakeAt(this.now());
    return Promise.resolve();
  }

  stop(): void {
    this.#state = 'stopped';
    clearTimeout(this.#wake);
  }

  async close(): Promise<void> {
    this.stop();
    const unfinished = Promise.allSettled(this.#running.values());
    await Promise.race([unfinished, pause(clockLimits.closeMsMax)]);
    this.#abandoned = true;
  }

  advance(milliseconds: number): Promise<void> {
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || milliseconds > clockLimits.advanceMsMax) {
      return Promise.reject(new RangeError(`Time advances by 0 to ${clockLimits.advanceMsMax} whole milliseconds, not ${milliseconds}.`));
    }
    if (this.#state !== 'started')
      return Promise.reject(new ClockStoppedError(`The clock is ${this.#state}: it advances only once started.`));
    const run = this.#advances.then(() => this.#advanceBy(milliseconds));
    this.#advances = run.catch(() => undefined);
    return run;
  }

  async #advanceBy(milliseconds: number): Promise<void> {
    // Handlers take real time on the way. Both ends are fixed now, so that what they take is not added to the offset.
    const endOffsetMs = this.#offsetMs + milliseconds;
    const fromMs = this.now();
    const endMs = fromMs + milliseconds;
    this.#advancing = true;
    this.#markShift();
    const way = { log: this.#log, fromMs, toMs: endMs, now: () => this.now(), everyMs: this.#progressEveryMs };
    const progress = advanceProgress(way);
    try {
      await this.#stepTo(endMs, endOffsetMs, progress);
    } finally {
      progress.end();
      this.#advancing = false;
      this.#loop = undefined;
      this.#fireDue();
    }
  }

  async #stepTo(endMs: number, endOffsetMs: number, progress: AdvanceProgress): Promise<void> {
    for (let step = 0; step < clockLimits.stepsMax; step++) {
      const nextMs = await this.#nextOnceQuiet();
      if (nextMs === undefined || nextMs > endMs) return this.#shiftTo(endOffsetMs);
      await this.#shiftTo(Math.min(endOffsetMs, nextMs - Date.now()));
      progress.step();
      if (step % clockLimits.stepsPerTurnMax === 0) await turn();
    }
    throw new EndlessTimersError(`More than ${clockLimits.stepsMax} instants on the way: advance in smaller steps.`);
  }

  /** Waits until nothing is due and nothing runs, then tells the earliest instant that something is due at. */
  async #nextOnceQuiet(): Promise<number | undefined> {
    for (;;) {
      this.#fireDue();
      while (this.#running.size > 0) await Promise.all(this.#running.values());
      if (this.#loop !== undefined) throw this.#loop;
      if (this.#state === 'stopped') throw new ClockStoppedError('The clock was stopped on the way; what it has reached is kept.');
      const elsewhere = await this.#nextElsewhere();
      // Sources may have waited for work that stored new timers, or real time has made one due.
      const stored = this.#store.next(1)[0]?.fireAtMs ?? Number.POSITIVE_INFINITY;
      if (this.#running.size > 0 || stored <= this.now()) continue;
      const next = Math.min(stored, elsewhere);
      return Number.isFinite(next) ? next : undefined;
    }
  }

  async #nextElsewhere(): Promise<number> {
    const nexts = await Promise.all(this.#sources.map(async (source) => source()));
    const now = this.now();
    return Math.min(...nexts.filter((next) => next !== undefined).filter((next) => next > now), Number.POSITIVE_INFINITY);
  }

  async #shiftTo(offsetMs: number): Promise<void> {
    if (offsetMs <= this.#offsetMs) return;
    this.#store.saveOffset(offsetMs);
    this.#offsetMs = offsetMs;
    this.#markShift();
    this.#shifting = true;
    const told = await Promise.allSettled(this.#listeners.map(async (listener) => listener(offsetMs)));
    this.#shifting = false;
    for (const outcome of told) {
      if (outcome.status === 'rejected') this.#log.warn('clock', `a room did not take the new time: ${messageOf(outcome.reason)}`);
    }
  }

  #markShift(): void {
    this.#sequenceAtShift = this.#store.lastSequence();
    this.#firingsSinceShift = 0;
  }

  /** When it may not, the end of a handler, of a shift or of the advance looks again. */
  #mayFire(): boolean {
    if (this.#state !== 'started' || this.#shifting || this.#loop !== undefined) return false;
    return !this.#advancing || this.#running.size === 0;
  }

  /** Starts the handlers of everything due now; while time is being advanced, of the earliest instant alone. */
  #fireDue(): void {
    clearTimeout(this.#wake);
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    if (!this.#mayFire()) return;
    const now = this.now();
    let instantMs: number | undefined;
    // Each page but the last one fires something, and kinds that are full are not in it: the pages come to an end.
    for (let page = this.#nextIdle(); page.length > 0; page = this.#nextIdle()) {
      for (const timer of page) {
        if (timer.fireAtMs > now) return this.#wakeAt(timer.fireAtMs);
        if (this.#advancing && timer.fireAtMs !== (instantMs ??= timer.fireAtMs)) return;
        if (!this.#isFull(timer.kind)) this.#fire(timer);
      }
    }
  }

  /** The next timers of kinds that have room, whose handlers are not running already: a timer that replaced a running one waits for it. */
  #nextIdle(): StoredTimer[] {
    const limit = clockLimits.pageMax + this.#running.size;
    const kinds = [...this.#handlers.keys()];
    const next = kinds.some((kind) => this.#isFull(kind))
      ? kinds.filter((kind) => !this.#isFull(kind)).flatMap((kind) => this.#store.nextOf(kind, limit))
      : this.#store.next(limit);
    return next
      .filter(({ id }) => !this.#running.has(id))
      .toSorted((a, b) => a.fireAtMs - b.fireAtMs || a.sequence - b.sequence)
      .slice(0, clockLimits.pageMax);
  }

  #isFull(kind: string): boolean {
    return (this.#crowds.get(kind) ?? 0) >= clockLimits.firingsMax;
  }

  #wakeAt(instantMs: number): void {
    if (instantMs >= this.#wakeAtMs || this.#state !== 'started') return;
    clearTimeout(this.#wake);
    this.#wakeAtMs = instantMs;
    const sleepMs = Math.min(Math.max(instantMs - this.now(), 0), clockLimits.sleepMsMax);
    // setTimeout may wake early: #fireDue compares again and sleeps on.
    this.#wake = setTimeout(() => this.#fireDue(), sleepMs);
  }

  #fire(timer: StoredTimer): void {
    const { id, kind } = timer;
    this.#crowds.set(kind, (this.#crowds.get(kind) ?? 0) + 1);
    const run = this.#run(timer).finally(() => {
      this.#running.delete(id);
      this.#crowds.set(kind, (this.#crowds.get(kind) ?? 1) - 1);
      // Through a timeout: timers without delay must not starve the process of its I/O.
      this.#wakeAt(this.now());
    });
    this.#running.set(id, run);
  }

  async #run(timer: StoredTimer): Promise<void> {
    // Handlers start in a later turn, so that none runs inside the call that found it due.
    await Promise.resolve();
    if (this.#isEndlessLoop(timer)) return;
    try {
      const handler = this.#handlers.get(timer.kind);
      if (handler === undefined) throw new Error(`nobody handles timers of kind ${timer.kind}`);
      await handler(timerOf(timer));
      if (!this.#abandoned) this.#store.finish(timer);
    } catch (error) {
      if (!this.#abandoned) this.#retryLater(timer, error);
    }
  }

  #retryLater(timer: StoredTimer, error: unknown): void {
    const delayMs = Math.min(clockLimits.retryMsMin * 2 ** Math.min(timer.attempts, 30), clockLimits.retryMsMax);
    this.#store.retryAt(timer, this.now() + delayMs);
    this.#log.warn('clock', `timer ${timer.id} (${timer.kind}) failed, again in ${delayMs / 1_000} s: ${messageOf(error)}`);
  }

  #isEndlessLoop(timer: StoredTimer): boolean {
    if (!this.#advancing || timer.sequence <= this.#sequenceAtShift) return false;
    if (++this.#firingsSinceShift <= this.#loopFiringsMax) return false;
    this.#loop = new EndlessTimersError(
      `More than ${this.#loopFiringsMax} timers were made and fired without time moving on, the last being ${timer.id} (${timer.kind}): ` +
        'something schedules itself again with no delay.',
    );
    return true;
  }
}

function timerOf({ id, kind, dueAtMs, payloadText }: StoredTimer): Timer {
  return { id, kind, dueAtMs, payload: JSON.parse(payloadText) as unknown };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
