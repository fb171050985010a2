import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOn } from '#shared/wallet/ledger.ts';
import { ledgerDeps } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import { modelLimits } from '#test/fakes/ledger-model.ts';
import { expectWhole, followsModel, useOf } from '#test/fakes/ledger-simulation.ts';

describe('a ledger that is used step by step', () => {
  it('says of every step what the model says, and holds what the model holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(useOf, { minLength: 1, maxLength: 40 }), async (uses) => {
        const store = fakeLedgerStore();
        const changes = await followsModel(ledgerOn(ledgerDeps({ store, limits: modelLimits })), uses);
        expect(await expectWhole(store)).toHaveLength(changes);
      }),
      { numRuns: 1_000 },
    );
  });
});
