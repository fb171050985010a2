/**
 * Compares a day with a gateway's report, and raises what differs.
 */
import { startOfDay, dayAfter, dayBefore } from '#shared/platform/audit/days.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { Fault } from '#shared/platform/fault.ts';
import type { DailyReport, ReportLine } from '#shared/payments/report.ts';
import { exceptionOf, type ExceptionKind } from './exception.ts';
import { matchReport } from './match-report.ts';
import type { Bookings, ExceptionStore, RunStore } from './ports.ts';
import { runLimits, type ReconciliationRun } from './run.ts';

export interface ReconcileDeps {
  readonly bookings: Bookings;
  readonly exceptions: Pick<ExceptionStore, 'raise'>;
  readonly runs: Pick<RunStore, 'keep'>;
  readonly clock: Clock;
}

/** Claims that are looked up at once. */
const atOnce = 200;

/**
 * Asks for the report of the day and of the day before: what was paid just before midnight was booked just after it. Repeated, it finds the same, and
 * raises nothing twice.
 */
export async function reconcileDay(deps: ReconcileDeps, { day, report, askedBy = null }: Asked): Promise<ReconciliationRun> {
  return compareDay(deps, { day, gateway: report.gateway, lines: await reportedLines(deps, { day, report, askedBy }), askedBy });
}

interface Asked {
  readonly day: string;
  readonly report: DailyReport;
  /** Who of the staff had it done; nobody by the clock. */
  readonly askedBy?: string | null;
}

/** That a report could not be had is kept, too: a day that nobody has compared is not one on which all was well. */
async function reportedLines({ runs, clock }: ReconcileDeps, { day, report, askedBy = null }: Asked): Promise<ReportLine[]> {
  const window = { fromMs: Date.parse(startOfDay(dayBefore(day))), toMs: Date.parse(startOfDay(dayAfter(day))) };
  try {
    return await report.lines(window);
  } catch (error) {
    const nothing = { lines: 0, matched: 0, booked: 0, findings: 0, exceptionIds: [] };
    const trouble = error instanceof Fault ? error.code : 'internal';
    await runs.keep({ gateway: report.gateway, day, state: 'failed', trouble, ...nothing, askedBy, atMs: clock.now() });
    throw error;
  }
}

interface Reported {
  readonly day: string;
  readonly gateway: DailyReport['gateway'];
  readonly lines: readonly ReportLine[];
  readonly askedBy: string | null;
}

export async function compareDay(deps: ReconcileDeps, { day, gateway, lines, askedBy }: Reported): Promise<ReconciliationRun> {
  const { bookings, exceptions, runs, clock } = deps;
  const booked = [];
  for (let first = 0; first < lines.length; first += atOnce)
    booked.push(...(await bookings.of(lines.slice(first, first + atOnce).map((line) => claimOf(gateway, line)))));
  const ofDay = await bookings.ofDay(gateway, day);
  const findings = matchReport({ gateway, lines, booked, ofDay });
  const raised = findings.map((finding) => exceptionOf(finding, clock.now()));
  await exceptions.raise(raised);
  const run: ReconciliationRun = {
    gateway,
    day,
    state: 'compared',
    trouble: null,
    lines: lines.length,
    matched: lines.length - findings.filter(({ kind }) => isOfOneLine(kind)).length,
    booked: ofDay.length,
    findings: findings.length,
    exceptionIds: [...new Set(raised.map(({ id }) => id))].slice(0, runLimits.exceptionsNamed),
    askedBy,
    atMs: clock.now(),
  };
  await runs.keep(run);
  return run;
}

/** A line has one of these at most; the others are of several lines, or of none. */
const isOfOneLine = (kind: ExceptionKind): boolean => kind === 'missing-here' || kind === 'amount-differs';

const claimOf = (gateway: string, { what, gatewayId }: ReportLine) => ({
  gateway,
  transactionId: gatewayId,
  kind: what === 'payment' ? ('CREDIT' as const) : ('PAYOUT' as const),
});
