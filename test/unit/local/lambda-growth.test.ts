import { describe, expect, it } from 'vitest';
import { Growth } from '#infra/local/lambda/growth.ts';

/** A function that took a second to load, and whose events take 100 ms. */
function seasoned(crewMax = 4): Growth {
  const growth = new Growth(crewMax, 0);
  growth.loaded(1_000);
  growth.served(100, 0);
  return growth;
}

describe('on busy cores', () => {
  it('the first environment is always worth its start', () => {
    expect(new Growth(4, 0).grants({ waiting: 1, environments: 0 }, 1)).toBe(true);
  });

  it('another one is worth it for a queue that lasts longer than two of its loadings', () => {
    expect(seasoned().grants({ waiting: 20, environments: 1 }, 1)).toBe(false);
    expect(seasoned().grants({ waiting: 21, environments: 1 }, 1)).toBe(true);
    expect(seasoned().grants({ waiting: 21, environments: 2 }, 1)).toBe(false);
  });

  it('a crew is enough, however long the queue', () => {
    expect(seasoned().grants({ waiting: 5_000, environments: 3 }, 1)).toBe(true);
    expect(seasoned().grants({ waiting: 5_000, environments: 4 }, 1)).toBe(false);
  });

  it('a stall doubles them, and an event that ends is the end of the stall', () => {
    const growth = seasoned(1);
    const starts = (environments: number, nowMs: number): number => {
      let count = 0;
      while (growth.grants({ waiting: 100, environments: environments + count }, nowMs)) count += 1;
      return count;
    };
    expect(starts(1, 999)).toBe(0);
    expect(starts(1, 1_000)).toBe(1);
    expect(starts(2, 1_999)).toBe(0);
    expect(starts(2, 2_000)).toBe(2);
    expect(growth.grants({ waiting: 1, environments: 4 }, 3_000)).toBe(true);
    growth.served(100, 3_001);
    expect(starts(5, 3_002)).toBe(0);
  });

  it('is no stall where events take long: as long as four of them last, somebody may be expected to come free', () => {
    const growth = new Growth(1, 0);
    growth.loaded(100);
    growth.served(5_000, 0);
    expect(growth.grants({ waiting: 9, environments: 2 }, 19_999)).toBe(false);
    expect(growth.grants({ waiting: 9, environments: 2 }, 20_000)).toBe(true);
  });

  it('a function that was idle does not stall with its next event', () => {
    const growth = seasoned(1);
    growth.began(60_000);
    expect(growth.grants({ waiting: 1, environments: 1 }, 60_050)).toBe(false);
  });
});
