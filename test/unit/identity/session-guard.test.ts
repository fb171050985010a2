import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeSessionGuards } from '#test/fakes/fake-session-guards.ts';
import { guardSecondsMax, rememberedGuards, stands } from '#shared/identity/session-guard.ts';

const token = { subject: '1', roles: ['member'], sessionId: 'ses_1', version: 3 };

describe('a session', () => {
  it.each([
    ['at the guard’s version', { version: 3, revoked: {} }, true],
    ['issued after a raise that this reader has not seen', { version: 2, revoked: {} }, true],
    ['from before a raise', { version: 4, revoked: {} }, false],
    ['that was ended', { version: 3, revoked: { ses_1: 1 } }, false],
    ['beside one that was ended', { version: 3, revoked: { ses_2: 1 } }, true],
  ])('%s stands: %o', (_, guard, expected) => {
    expect(stands(guard, token)).toBe(expected);
  });
});

describe('remembered guards', () => {
  const world = () => {
    const clock = fakeClock();
    const guards = fakeSessionGuards(clock);
    return { clock, guards, remembered: rememberedGuards(guards, clock) };
  };

  it('are read once in their time, also when there is none', async () => {
    const { clock, guards, remembered } = world();
    await guards.open('1');
    for (let request = 0; request < 5; request += 1) {
      await remembered.read('1');
      await remembered.read('2');
      clock.advance(4_000);
    }
    expect(guards.reads).toEqual(['1', '2']);
  });

  it('show a raise within their time, which with the gateway’s half minute is less than one', async () => {
    const { clock, guards, remembered } = world();
    await guards.open('1');
    await remembered.read('1');
    await guards.raise('1');
    clock.advance(guardSecondsMax * 1_000);
    expect(await remembered.read('1')).toMatchObject({ version: 2 });
    expect(guardSecondsMax + 30).toBeLessThan(60);
  });

  it('forget the oldest subject when there are too many', async () => {
    const { guards, remembered } = world();
    for (let subject = 0; subject <= 10_000; subject += 1) await remembered.read(String(subject));
    guards.reads.length = 0;
    await remembered.read('10000');
    await remembered.read('1');
    await remembered.read('0');
    expect(guards.reads).toEqual(['0']);
  });

  it('remember no failure', async () => {
    const { clock, guards } = world();
    let isDown = true;
    const remembered = rememberedGuards({ read: (subject) => (isDown ? Promise.reject(new Error('down')) : guards.read(subject)) }, clock);
    await guards.open('1');
    await expect(remembered.read('1')).rejects.toThrow('down');
    isDown = false;
    expect(await remembered.read('1')).toMatchObject({ version: 1 });
  });
});
