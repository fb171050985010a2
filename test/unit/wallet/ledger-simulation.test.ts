import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOn } from '#shared/wallet/ledger.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { ledgerDeps } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import { chanceScheduler, expectNoneInOwnWay, expectWhole, lived, mortalStore, useOf, type Use } from '#test/fakes/ledger-simulation.ts';

const interleavingsPerBatch = 750;

/** All uses at once, in an order that the seed says. */
async function simulated(seed: number, uses: readonly Use[]) {
  const chance = seededChance(seed);
  const scheduler = chanceScheduler(chance);
  const store = fakeLedgerStore();
  const { step } = scheduler;
  const pause = async (milliseconds: number) => {
    for (let waited = 0; waited < milliseconds; waited += 50) await step();
  };
  const open = (use: Use) => ledgerOn(ledgerDeps({ store: mortalStore(store, use, { step, chance }), chance, pause }));
  const ends = await scheduler.run(Promise.all(uses.map((use) => lived(use, open))));
  return { store, ends };
}

describe('a ledger that many use at once, whose processes die anywhere', () => {
  // Batches, so that each stays well within the time of a test.
  it.each([1, 2, 3, 4])(
    'keeps every promise in every order of events (batch %i)',
    async () => {
      let postings = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.array(useOf, { minLength: 2, maxLength: 14 }), async (seed, uses) => {
          const { store, ends } = await simulated(seed, uses);
          postings += (await expectWhole(store, ends)).length;
          expectNoneInOwnWay(uses, ends);
        }),
        { numRuns: interleavingsPerBatch },
      );
      // It was about something: the uses did not all come to nothing.
      expect(postings).toBeGreaterThan(interleavingsPerBatch);
    },
    120_000,
  );

  it('comes to the same whoever dies, when everything is done again until it is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(useOf, { minLength: 1, maxLength: 8 }), async (seed, uses) => {
        const deposits = uses.map((use, index): Use => ({ ...use, does: 'deposit', number: index, isRetried: true }));
        const { store, ends } = await simulated(seed, deposits);
        const records = await expectWhole(store, ends);
        expect(records).toHaveLength(deposits.length);
      }),
      { numRuns: 200 },
    );
  });
});
