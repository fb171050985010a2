import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { dynamodbLedgerStore } from '#shared/wallet/dynamodb-ledger-store.ts';
import { ledgerOn } from '#shared/wallet/ledger.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { ledgerDeps } from '#test/fakes/fake-ledger.ts';
import { modelLimits } from '#test/fakes/ledger-model.ts';
import { expectNoneInOwnWay, expectWhole, followsModel, lived, mortalStore, useOf, type Use } from '#test/fakes/ledger-simulation.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const storeIn = async () => {
  const table = await engine.table();
  return { ...dynamodbLedgerStore(table), ...dynamodbLedgerAudit(table) };
};

describe('a ledger in DynamoDB, under the same uses as the fake', () => {
  it('keeps every promise when many use it at once and their processes die anywhere', async () => {
    let postings = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(useOf, { minLength: 4, maxLength: 20 }), async (seed, uses) => {
        const [store, chance] = [await storeIn(), seededChance(seed)];
        // Some go on at once, some after what others do meanwhile.
        const step = async () => {
          for (let turn = chance.fraction() * 4; turn > 1; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
        };
        const open = (use: Use) => ledgerOn(ledgerDeps({ store: mortalStore(store, use, { step, chance }), chance, pause: undefined }));
        const ends = await Promise.all(uses.map((use) => lived(use, open)));
        postings += (await expectWhole(store, ends)).length;
        expectNoneInOwnWay(uses, ends);
      }),
      { numRuns: 60 },
    );
    expect(postings).toBeGreaterThan(60);
  });

  it('says of every step what the model says, and holds what the model holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(useOf, { minLength: 10, maxLength: 40 }), async (uses) => {
        const store = await storeIn();
        const changes = await followsModel(ledgerOn(ledgerDeps({ store, limits: modelLimits })), uses);
        expect(await expectWhole(store)).toHaveLength(changes);
      }),
      { numRuns: 20 },
    );
  });
});
