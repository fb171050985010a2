import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';

const minuteMs = 60_000;
const opened: DurableClock[] = [];
const lines: string[] = [];

afterEach(async () => {
  for (const clock of opened.splice(0)) await clock.close();
  lines.length = 0;
});

/** A clock with a schedule a minute, each of which does some work. */
async function clockWithMinutes(work: () => Promise<unknown>, progressEveryMs: number): Promise<DurableClock> {
  const log = { info: (room: string, message: string) => void lines.push(`${room}: ${message}`), warn: () => undefined };
  const clock = openClock({ database: new DatabaseSync(':memory:'), log, progressEveryMs });
  opened.push(clock);
  clock.handle('minute', async (timer) => {
    await work();
    clock.schedule({ ...timer, dueAtMs: timer.dueAtMs + minuteMs });
  });
  await clock.start();
  clock.schedule({ id: 'minute', kind: 'minute', dueAtMs: clock.now() + minuteMs, payload: null });
  return clock;
}

describe('an advance that takes long', () => {
  it('says from time to time how far it has got, and at last how long it took', async () => {
    const clock = await clockWithMinutes(() => sleep(2), 20);
    await clock.advance(60 * minuteMs);
    const shares = lines.slice(0, -1).map((line) => Number(/^clock: (\d+) % of PT1H: .*Z is reached, \d+ instants/.exec(line)?.[1]));
    expect(shares.length).toBeGreaterThanOrEqual(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(lines.at(-1)).toMatch(/^clock: moved by PT1H after \d+ s: 60 instants$/);
    lines.length = 0;
    await sleep(50);
    expect(lines).toEqual([]);
  });

  it('says so also while a single instant takes long', async () => {
    const clock = await clockWithMinutes(() => sleep(100), 20);
    await clock.advance(minuteMs);
    expect(lines[0]).toMatch(/^clock: \d+ % of PT1M: .* 1 instant, about \d+ s to go$|^clock: 100 % of PT1M: .* 1 instant$/);
  });

  it('is silent when it is short', async () => {
    const clock = await clockWithMinutes(async () => {}, 10_000);
    await clock.advance(60 * minuteMs);
    expect(lines).toEqual([]);
  });

  it('lets others have their turn on a way without any waiting', async () => {
    const clock = await clockWithMinutes(async () => {}, 10_000);
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    await clock.advance(5_000 * minuteMs);
    clearInterval(others);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a clock that is stopped', () => {
  it('ends an advance where it is, although every handler fails from then on and wants another try', async () => {
    let isClosing = false;
    const clock = await clockWithMinutes(async () => {
      if (isClosing) throw new Error('the room is closed');
    }, 10_000);
    const advance = clock.advance(3_600 * 24 * 365 * 1_000);
    await sleep(20);
    isClosing = true;
    clock.stop();
    await expect(advance).rejects.toThrow('stopped on the way');
    const reachedMs = clock.offsetMs;
    expect(reachedMs).toBeGreaterThan(0);
    await sleep(20);
    expect(clock.offsetMs).toBe(reachedMs);
    expect(clock.pending(1)).toMatchObject([{ id: 'minute' }]);
  });
});
