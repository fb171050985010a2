import { expect, it } from 'vitest';
import { countWrites } from '#test/bench/wallet/count-writes.ts';

// A credit is six items of the ledger, the deposit, its line in the timeline and the count of open ones, each twice; and the webhook three times.
it('costs so many calls and write units to open a deposit, to credit it, to be told again and to end it, and no more', async () => {
  expect(await countWrites()).toEqual({
    opened: { calls: 5, writeUnits: 16 },
    paid: { calls: 8, writeUnits: 23 },
    toldAgain: { calls: 1, writeUnits: 1 },
    expired: { calls: 2, writeUnits: 6 },
  });
});
