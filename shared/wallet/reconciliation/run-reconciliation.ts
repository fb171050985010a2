/**
 * Comparisons that staff ask for.
 */
import type * as z from 'zod';
import { midtransReport } from '#shared/payments/midtrans-report.ts';
import type { DailyReport } from '#shared/payments/report.ts';
import type { ReconciliationRun } from './ports.ts';
import { compareDay, reconcileDay, type ReconcileDeps } from './reconcile-day.ts';
import { reconciliationFault } from './reconciliation-faults.ts';
import type { runView } from './reconciliation-routes.ts';

type RunView = z.input<typeof runView>;

/** Days of each gateway that a list shows. */
const runsShown = 31;

export async function listRuns({ runs }: ReconcileDeps, gateway: DailyReport['gateway'] | undefined): Promise<{ runs: RunView[] }> {
  const wanted = gateway === undefined ? (['midtrans', 'xendit', 'iris'] as const) : [gateway];
  const found = (await Promise.all(wanted.map((one) => runs.latest(one, runsShown)))).flat();
  return { runs: found.toSorted((one, other) => (one.day < other.day ? 1 : -1)).map(presentRun) };
}

interface Asked {
  readonly gateway: DailyReport['gateway'];
  readonly day: string;
}

export async function runReconciliation(
  deps: ReconcileDeps & { readonly reports: readonly DailyReport[] },
  { gateway, day }: Asked,
): Promise<RunView> {
  const report = deps.reports.find((one) => one.gateway === gateway);
  if (report === undefined) throw reconciliationFault('reconciliation.not-asked');
  return presentRun(await reconcileDay(deps, { day, report }));
}

export async function uploadReport(deps: ReconcileDeps, { day, csv }: { readonly day: string; readonly csv: string }): Promise<RunView> {
  const read = midtransReport(csv);
  if ('lines' in read) return presentRun(await compareDay(deps, { day, gateway: 'midtrans', lines: read.lines }));
  const { line, detail } = read.problem;
  throw reconciliationFault('reconciliation.report-unreadable', { errors: [{ pointer: '/csv', detail: `Line ${line}: ${detail}` }] });
}

function presentRun({ atMs, ...run }: ReconciliationRun): RunView {
  return { ...run, at: new Date(atMs).toISOString() };
}
