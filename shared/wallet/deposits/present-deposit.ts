/**
 * A deposit as members see it.
 */
import * as z from 'zod';
import { paymentMethods } from '#shared/payments/payment.ts';
import { depositStatuses, paymentUnderReview, statusAt, totalsOf, type Deposit } from './deposit.ts';
import { instructionsSchema } from './instructions.ts';

const instant = z.iso.datetime();
const rupiah = z.int();

const depositFields = {
  id: z.string().meta({ description: 'Id of a deposit.', example: 'dep_0mi8c3k2w3x9p2c7hq4t0a' }),
  status: z.enum(depositStatuses).meta({
    description:
      'By the clock: `expired` from `expiresAt` on, until money comes all the same. `paid_late`: money came otherwise than asked for, see `isUnderReview`.',
  }),
  method: z.enum(paymentMethods),
  amountRupiah: rupiah,
  uniqueCode: rupiah.nullable().meta({ description: 'Added to the amount of a transfer, by which it is recognised.' }),
  totalRupiah: rupiah.meta({ description: 'What is to be paid, exactly.' }),
  createdAt: instant,
  expiresAt: instant,
  endedAt: instant.nullable(),
  instructions: instructionsSchema.nullable().meta({ description: 'How to pay; null unless the deposit is `pending`.' }),
  creditedRupiah: rupiah.meta({ description: 'What of it the balance has.' }),
  refundedRupiah: rupiah,
  isUnderReview: z.boolean().meta({ description: 'Money has come that a person decides about.' }),
};

export const depositView = z.object(depositFields).meta({ id: 'Deposit' });
/** Countdowns run on the server's time: a page takes the difference to its own clock. */
export const depositAnswer = depositView
  .extend({ serverTime: instant.meta({ description: 'When this was answered.' }) })
  .meta({ id: 'DepositNow' });

export type DepositView = z.output<typeof depositView>;
export type DepositAnswer = z.output<typeof depositAnswer>;

export function presentDeposit(deposit: Deposit, nowMs: number): DepositView {
  const status = statusAt(deposit, nowMs);
  const { creditedRupiah, refundedRupiah } = totalsOf(deposit);
  return {
    id: deposit.id,
    status,
    method: deposit.method,
    amountRupiah: deposit.amountRupiah,
    uniqueCode: deposit.uniqueCode,
    totalRupiah: deposit.totalRupiah,
    createdAt: iso(deposit.createdAtMs),
    expiresAt: iso(deposit.expiresAtMs),
    endedAt: deposit.endedAtMs === null ? (status === 'expired' ? iso(deposit.expiresAtMs) : null) : iso(deposit.endedAtMs),
    instructions: status === 'pending' ? deposit.instructions : null,
    creditedRupiah,
    refundedRupiah,
    isUnderReview: paymentUnderReview(deposit) !== undefined,
  };
}

export const answerWith = (deposit: Deposit, nowMs: number): DepositAnswer => ({
  ...presentDeposit(deposit, nowMs),
  serverTime: iso(nowMs),
});

const iso = (ms: number): string => new Date(ms).toISOString();
