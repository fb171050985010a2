import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deposit, DepositStatus } from '../../../web/deposit/src/api/contract.ts';
import { PayProblem } from '../../../web/deposit/src/api/problem.ts';
import { type Asked, nextAskMs } from '../../../web/deposit/src/payment/polling.ts';
import { type News, watchDeposit } from '../../../web/deposit/src/payment/watch-deposit.ts';

const second = 1_000;
const minute = 60 * second;
const pending: Asked = { status: 'pending', leftMs: 20 * minute, watchedMs: 0, failures: 0 };
const deadlineMs = Date.UTC(2026, 10, 21, 10, 30);

describe('how often a deposit is asked for', () => {
  it('is often at first, seldom later, and often again around the deadline', () => {
    const at = (change: Partial<Asked>): number | undefined => nextAskMs({ ...pending, ...change }, 0);
    expect(at({})).toBe(3 * second);
    expect(at({ watchedMs: 2 * minute })).toBe(6 * second);
    expect(at({ watchedMs: 15 * minute })).toBe(15 * second);
    expect(at({ watchedMs: 15 * minute, leftMs: 35 * second })).toBe(6 * second);
    expect(at({ watchedMs: 15 * minute, leftMs: 30 * second })).toBe(2 * second);
    expect(at({ leftMs: -5 * second })).toBe(2 * second);
  });

  it('ends with the deposit, some time after one that has run out, as a payment may still be on its way', () => {
    const ends: DepositStatus[] = ['paid', 'paid_late', 'cancelled', 'failed', 'reversed', 'refunded'];
    for (const status of ends) expect(nextAskMs({ ...pending, status }, 0)).toBeUndefined();
    const late = [-10 * second, -5 * minute, -10 * minute].map((leftMs) => nextAskMs({ ...pending, status: 'expired', leftMs }, 0));
    expect(late).toEqual([5 * second, 30 * second, undefined]);
  });

  it('backs off from a server in trouble, and leaves it alone for as long as it asks', () => {
    expect([1, 2, 3, 4, 5, 60].map((failures) => nextAskMs({ ...pending, failures }, 0))).toEqual(
      [2, 4, 8, 16, 30, 30].map((seconds) => seconds * second),
    );
    expect(nextAskMs({ ...pending, failures: 1, retryAfterMs: 45 * second }, 0)).toBe(45 * second);
  });

  it('is never a storm, nor together with others: at least a second, and up to a fifth more', () => {
    const asked = fc.record({
      status: fc.constantFrom<DepositStatus>('creating', 'pending', 'expired'),
      leftMs: fc.integer({ min: -20 * minute, max: 24 * 60 * minute }),
      watchedMs: fc.nat(24 * 60 * minute),
      failures: fc.nat(100),
    });
    fc.assert(
      fc.property(asked, fc.double({ min: 0, max: 0.999, noNaN: true }), (one, chance) => {
        const [least, pause] = [nextAskMs(one, 0), nextAskMs(one, chance)];
        expect(pause === undefined).toBe(least === undefined);
        expect(least ?? second).toBeGreaterThanOrEqual(second);
        expect(pause ?? second).toBeGreaterThanOrEqual(least ?? 0);
        expect(pause ?? second).toBeLessThanOrEqual((least ?? second) * 1.2 + 1);
      }),
    );
  });
});

describe('watching a deposit', () => {
  it('asks until it has ended, and tells what it hears', async () => {
    const world = watched(['pending', 'pending', 'paid']);
    await world.run(60 * second);
    expect(world.news.map(({ deposit }) => deposit?.status)).toEqual(['pending', 'pending', 'paid']);
    expect(world.askedAt).toEqual([0, 3_000, 6_000]);
  });

  it('asks nothing while nobody looks, and at once when somebody does', async () => {
    const world = watched(['pending', 'paid']);
    await world.run(second);
    world.isHidden = true;
    await world.run(10 * minute);
    expect(world.askedAt).toEqual([0]);
    world.isHidden = false;
    world.watch.wake();
    await world.run(second);
    expect(world.news.at(-1)?.deposit?.status).toBe('paid');
  });

  it('keeps what it knows while it cannot ask', async () => {
    const world = watched(['pending', new PayProblem({ kind: 'offline' }), 'paid']);
    await world.run(4 * second);
    expect(world.news.at(-1)).toMatchObject({ deposit: { status: 'pending' }, problem: { kind: 'offline' } });
    await world.run(10 * second);
    expect(world.news.at(-1)).toEqual({ deposit: expect.objectContaining({ status: 'paid' }) });
  });

  it('gives up when the link has ended', async () => {
    const world = watched([new PayProblem({ kind: 'link' })]);
    await world.run(10 * minute);
    expect(world.askedAt).toEqual([0]);
  });

  it('does not take an answer that left before the deposit was cancelled here', async () => {
    const world = watched(['pending', 'pending'], 500);
    await world.run(3_600);
    world.watch.take(deposit('cancelled'));
    await world.run(10 * minute);
    expect(world.news.map((one) => one.deposit?.status)).toEqual(['pending', 'cancelled']);
  });

  it('asks no more when nobody shows it any more', async () => {
    const world = watched(['pending', 'paid']);
    await world.run(second);
    world.watch.stop();
    await world.run(minute);
    expect(world.askedAt).toEqual([0]);
  });
});

function deposit(status: DepositStatus): Deposit {
  return { id: 'dep_1', status, expiresAt: new Date(deadlineMs).toISOString() } as Deposit;
}

/** A watch on a clock of its own: each answer takes so long, and the last one is given for ever. */
function watched(answers: readonly (DepositStatus | PayProblem)[], answerMs = 0) {
  let nowMs = 0;
  const due: { at: number; run: () => void }[] = [];
  const later = (milliseconds: number, run: () => void): (() => void) => {
    const one = { at: nowMs + milliseconds, run };
    due.push(one);
    return () => void (due.includes(one) && due.splice(due.indexOf(one), 1));
  };
  const read = async (): Promise<Deposit> => {
    const answer = answers[Math.min(world.askedAt.length, answers.length - 1)] ?? 'pending';
    world.askedAt.push(nowMs);
    await new Promise<void>((resolve) => (answerMs === 0 ? resolve() : later(answerMs, resolve)));
    if (answer instanceof PayProblem) throw answer;
    return deposit(answer);
  };
  const news: News[] = [];
  const world = { isHidden: false, askedAt: [] as number[], news, run };
  const dependencies = {
    read,
    now: () => deadlineMs - 20 * minute + nowMs,
    countMs: () => nowMs,
    later,
    isHidden: () => world.isHidden,
    chance: () => 0,
  };
  async function run(milliseconds: number): Promise<void> {
    const end = nowMs + milliseconds;
    await settled();
    for (;;) {
      const next = due.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      due.splice(due.indexOf(next), 1);
      nowMs = next.at;
      next.run();
      await settled();
    }
    nowMs = end;
  }
  return Object.assign(world, { watch: watchDeposit(dependencies, (one) => news.push(one)) });
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
