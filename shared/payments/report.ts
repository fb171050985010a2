/**
 * What gateways report of a day, line by line: for the comparison with what was booked.
 */
import * as z from 'zod';
import { amountRupiahSchema } from './amount.ts';

export const reportLineSchema = z.object({
  what: z.enum(['payment', 'payout']),
  /** The gateway's own id of the payment or the payout: what bookings claim. */
  gatewayId: z.string().min(1).max(128),
  /** Our id, where the gateway tells it. */
  reference: z.string().max(100).nullable(),
  amountRupiah: amountRupiahSchema,
  atMs: z.int().nonnegative(),
});
export type ReportLine = z.output<typeof reportLineSchema>;

/** A gateway that can be asked for its report. */
export interface DailyReport {
  /** As the ledger's claims name it. */
  readonly gateway: 'midtrans' | 'xendit' | 'iris';
  /** Everything that was paid in or out between two instants (milliseconds since the epoch; the second is not included). Throws faults of payments. */
  lines(window: { readonly fromMs: number; readonly toMs: number }): Promise<ReportLine[]>;
}

export const reportLimits = {
  /** Lines of one report; a page of a gateway's list has fewer. */
  linesMax: 50_000,
  pagesMax: 1_000,
  linesPerPage: 50,
  csvBytesMax: 4 * 1024 * 1024,
} as const;
