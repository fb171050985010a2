import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { clockLimits, openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import type { StackLog, Timer } from '#infra/local/ports.ts';

const opened: DurableClock[] = [];
const warnings: string[] = [];
const log: StackLog = { info: () => undefined, warn: (_room, message) => void warnings.push(message) };

afterEach(async () => {
  for (const clock of opened.splice(0)) await clock.close();
  warnings.length = 0;
});

function clockOn(database = new DatabaseSync(':memory:'), loopFiringsMax?: number): DurableClock {
  const clock = openClock({ database, log, ...(loopFiringsMax === undefined ? {} : { loopFiringsMax }) });
  opened.push(clock);
  return clock;
}

function timer(clock: DurableClock, id: string, inMs: number): Timer {
  return { id, kind: 'test', dueAtMs: clock.now() + inMs, payload: { id } };
}

/** A clock that writes down what fires, and how late. */
async function recordingClock() {
  const clock = clockOn();
  const fired: { id: string; lateMs: number }[] = [];
  clock.handle('test', async ({ id, dueAtMs }) => void fired.push({ id, lateMs: clock.now() - dueAtMs }));
  await clock.start();
  return { clock, fired, ids: () => fired.map(({ id }) => id) };
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5_000; !condition();) {
    if (Date.now() > deadline) throw new Error('waited 5 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('timers in real time', () => {
  it('fire at their instant or after, never a millisecond before', async () => {
    const { clock, fired } = await recordingClock();
    for (let index = 0; index < 200; index++) clock.schedule(timer(clock, `t${index}`, index));
    await until(() => fired.length === 200);
    expect(Math.min(...fired.map(({ lateMs }) => lateMs))).toBeGreaterThanOrEqual(0);
  });

  it('fire side by side: a slow handler holds nobody up', async () => {
    const clock = clockOn();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const fired: string[] = [];
    clock.handle('test', async ({ id }) => {
      if (id === 'slow') await held;
      fired.push(id);
    });
    await clock.start();
    clock.schedule(timer(clock, 'slow', 0));
    clock.schedule(timer(clock, 'quick', 5));
    await until(() => fired.includes('quick'));
    expect(fired).toEqual(['quick']);
    release();
    await until(() => fired.includes('slow'));
  });

  it('do not wait for a crowd of another kind, whose handlers are slow', async () => {
    const clock = clockOn();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const fired: string[] = [];
    let crowd = 0;
    clock.handle('slow', async () => {
      crowd += 1;
      await held;
    });
    clock.handle('test', async ({ id }) => void fired.push(id));
    for (let index = 0; index < 500; index++) clock.schedule({ id: `slow${index}`, kind: 'slow', dueAtMs: clock.now(), payload: null });
    await clock.start();
    for (let index = 0; index < 200; index++) clock.schedule(timer(clock, `t${index}`, index % 20));
    await until(() => fired.length === 200);
    expect(crowd).toBe(clockLimits.firingsMax);
    release();
    await until(() => crowd === 500);
    expect(new Set(fired).size).toBe(200);
  });

  it('rounds a fraction of a millisecond up', () => {
    const clock = clockOn();
    clock.schedule({ id: 'a', kind: 'test', dueAtMs: 1_000.2, payload: null });
    expect(clock.pending(1)[0]?.dueAtMs).toBe(1_001);
  });

  it('do not fire once cancelled, and only once when replaced', async () => {
    const { clock, ids } = await recordingClock();
    clock.schedule(timer(clock, 'cancelled', 5));
    clock.schedule(timer(clock, 'replaced', 5));
    clock.schedule(timer(clock, 'replaced', 10));
    clock.cancel('cancelled');
    clock.schedule(timer(clock, 'last', 20));
    await until(() => ids().includes('last'));
    expect(ids()).toEqual(['replaced', 'last']);
  });

  it('keep what a handler schedules under its own id', async () => {
    const clock = clockOn();
    let firings = 0;
    clock.handle('test', async ({ id, dueAtMs }) => {
      if (++firings < 3) clock.schedule({ id, kind: 'test', dueAtMs: dueAtMs + 1, payload: null });
    });
    await clock.start();
    clock.schedule(timer(clock, 'again', 0));
    await until(() => clock.pending(1).length === 0);
    expect(firings).toBe(3);
  });

  it('overdue at the start, fire in order of their instants', async () => {
    const database = new DatabaseSync(':memory:');
    const before = openClock({ database, log });
    before.schedule({ id: 'second', kind: 'test', dueAtMs: 2_000, payload: 'kept' });
    before.schedule({ id: 'first', kind: 'test', dueAtMs: 1_000, payload: { deep: [1] } });
    const clock = clockOn(database);
    const fired: Timer[] = [];
    clock.handle('test', async (timer) => void fired.push(timer));
    await clock.start();
    await until(() => fired.length === 2);
    expect(fired.map(({ id, payload }) => [id, payload])).toEqual([
      ['first', { deep: [1] }],
      ['second', 'kept'],
    ]);
  });

  it('commit and roll back with the transaction they are scheduled in', async () => {
    const database = new DatabaseSync(':memory:');
    const clock = clockOn(database);
    database.exec('BEGIN');
    clock.schedule(timer(clock, 'gone', 0));
    database.exec('ROLLBACK');
    expect(clock.pending(9)).toEqual([]);
  });
});

describe('a handler that fails', () => {
  it('gets its timer again, with its own instant, until it succeeds', async () => {
    const clock = clockOn();
    const dues: number[] = [];
    clock.handle('test', async ({ dueAtMs }) => {
      dues.push(dueAtMs);
      if (dues.length < 4) throw new Error('not yet');
    });
    await clock.start();
    const due = timer(clock, 'stubborn', 60_000);
    clock.schedule(due);
    await clock.advance(5 * 60_000);
    expect(dues).toEqual([due.dueAtMs, due.dueAtMs, due.dueAtMs, due.dueAtMs]);
    expect(clock.pending(1)).toEqual([]);
    expect(warnings.map((line) => /again in (\d+) s/.exec(line)?.[1])).toEqual(['1', '2', '4']);
  });

  it('never loses it: a year of failures is retried at most hourly and still pending', async () => {
    const clock = clockOn();
    let attempts = 0;
    clock.handle('test', async () => {
      attempts++;
      throw new Error('never');
    });
    await clock.start();
    clock.schedule(timer(clock, 'doomed', 0));
    await clock.advance(30 * 24 * 3_600_000);
    expect(attempts).toBeGreaterThan(30 * 24 - 2);
    expect(attempts).toBeLessThan(30 * 24 + 20);
    expect(clock.pending(1)[0]?.id).toBe('doomed');
  });

  it('is the same as no handler at all', async () => {
    const clock = clockOn();
    await clock.start();
    clock.schedule({ ...timer(clock, 'orphan', 0), kind: 'unknown' });
    await until(() => warnings.length > 0);
    expect(warnings[0]).toContain('nobody handles timers of kind unknown');
    expect(clock.pending(1)).toHaveLength(1);
  });
});

describe('advance', () => {
  it('fires what falls due on the way, each at its own instant and after the one before was handled', async () => {
    const clock = clockOn();
    const trace: string[] = [];
    clock.handle('test', async ({ id, dueAtMs }) => {
      trace.push(`${id} +${Math.round((clock.now() - dueAtMs) / 1_000)}s`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      trace.push(`${id} done`);
    });
    await clock.start();
    const start = clock.now();
    clock.schedule(timer(clock, 'hour', 3_600_000));
    clock.schedule(timer(clock, 'minute', 60_000));
    clock.schedule(timer(clock, 'minute and a bit', 60_001));
    clock.schedule(timer(clock, 'day', 86_400_000));
    await clock.advance(2 * 3_600_000);
    expect(trace).toEqual(['minute +0s', 'minute done', 'minute and a bit +0s', 'minute and a bit done', 'hour +0s', 'hour done']);
    expect(clock.offsetMs).toBe(2 * 3_600_000);
    expect(clock.now() - start - 2 * 3_600_000).toBeLessThan(5_000);
    expect(clock.pending(9).map(({ id }) => id)).toEqual(['day']);
  });

  it('fires timers that only come to be on the way', async () => {
    const clock = clockOn();
    const fired: string[] = [];
    clock.handle('test', async ({ id, dueAtMs }) => {
      fired.push(id);
      const hour = Number(id) + 1;
      clock.schedule({ id: String(hour), kind: 'test', dueAtMs: dueAtMs + 3_600_000, payload: null });
    });
    await clock.start();
    clock.schedule(timer(clock, '1', 3_600_000));
    await clock.advance(24 * 3_600_000);
    expect(fired).toEqual(Array.from({ length: 24 }, (_, hour) => String(hour + 1)));
  });

  it('tells every room of the new time before anything fires on it', async () => {
    const clock = clockOn();
    const trace: string[] = [];
    clock.handle('test', async () => void trace.push(`fired at ${clock.offsetMs > 50_000 ? 'new' : 'old'} time`));
    clock.onShift(async (offsetMs) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      trace.push(`told ${Math.round(offsetMs / 1_000)}`);
    });
    clock.onShift(() => {
      throw new Error('a room that is down');
    });
    await clock.start();
    clock.schedule(timer(clock, 'a', 60_000));
    await clock.advance(90_000);
    expect(trace).toEqual(['told 60', 'fired at new time', 'told 90']);
    expect(warnings[0]).toContain('a room that is down');
  });

  it('stops at the deadlines other rooms keep, in order with its own timers', async () => {
    const clock = clockOn();
    const trace: string[] = [];
    let visibleAt: number | undefined = clock.now() + 30_000;
    clock.handle('test', async ({ id }) => void trace.push(id));
    clock.onNextDue(async () => visibleAt);
    clock.onShift(() => {
      if (visibleAt === undefined || clock.now() < visibleAt) return;
      trace.push('visible');
      visibleAt = undefined;
    });
    await clock.start();
    clock.schedule(timer(clock, 'after', 40_000));
    clock.schedule(timer(clock, 'before', 20_000));
    await clock.advance(60_000);
    expect(trace).toEqual(['before', 'visible', 'after']);
  });

  it('does not stand still for a room that names a deadline in the past', async () => {
    const { clock, ids } = await recordingClock();
    clock.onNextDue(() => 12);
    clock.schedule(timer(clock, 'a', 1_000));
    await clock.advance(2_000);
    expect(ids()).toEqual(['a']);
  });

  it('lets work that a room waits for schedule timers inside the window', async () => {
    const { clock, ids } = await recordingClock();
    let inFlight: Promise<void> | undefined = new Promise((resolve) => {
      setTimeout(() => {
        clock.schedule(timer(clock, 'born late', 1_000));
        inFlight = undefined;
        resolve();
      }, 30);
    });
    clock.onNextDue(async () => {
      await inFlight;
      return undefined;
    });
    await clock.advance(5_000);
    expect(ids()).toEqual(['born late']);
  });

  it('queues concurrent calls: both lengths are added', async () => {
    const { clock, ids } = await recordingClock();
    clock.schedule(timer(clock, 'at 90', 90_000));
    const first = clock.advance(60_000).then(() => ids().length);
    const second = clock.advance(60_000).then(() => ids().length);
    expect(await Promise.all([first, second])).toEqual([0, 1]);
    expect(clock.offsetMs).toBe(120_000);
  });

  it('by nothing handles what is due already', async () => {
    const { clock, ids } = await recordingClock();
    clock.schedule(timer(clock, 'now', 0));
    await clock.advance(0);
    expect(ids()).toEqual(['now']);
    expect(clock.offsetMs).toBe(0);
  });

  it('gives up on timers that schedule themselves again without delay, and says which', async () => {
    const clock = clockOn(new DatabaseSync(':memory:'), 100);
    let firings = 0;
    let looping = true;
    clock.handle('test', async ({ id }) => {
      firings++;
      if (looping) clock.schedule({ id, kind: 'test', dueAtMs: clock.now(), payload: null });
    });
    await clock.start();
    clock.schedule(timer(clock, 'dog chasing tail', 1_000));
    await expect(clock.advance(2_000)).rejects.toThrow(/More than 100 timers .* dog chasing tail/);
    expect(firings).toBeGreaterThan(100);
    looping = false;
    await clock.advance(2_000);
    expect(clock.pending(1)).toEqual([]);
  });

  it('takes thousands of timers of one instant for what they are: no loop', async () => {
    const clock = clockOn(new DatabaseSync(':memory:'), 100);
    let firings = 0;
    clock.handle('test', async () => void firings++);
    await clock.start();
    const dueAtMs = clock.now() + 1_000;
    for (let index = 0; index < 3_000; index++) clock.schedule({ id: `t${index}`, kind: 'test', dueAtMs, payload: null });
    await clock.advance(2_000);
    expect(firings).toBe(3_000);
  });

  it.each([-1, 0.5, Number.NaN, clockLimits.advanceMsMax + 1])('refuses %d milliseconds', async (milliseconds) => {
    const { clock } = await recordingClock();
    await expect(clock.advance(milliseconds)).rejects.toThrow(RangeError);
  });

  it('is refused before the start and after the end', async () => {
    const clock = clockOn();
    await expect(clock.advance(1)).rejects.toThrow('only once started');
    await clock.start();
    await clock.close();
    await expect(clock.advance(1)).rejects.toThrow('only once started');
  });

  it('keeps its offset over a restart', async () => {
    const database = new DatabaseSync(':memory:');
    const before = clockOn(database);
    await before.start();
    await before.advance(86_400_000);
    await before.close();
    const after = clockOn(database);
    expect(after.offsetMs).toBe(86_400_000);
    expect(Math.abs(after.now() - Date.now() - 86_400_000)).toBeLessThan(5_000);
  });

  it('fires any set of timers exactly once, sorted by instant, however the way is cut', async () => {
    const plan = fc.record({
      delays: fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 25 }),
      steps: fc.array(fc.integer({ min: 0, max: 4_000_000 }), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ delays, steps }) => {
        const { clock, fired } = await recordingClock();
        for (const [index, delay] of delays.entries()) {
          clock.schedule({ id: String(index), kind: 'test', dueAtMs: clock.now() + delay * 100, payload: null });
        }
        for (const step of steps) await clock.advance(step * 100);
        await clock.advance(1_000_100_000);
        const order = fired.map(({ id }) => delays[Number(id)] ?? 0);
        expect(order).toEqual(delays.toSorted((a, b) => a - b));
        expect(fired.every(({ lateMs }) => lateMs >= 0)).toBe(true);
        await clock.close();
      }),
      { numRuns: 40 },
    );
  });
});

it('closing waits for the handler that runs, and starts no other', async () => {
  const clock = clockOn();
  const trace: string[] = [];
  clock.handle('test', async ({ id }) => {
    trace.push(`${id} began`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    trace.push(`${id} ended`);
  });
  await clock.start();
  clock.schedule(timer(clock, 'a', 0));
  clock.schedule(timer(clock, 'b', 20));
  await until(() => trace.length === 1);
  await clock.close();
  expect(trace).toEqual(['a began', 'a ended']);
  expect(clock.pending(9).map(({ id }) => id)).toEqual(['b']);
});
