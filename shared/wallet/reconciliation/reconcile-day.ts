/**
 * Compares a day with a gateway's report, and raises what differs.
 */
import { startOfDay, dayAfter, dayBefore } from '#shared/platform/audit/days.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { DailyReport, ReportLine } from '#shared/payments/report.ts';
import { exceptionOf } from './exception.ts';
import { matchReport } from './match-report.ts';
import type { Bookings, ExceptionStore, ReconciliationRun, RunStore } from './ports.ts';

export interface ReconcileDeps {
  readonly bookings: Bookings;
  readonly exceptions: Pick<ExceptionStore, 'raise'>;
  readonly runs: RunStore;
  readonly clock: Clock;
}

/** Claims that are looked up at once. */
const atOnce = 200;

/**
 * Asks for the report of the day and of the day before: what was paid just before midnight was booked just after it. Repeated, it finds the same, and
 * raises nothing twice.
 */
export async function reconcileDay(deps: ReconcileDeps, { day, report }: { readonly day: string; readonly report: DailyReport }) {
  const window = { fromMs: Date.parse(startOfDay(dayBefore(day))), toMs: Date.parse(startOfDay(dayAfter(day))) };
  return compareDay(deps, { day, gateway: report.gateway, lines: await report.lines(window) });
}

interface Reported {
  readonly day: string;
  readonly gateway: DailyReport['gateway'];
  readonly lines: readonly ReportLine[];
}

export async function compareDay(deps: ReconcileDeps, { day, gateway, lines }: Reported): Promise<ReconciliationRun> {
  const { bookings, exceptions, runs, clock } = deps;
  const booked = [];
  for (let first = 0; first < lines.length; first += atOnce)
    booked.push(...(await bookings.of(lines.slice(first, first + atOnce).map((line) => claimOf(gateway, line)))));
  const ofDay = await bookings.ofDay(gateway, day);
  const findings = matchReport({ gateway, lines, booked, ofDay });
  await exceptions.raise(findings.map((finding) => exceptionOf(finding, clock.now())));
  const run = { gateway, day, lines: lines.length, booked: ofDay.length, findings: findings.length, atMs: clock.now() };
  await runs.keep(run);
  return run;
}

const claimOf = (gateway: string, { what, gatewayId }: ReportLine) => ({
  gateway,
  transactionId: gatewayId,
  kind: what === 'payment' ? ('CREDIT' as const) : ('PAYOUT' as const),
});
