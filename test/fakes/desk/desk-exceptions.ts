/** Exceptions of reconciliation in the fake: one of each kind, and two that were resolved. */
import type * as z from 'zod';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import { exceptionKinds } from '#shared/wallet/reconciliation/exception.ts';
import { reconciliationFault } from '#shared/wallet/reconciliation/reconciliation-faults.ts';
import { type exceptionView, reconciliationRoutes } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
import { pageOf, seedMs } from './desk-seed.ts';

export type FakeException = z.input<typeof exceptionView>;

const details: Readonly<Record<FakeException['kind'], string>> = {
  'missing-here': 'The report has a payment of Rp 150000 that is booked nowhere.',
  'missing-there': 'The posting deposit:dep_… is not in the report of 2026-11-20.',
  'amount-differs': 'Booked with Rp 1000000, reported with Rp 999000.',
  'paid-twice': 'A second payment of the same charge.',
  late: 'Paid 40 minutes after the deposit had expired.',
  unclear: 'The gateway did not say what became of the payout.',
};

export function fakeExceptions(): FakeException[] {
  const open = exceptionKinds.map((kind, index) => exceptionOf(kind, index));
  const resolved = exceptionKinds.slice(0, 2).map((kind, index) => exceptionOf(kind, 10 + index));
  for (const exception of resolved) {
    const at = new Date(seedMs).toISOString();
    exception.state = 'resolved';
    exception.resolution = { staffId: 'stf_oki', name: 'Oki Operasional', at, reason: 'Sudah dicocokkan dengan laporan bank' };
  }
  return [...open, ...resolved];
}

function exceptionOf(kind: FakeException['kind'], index: number): FakeException {
  return {
    id: `exc_${String(index).padStart(20, '0')}`,
    kind,
    gateway: kind === 'unclear' ? 'iris' : 'midtrans',
    reference: kind === 'missing-here' ? null : `dep_${String(880 - index).padStart(22, '0')}`,
    gatewayReference: `trx-${700 + index}`,
    amountRupiah: kind === 'missing-here' ? null : 1_000_000,
    gatewayAmountRupiah: kind === 'missing-there' || kind === 'unclear' ? null : 999_000,
    detail: details[kind],
    createdAt: new Date(seedMs - index * 5 * 3_600_000).toISOString(),
    state: 'open',
    resolution: null,
  };
}

interface Parties {
  readonly exceptions: readonly FakeException[];
  readonly staff: readonly { readonly id: string; readonly name: string }[];
}

export function exceptionEndpoints({ exceptions, staff }: Parties): Endpoint[] {
  const find = (id: string): FakeException => {
    const found = exceptions.find((each) => each.id === id);
    if (found === undefined) throw reconciliationFault('reconciliation.exception-not-found');
    return found;
  };
  return [
    on(reconciliationRoutes.list, async ({ query }) => {
      const { kind, gateway } = query;
      const tests: ((each: FakeException) => boolean)[] = [
        (each) => each.state === query.state,
        (each) => kind === undefined || each.kind === kind,
        (each) => gateway === undefined || each.gateway === gateway,
      ];
      const { items, nextCursor } = pageOf(
        exceptions.filter((each) => tests.every((test) => test(each))),
        query,
      );
      return { exceptions: items, nextCursor, partial: false };
    }),
    on(reconciliationRoutes.read, async ({ path }) => find(path.exceptionId)),
    on(reconciliationRoutes.resolve, async ({ path, body, caller }) => {
      const exception = find(path.exceptionId);
      if (exception.state === 'resolved') throw reconciliationFault('reconciliation.already-resolved');
      const staffId = required(caller).subject;
      const name = staff.find(({ id }) => id === staffId)?.name ?? staffId;
      const resolution = { staffId, name, at: new Date(Date.now()).toISOString(), reason: body.reason };
      return Object.assign(exception, { state: 'resolved', resolution });
    }),
  ];
}
