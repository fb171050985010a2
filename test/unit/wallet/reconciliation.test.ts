import { describe, expect, it } from 'vitest';
import type { ReportLine } from '#shared/payments/report.ts';
import { payoutsBook } from '#shared/wallet/account.ts';
import { ledgerBookings } from '#shared/wallet/reconciliation/ledger-bookings.ts';
import type { ReconciliationRun } from '#shared/wallet/reconciliation/run.ts';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { Exception } from '#shared/wallet/reconciliation/exception.ts';
import { reconcileDay } from '#shared/wallet/reconciliation/reconcile-day.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeLedger } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import { depositOf, holdOn, sari, withdrawalOf } from '#test/fakes/ledger-samples.ts';

function reconciliationWorld() {
  const clock = fakeClock();
  const store = fakeLedgerStore();
  const ledger = fakeLedger({ store, clock });
  const exceptions = new Map<string, Exception>();
  const runs: ReconciliationRun[] = [];
  const deps = {
    clock,
    bookings: ledgerBookings({ ledger, journal: store }),
    exceptions: { raise: async (found: readonly Exception[]) => found.forEach((one) => exceptions.set(one.id, one)) },
    runs: { keep: async (run: ReconciliationRun) => void runs.push(run) },
  };
  const against = (lines: readonly ReportLine[], gateway: 'midtrans' | 'iris' = 'midtrans', day = '2026-11-21') =>
    reconcileDay(deps, { day, report: { gateway, lines: async () => [...lines] } });
  return { clock, ledger, exceptions, runs, against, deps };
}

const atMs = Date.UTC(2026, 10, 21, 11, 59);
const lineOf = (gatewayId: string, over: Partial<ReportLine> = {}): ReportLine => ({
  what: 'payment',
  gatewayId,
  reference: gatewayId.slice('tx-'.length),
  amountRupiah: 50_000,
  atMs,
  ...over,
});

describe('a report of a gateway', () => {
  it('that says what was booked raises nothing', async () => {
    const { ledger, exceptions, against } = reconciliationWorld();
    await ledger.post(depositOf(sari, 50_000, 'dep_1'));
    await ledger.post(depositOf(sari, 50_000, 'dep_2'));
    expect(await against([lineOf('tx-dep_1'), lineOf('tx-dep_2')])).toMatchObject({ lines: 2, booked: 2, findings: 0 });
    expect(exceptions.size).toBe(0);
  });

  it('is held against payouts as well', async () => {
    const { ledger, exceptions, against } = reconciliationWorld();
    await ledger.post(depositOf(sari, 500_000));
    await ledger.hold(holdOn(sari, 100_000));
    await ledger.settleHold(withdrawalOf(sari, 100_000));
    expect((await ledger.balanceOf(payoutsBook('iris'))).posted).toBe(97_500);
    const line = { what: 'payout', gatewayId: 'payout-wd_1', reference: null, amountRupiah: 97_500, atMs } as const;
    expect(await against([line], 'iris')).toMatchObject({ booked: 1, findings: 0 });
    await against([{ ...line, amountRupiah: 97_501 }], 'iris');
    expect([...exceptions.values()]).toMatchObject([{ kind: 'amount-differs', amountRupiah: 97_500, gatewayAmountRupiah: 97_501 }]);
  });

  it.each<[string, readonly ReportLine[], object]>([
    [
      'missing-here',
      [lineOf('tx-dep_1'), lineOf('tx-other')],
      { gatewayReference: 'tx-other', amountRupiah: null, gatewayAmountRupiah: 50_000 },
    ],
    ['missing-there', [], { gatewayReference: 'tx-dep_1', amountRupiah: 50_000, reference: 'dep_1' }],
    ['amount-differs', [lineOf('tx-dep_1', { amountRupiah: 49_999 })], { amountRupiah: 50_000, gatewayAmountRupiah: 49_999 }],
  ])('that differs is told as %s, once', async (kind, lines, expected) => {
    const { ledger, exceptions, against } = reconciliationWorld();
    await ledger.post(depositOf(sari, 50_000, 'dep_1'));
    await against(lines);
    await against(lines);
    expect([...exceptions.values()]).toMatchObject([{ kind, gateway: 'midtrans', state: 'open', ...expected }]);
  });

  it('that has a charge paid twice tells the second payment', async () => {
    const { ledger, exceptions, against } = reconciliationWorld();
    await ledger.post(depositOf(sari, 50_000, 'dep_1'));
    await against([lineOf('tx-second', { reference: 'dep_1', atMs: atMs + 1 }), lineOf('tx-dep_1')]);
    const kinds = [...exceptions.values()].map(({ kind, gatewayReference }) => [kind, gatewayReference]);
    expect(kinds).toEqual([
      ['missing-here', 'tx-second'],
      ['paid-twice', 'tx-second'],
    ]);
  });

  it('is counted by what fits and what does not, and names what it found', async () => {
    const { ledger, exceptions, against } = reconciliationWorld();
    for (const id of ['dep_1', 'dep_2', 'dep_3']) await ledger.post(depositOf(sari, 50_000, id));
    const lines = [
      lineOf('tx-dep_1'),
      lineOf('tx-dep_2', { amountRupiah: 1 }),
      lineOf('tx-other'),
      lineOf('tx-again', { reference: 'dep_1' }),
    ];
    const run = await against(lines);
    expect(run).toMatchObject({ state: 'compared', lines: 4, matched: 1, booked: 3, findings: 5, askedBy: null });
    expect(run.exceptionIds).toEqual([...exceptions.keys()]);
  });

  it('that cannot be had is kept as such, with whoever asked for it', async () => {
    const { runs, exceptions, deps } = reconciliationWorld();
    const report = { gateway: 'iris' as const, lines: () => Promise.reject(paymentFault('payments.gateway-unavailable')) };
    const asking = reconcileDay(deps, { day: '2026-11-21', report, askedBy: 'Fina' });
    await expect(asking).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(runs).toMatchObject([{ gateway: 'iris', state: 'failed', trouble: 'payments.gateway-unavailable', lines: 0, askedBy: 'Fina' }]);
    expect(exceptions.size).toBe(0);
  });

  it('names no more exceptions than a page shows', async () => {
    const { against } = reconciliationWorld();
    const run = await against(Array.from({ length: 60 }, (_, index) => lineOf(`tx-${index}`, { reference: null })));
    expect([run.findings, run.exceptionIds.length, run.matched]).toEqual([60, 50, 0]);
  });

  it('looks at the days of Jakarta', async () => {
    const { ledger, clock, against } = reconciliationWorld();
    clock.advance(Date.UTC(2026, 10, 21, 16, 59, 59) - clock.now());
    await ledger.post(depositOf(sari, 50_000, 'dep_1'));
    clock.advance(2_000);
    await ledger.post(depositOf(sari, 50_000, 'dep_2'));
    expect(await against([lineOf('tx-dep_1')])).toMatchObject({ booked: 1, findings: 0 });
    expect(await against([lineOf('tx-dep_1'), lineOf('tx-dep_2')], 'midtrans', '2026-11-22')).toMatchObject({ booked: 1, findings: 0 });
  });
});
