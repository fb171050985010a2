/**
 * What the wallet tells others, on an event bus: see docs/events.md. Told at least once, after it has happened; the same event always has the same id.
 */
import * as z from 'zod';
import { paymentMethods } from '#shared/payments/payment.ts';

const rupiah = z.int();

const depositData = z.object({
  depositId: z.string(),
  memberId: z.string(),
  method: z.enum(paymentMethods),
  gateway: z.string(),
  amountRupiah: rupiah,
  /** What the member has of it, what waits for a decision, what went back: as it is after the event. */
  creditedRupiah: rupiah,
  suspenseRupiah: rupiah,
  refundedRupiah: rupiah,
  reversedRupiah: rupiah,
});

const withdrawalData = z.object({
  withdrawalId: z.string(),
  memberId: z.string(),
  amountRupiah: rupiah,
  feeRupiah: rupiah,
});

export const depositEventTypes = ['opened', 'paid', 'paid_late', 'expired', 'cancelled', 'failed', 'reversed', 'refunded'] as const;
const withdrawalEventTypes = [
  'submitted',
  'approved',
  'sent',
  'stalled',
  'completed',
  'failed',
  'reversed',
  'rejected',
  'cancelled',
] as const;

const envelope = {
  /** Of the change, for ever the same. */
  id: z.string(),
  version: z.literal(1),
  occurredAt: z.iso.datetime(),
};

export const walletEventSchema = z.union([
  z.object({ ...envelope, type: z.templateLiteral(['deposit.', z.enum(depositEventTypes)]), data: depositData }),
  z.object({ ...envelope, type: z.templateLiteral(['withdrawal.', z.enum(withdrawalEventTypes)]), data: withdrawalData }),
]);
export type WalletEvent = z.output<typeof walletEventSchema>;

/** Who is told. */
export interface Announcer {
  announce(event: WalletEvent): Promise<void>;
}

/** Who counts what happens. */
export interface Analytics {
  capture(event: WalletEvent): Promise<void>;
}
