import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { networkOf } from '#shared/platform/rate-limit/network-of.ts';
import { hasRoom, verdictOf, type RateRule } from '#shared/platform/rate-limit/rate-rule.ts';
import { withinRateLimits } from '#shared/platform/rate-limit/within-rate-limits.ts';

const perAddress: RateRule = { name: 'sign-in-address', limit: 3, windowSeconds: 60 };
const perAccount: RateRule = { name: 'sign-in-account', limit: 2, windowSeconds: 600 };

describe('a limit', () => {
  const world = () => {
    const clock = fakeClock(Date.UTC(2026, 10, 21, 12));
    const limits = fakeRateLimits(clock);
    const ask = (address: string, account: string) =>
      withinRateLimits(limits, [
        { rule: perAddress, key: address },
        { rule: perAccount, key: account },
      ]);
    return { clock, ask };
  };

  it('tells what is left of each rule', async () => {
    const { ask } = world();
    expect(await ask('192.0.2.1', 'sari')).toEqual({
      'ratelimit-policy': '"sign-in-address";q=3;w=60, "sign-in-account";q=2;w=600',
      ratelimit: '"sign-in-address";r=2;t=120, "sign-in-account";r=1;t=1200',
    });
  });

  it('refuses with the longest wait of the rules that are spent, and says it in the headers', async () => {
    const { ask, clock } = world();
    for (let hit = 0; hit < 2; hit += 1) await ask('192.0.2.1', 'sari');
    clock.advance(1_000);
    await expect(ask('192.0.2.1', 'sari')).rejects.toMatchObject({
      code: 'request.rate-limited',
      retryAfterSeconds: 600,
      headers: { ratelimit: '"sign-in-address";r=0;t=119, "sign-in-account";r=0;t=1199' },
    });
    await expect(ask('192.0.2.1', 'budi')).rejects.toMatchObject({ retryAfterSeconds: 60 });
    await expect(ask('192.0.2.2', 'budi')).resolves.toBeDefined();
  });

  it('is open after the wait it says, and closed a moment before, whatever came earlier', () => {
    const count = fc.integer({ min: 0, max: 20 });
    const given = fc.record({
      limit: fc.integer({ min: 1, max: 20 }),
      current: count,
      previous: count,
      elapsedMs: fc.integer({ min: 0, max: 59_999 }),
    });
    fc.assert(
      fc.property(given, ({ limit, current, previous, elapsedMs }) => {
        const rule: RateRule = { name: 'r', limit, windowSeconds: 60 };
        const counts = { current: Math.min(current, limit), previous: Math.min(previous, limit) };
        const nowMs = 60_000_000 + elapsedMs;
        fc.pre(!hasRoom(rule, counts, nowMs));
        const { retryAfterSeconds } = verdictOf(rule, counts, { isAllowed: false, nowMs });
        const roomAfter = (milliseconds: number) => {
          const isNext = nowMs + milliseconds >= 60_060_000;
          return hasRoom(rule, isNext ? { current: 0, previous: counts.current } : counts, nowMs + milliseconds);
        };
        expect(roomAfter(retryAfterSeconds * 1_000)).toBe(true);
        // Whole seconds, and none too many.
        expect(retryAfterSeconds === 1 || !roomAfter(retryAfterSeconds * 1_000 - 1_001)).toBe(true);
      }),
    );
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['nonsense', 'nonsense'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
