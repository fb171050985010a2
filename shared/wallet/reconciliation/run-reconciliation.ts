/**
 * Comparisons: those there are, and those that staff ask for.
 */
import type * as z from 'zod';
import { midtransReport } from '#shared/payments/midtrans-report.ts';
import type { DailyReport } from '#shared/payments/report.ts';
import { saidBy, type Decider, type StaffNames } from '#shared/identity/staff/decider.ts';
import { presentException } from './exceptions-desk.ts';
import type { ExceptionStore, RunStore } from './ports.ts';
import { compareDay, reconcileDay, type ReconcileDeps } from './reconcile-day.ts';
import { reconciliationFault } from './reconciliation-faults.ts';
import { reportGateways, type runDetail, type runView } from './reconciliation-routes.ts';
import { runLimits, type ReconciliationRun } from './run.ts';

type RunView = z.input<typeof runView>;
type Gateway = DailyReport['gateway'];

interface ReadDeps {
  readonly runs: RunStore;
  readonly exceptions: Pick<ExceptionStore, 'get'>;
}

export async function listRuns({ runs }: Pick<ReadDeps, 'runs'>, gateway: Gateway | undefined): Promise<{ runs: RunView[] }> {
  const wanted = gateway === undefined ? reportGateways : [gateway];
  const found = (await Promise.all(wanted.map((one) => runs.latest(one, runLimits.shown)))).flat();
  return { runs: found.toSorted((one, other) => (one.day < other.day ? 1 : -1)).map(presentRun) };
}

/** With what it found, as each of it stands now. */
export async function readRun({ runs, exceptions }: ReadDeps, { gateway, day }: Day): Promise<z.input<typeof runDetail>> {
  const run = await runs.get(gateway, day);
  if (run === undefined) throw reconciliationFault('reconciliation.run-not-found');
  const found = await Promise.all(run.exceptionIds.map((id) => exceptions.get(id)));
  return { ...presentRun(run), exceptions: found.flatMap((one) => (one === undefined ? [] : [presentException(one)])) };
}

interface Day {
  readonly gateway: Gateway;
  readonly day: string;
}

interface AskDeps extends ReconcileDeps {
  readonly staff: StaffNames;
}

interface ByStaff {
  readonly decider: Decider;
}

export async function runReconciliation(
  deps: AskDeps & { readonly reports: readonly DailyReport[] },
  { gateway, day, decider }: Day & ByStaff,
): Promise<RunView> {
  const report = deps.reports.find((one) => one.gateway === gateway);
  if (report === undefined) throw reconciliationFault('reconciliation.not-asked');
  const { actorName } = await saidBy(deps.staff, decider);
  return presentRun(await reconcileDay(deps, { day, report, askedBy: actorName }));
}

export async function uploadReport(
  deps: AskDeps,
  { day, csv, decider }: { readonly day: string; readonly csv: string } & ByStaff,
): Promise<RunView> {
  const { actorName } = await saidBy(deps.staff, decider);
  const read = midtransReport(csv);
  if ('lines' in read) return presentRun(await compareDay(deps, { day, gateway: 'midtrans', lines: read.lines, askedBy: actorName }));
  const { line, detail } = read.problem;
  throw reconciliationFault('reconciliation.report-unreadable', { errors: [{ pointer: '/csv', detail: `Line ${line}: ${detail}` }] });
}

function presentRun({ atMs, exceptionIds: _exceptionIds, ...run }: ReconciliationRun): RunView {
  return { id: `${run.gateway}:${run.day}`, ...run, at: new Date(atMs).toISOString() };
}
