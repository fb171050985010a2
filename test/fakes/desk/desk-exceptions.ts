/** Reconciliation in the fake: exceptions, one of each kind and two that were resolved, and the comparisons of two days. */
import type * as z from 'zod';
import { midtransReport } from '#shared/payments/midtrans-report.ts';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import { exceptionKinds } from '#shared/wallet/reconciliation/exception.ts';
import { reconciliationFault } from '#shared/wallet/reconciliation/reconciliation-faults.ts';
import { type exceptionView, reconciliationRoutes, type runView } from '#shared/wallet/reconciliation/reconciliation-routes.ts';
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

const runIso = (hours: number): string => new Date(seedMs - hours * 3_600_000).toISOString();

/** Of each gateway two days, one of them with exceptions, and a night on which Iris could not be asked. */
function fakeRuns(): FakeRun[] {
  const compared = { state: 'compared', trouble: null, lines: 120, matched: 120, booked: 60, findings: 0, askedBy: null } as const;
  const failed = { state: 'failed', trouble: 'payments.gateway-unavailable', lines: 0, matched: 0, booked: 0 } as const;
  const runs: Omit<FakeRun, 'id'>[] = [
    { ...compared, gateway: 'midtrans', day: '2026-11-20', matched: 116, findings: 6, askedBy: 'Oki Operasional', at: runIso(4) },
    { ...compared, gateway: 'iris', day: '2026-11-20', ...failed, at: runIso(9) },
    { ...compared, gateway: 'xendit', day: '2026-11-20', at: runIso(9) },
    { ...compared, gateway: 'iris', day: '2026-11-19', at: runIso(33) },
    { ...compared, gateway: 'midtrans', day: '2026-11-19', at: runIso(30), askedBy: 'Olivia Pemilik' },
  ];
  return runs.map((run) => Object.assign({ id: `${run.gateway}:${run.day}` }, run));
}

type FakeRun = z.input<typeof runView>;

function runEndpoints({ exceptions, staff }: Parties): Endpoint[] {
  const runs = fakeRuns();
  const keep = (run: FakeRun): FakeRun => {
    const former = runs.findIndex(({ id }) => id === run.id);
    runs.splice(Math.max(former, 0), former < 0 ? 0 : 1, run);
    return run;
  };
  const compared = (gateway: string, day: string, staffId: string): FakeRun => ({
    id: `${gateway}:${day}`,
    gateway,
    day,
    state: 'compared',
    trouble: null,
    lines: 2,
    matched: 2,
    booked: 2,
    findings: 0,
    askedBy: staff.find(({ id }) => id === staffId)?.name ?? staffId,
    at: new Date(Date.now()).toISOString(),
  });
  return [
    on(reconciliationRoutes.runs, async ({ query: { gateway } }) => ({
      runs: runs.filter((run) => gateway === undefined || run.gateway === gateway),
    })),
    on(reconciliationRoutes.readRun, async ({ path: { gateway, day } }) => {
      const run = runs.find(({ id }) => id === `${gateway}:${day}`);
      if (run === undefined) throw reconciliationFault('reconciliation.run-not-found');
      return { ...run, exceptions: run.findings > 0 ? exceptions.slice(0, 3) : [] };
    }),
    on(reconciliationRoutes.run, async ({ body: { gateway, day }, caller }) => {
      if (gateway === 'xendit') throw paymentFault('payments.gateway-unavailable');
      return keep(compared(gateway, day, required(caller).subject));
    }),
    on(reconciliationRoutes.upload, async ({ body: { day, csv }, caller }) => {
      const read = midtransReport(csv);
      if ('lines' in read) return keep(compared('midtrans', day, required(caller).subject));
      const detail = `Line ${read.problem.line}: ${read.problem.detail}`;
      throw reconciliationFault('reconciliation.report-unreadable', { errors: [{ pointer: '/csv', detail }] });
    }),
  ];
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
    ...runEndpoints({ exceptions, staff }),
  ];
}
