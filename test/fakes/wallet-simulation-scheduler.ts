/**
 * Processes of which one goes on at a time, in an order of chance, and which may die at any call.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chance } from '#shared/platform/chance.ts';
import type { Around } from './wallet-simulation-table.ts';

/** The call at which a process dies, and whether the call is done before that. */
export interface Death {
  readonly at: number;
  readonly after: boolean;
}

export type End = { readonly state: 'done' } | { readonly state: 'died' } | { readonly state: 'failed'; readonly error: unknown };

export interface Life {
  readonly around: Around;
  /** Ends it here and now. */
  readonly die: () => Promise<never>;
}

export class Scheduler {
  private readonly chance: Chance;
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private asleep = 0;
  /** Resumptions so far. */
  steps = 0;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** Lets others go first. */
  readonly step = (): Promise<void> => {
    this.asleep = Math.max(0, this.asleep - 1);
    return new Promise((resolve) => this.waiting.push(resolve));
  };

  /**
   * For adapters that wait by the machine's clock after they have asked this chance how long: they wait for no time at all, and nobody else goes
   * on meanwhile, so that the order stays that of the seed.
   */
  readonly sleepersChance: Chance = {
    fraction: () => {
      this.asleep += 1;
      return 0;
    },
    bytes: () => {
      throw new TypeError('Sleepers need no bytes');
    },
  };

  /** Starts a process. `ended` is told once what became of it; one that died is told of, and what it waits for never comes. */
  start(body: (life: Life) => Promise<unknown>, { death, ended }: { death?: Death | undefined; ended: (end: End) => void }): void {
    let calls = 0;
    this.running += 1;
    let isOver = false;
    const over = (end: End): void => {
      if (isOver) return;
      isOver = true;
      this.running -= 1;
      ended(end);
    };
    const around: Around = async <T>(call: () => T): Promise<Awaited<T>> => {
      await this.step();
      calls += 1;
      if (isOver) return never();
      const dies = calls === death?.at;
      if (dies && !death.after) return die();
      if (!dies) return await call();
      // It is done, and nobody hears of it, also not of its failure.
      await Promise.resolve(call()).catch(() => {});
      return die();
    };
    const die = (): Promise<never> => {
      over({ state: 'died' });
      return never();
    };
    body({ around, die }).then(
      () => over({ state: 'done' }),
      (error: unknown) => over({ state: 'failed', error }),
    );
  }

  /** Resumes whoever waits until nobody does any more. `next` starts another process if it wishes: asked before each resumption. */
  async run(next: () => void = () => {}): Promise<void> {
    for (;;) {
      await this.settled();
      next();
      const [resume] = this.waiting.splice(Math.floor(this.chance.fraction() * this.waiting.length), 1);
      if (resume === undefined) {
        await this.settled();
        if (this.waiting.length === 0) break;
        continue;
      }
      this.steps += 1;
      if (this.steps > stepsMax) throw new Error(`More than ${stepsMax} steps`);
      resume();
    }
    if (this.running > 0) throw new Error(`${this.running} processes wait for something that never comes`);
  }

  /** Everybody has come to their next call, or to their end. */
  private async settled(): Promise<void> {
    do await nextTurn();
    while (this.asleep > 0);
  }
}

const stepsMax = 20_000;

const never = (): Promise<never> => new Promise(() => {});
