/**
 * The run: that a day was compared with a gateway's report, and what came of it. The last one of a day counts.
 */
import * as z from 'zod';

/** `failed`: the report could not be had, and nothing was compared. */
export const runStates = ['compared', 'failed'] as const;

export const runLimits = {
  /** Days of each gateway that a list shows. */
  shown: 31,
  /** Exceptions that a run names. */
  exceptionsNamed: 50,
} as const;

export const runSchema = z.object({
  /** As the ledger's books name it. */
  gateway: z.string(),
  /** In Jakarta. */
  day: z.iso.date(),
  state: z.enum(runStates),
  /** Code of the fault of one that failed. */
  trouble: z.string().nullable(),
  /** Of the report, of the day and the one before. */
  lines: z.int(),
  /** Lines that are booked, and with their amount. */
  matched: z.int(),
  /** Postings of the day. */
  booked: z.int(),
  findings: z.int(),
  /** What the first findings became, in their order. */
  exceptionIds: z.array(z.string()).max(runLimits.exceptionsNamed),
  /** Who of the staff had it done; null by the clock. */
  askedBy: z.string().nullable(),
  atMs: z.int(),
});
export type ReconciliationRun = z.output<typeof runSchema>;
