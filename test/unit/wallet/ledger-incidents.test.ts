/**
 * What went wrong elsewhere, by the name of the report. None of it may happen here.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerStore, LedgerAudit } from '#shared/wallet/ports.ts';
import { holding, posting } from '#shared/wallet/posting.ts';
import { fakeLedger, LedgerRace, type FakeWrites } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import { budi, depositOf, holdOn, releaseOf, reversalOf, sari, transferOf, withdrawalOf } from '#test/fakes/ledger-samples.ts';
import { expectWhole } from '#test/fakes/ledger-simulation.ts';
import type { JoinedLedger } from '#shared/wallet/ports.ts';

let store: LedgerStore & LedgerAudit & ReturnType<typeof fakeLedgerStore>;
let ledger: JoinedLedger<FakeWrites>;
beforeEach(() => {
  store = fakeLedgerStore();
  ledger = fakeLedger({ store });
});

const states = (outcomes: readonly { state: string }[]) => outcomes.map(({ state }) => state).toSorted();

describe('incidents of other ledgers', () => {
  it('Blnk #181, over-hold: of six holds of 1,000 on 5,000 the sixth is refused, also when all come at once', async () => {
    await ledger.post(depositOf(sari, 5_000));
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, index) => ledger.hold(holdOn(sari, 1_000, `wd_${index}`))));
    expect(states(outcomes)).toEqual(['refused', 'written', 'written', 'written', 'written', 'written']);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 5_000, held: 5_000, available: 0 });
    expect(await ledger.post(transferOf(sari, budi, { amountRupiah: 1 }))).toMatchObject({ refusal: { reason: 'insufficient' } });
    await expectWhole(store);
  });

  it('Blnk #182, rejected hold applied: a refused hold holds nothing and cannot be settled or released later', async () => {
    await ledger.post(depositOf(sari, 5_000));
    expect(await ledger.hold(holdOn(sari, 5_001))).toMatchObject({ state: 'refused', refusal: { reason: 'insufficient' } });
    const unknown = { state: 'refused', refusal: { reason: 'hold-unknown', holdId: 'wd_1' } };
    expect(await ledger.settleHold(withdrawalOf(sari, 5_001))).toEqual(unknown);
    expect(await ledger.releaseHold(releaseOf(sari))).toEqual(unknown);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 5_000, held: 0, available: 5_000 });
    expect(await expectWhole(store)).toHaveLength(1);
  });

  it('Blnk #182, rejected hold applied: a hold that was released is not taken by a settlement that comes after', async () => {
    await ledger.post(depositOf(sari, 5_000));
    await ledger.hold(holdOn(sari, 5_000));
    await ledger.releaseHold(releaseOf(sari));
    expect(await ledger.settleHold(withdrawalOf(sari, 5_000))).toMatchObject({ refusal: { reason: 'hold-released' } });
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 5_000, available: 5_000 });
    await expectWhole(store);
  });

  it('Midaz #1519, double commit: a hold that is settled many times at once is taken once', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.hold(holdOn(sari, 60_000));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => ledger.settleHold(withdrawalOf(sari, 60_000))));
    expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'repeated')).toHaveLength(7);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 40_000, held: 0 });
    await expectWhole(store);
  });

  it('Midaz #1519, double commit: two that settle, and one that releases, under ids of their own, do it once together', async () => {
    await ledger.post(depositOf(sari, 200_000));
    await ledger.hold(holdOn(sari, 60_000));
    const settle = (id: string) => {
      const { claim: _, ...request } = withdrawalOf(sari, 60_000);
      return ledger.settleHold({ ...request, id });
    };
    const outcomes = await Promise.all([settle('a'), settle('b'), ledger.releaseHold(releaseOf(sari))]);
    expect(states(outcomes)).toEqual(['refused', 'refused', 'written']);
    await expectWhole(store);
  });

  it('Lago #3618, settled twice: a payment that is told twice credits once, also under another id', async () => {
    const outcomes = await Promise.all([
      ledger.post(depositOf(sari, 150_000)),
      ledger.post(depositOf(sari, 150_000)),
      ledger.post({ ...depositOf(sari, 150_000), id: 'deposit:from-the-sweeper' }),
    ]);
    expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 150_000 });
    await expectWhole(store);
  });

  it('Lago #3618, settled twice: the state of a deposit and its posting are one transaction, whoever comes second changes neither', async () => {
    let state = 'pending';
    const settle = (id: string) =>
      ledger.within(posting(depositOf(sari, 150_000, id)), async (commit) => {
        if (state !== 'pending') return 'paid before';
        if (!commit()) throw new LedgerRace();
        state = 'paid';
        return 'paid';
      });
    const outcomes = await Promise.all([settle('dep_1'), settle('dep_2'), settle('dep_1')]);
    expect(outcomes.filter((outcome) => outcome.state === 'written' && outcome.answer === 'paid')).toHaveLength(1);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 150_000 });
    await expectWhole(store);
  });

  it('Formance wallets #109, keyless hold: a hold that is asked for again is the same hold, and one of another amount a fault', async () => {
    await ledger.post(depositOf(sari, 100_000));
    const [first, second] = [await ledger.hold(holdOn(sari, 30_000)), await ledger.hold(holdOn(sari, 30_000))];
    expect(second).toEqual({ ...first, state: 'repeated' });
    expect(await ledger.balanceOf(sari)).toMatchObject({ held: 30_000 });
    await expect(ledger.hold(holdOn(sari, 30_001))).rejects.toMatchObject({ code: 'ledger.id-taken' });
    await expect(ledger.hold(holdOn(budi, 30_000))).rejects.toMatchObject({ code: 'ledger.id-taken' });
    await ledger.releaseHold(releaseOf(sari));
    // The answer stays the first one for ever; a late retry does not hold anew.
    expect(await ledger.hold(holdOn(sari, 30_000))).toEqual({ ...first, state: 'repeated' });
    expect(await ledger.balanceOf(sari)).toMatchObject({ held: 0 });
    await expectWhole(store);
  });

  it('Midaz #1975, reversal: a payment is taken back once, whatever the member still has', async () => {
    await ledger.post(depositOf(sari, 100_000));
    await ledger.post(transferOf(sari, budi, { amountRupiah: 90_000 }));
    const outcomes = await Promise.all([
      ledger.post(reversalOf(sari, 100_000)),
      ledger.post(reversalOf(sari, 100_000)),
      ledger.post({ ...reversalOf(sari, 100_000), id: 'reversal:again' }),
    ]);
    expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: -90_000, available: -90_000 });
    await expectWhole(store);
  });

  it('of our own: nobody is refused for what their own other attempt has done meanwhile', async () => {
    await ledger.post(depositOf(sari, 10_000));
    const request = transferOf(sari, budi, { amountRupiah: 10_000 });
    let isFirst = true;
    const slow: typeof store = {
      ...store,
      // The record is read, the other attempt goes through, and the accounts are read.
      async find(change) {
        const early = await store.find(change);
        if (!isFirst) return early;
        isFirst = false;
        await ledger.post(request);
        return { ...(await store.find(change)), record: early.record };
      },
    };
    expect(await fakeLedger({ store: slow }).post(request)).toMatchObject({ state: 'repeated' });
    await expectWhole(store);
  });

  it('of our own: what was prepared on an old state commits nothing', async () => {
    await ledger.post(depositOf(sari, 10_000));
    const prepared = await ledger.prepare(holding(holdOn(sari, 10_000)));
    await ledger.post(transferOf(sari, budi, { amountRupiah: 1 }));
    expect(prepared.state === 'ready' && prepared.writes()).toBe(false);
    expect(await ledger.balanceOf(sari)).toMatchObject({ posted: 9_999, held: 0 });
    await expectWhole(store);
  });
});
