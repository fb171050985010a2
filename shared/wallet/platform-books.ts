/**
 * The books of the platform: one for each place at which money is taken in or paid out, and those that are of no place. What is booked anywhere is
 * booked on these and on members' books.
 */
import { gatewayNames } from '#shared/payments/payment.ts';
import { clearingBook, feesBook, payoutsBook, suspenseBook } from './account.ts';
import { payoutChannels } from './withdrawals/withdrawal.ts';

/** A bank account of our own, that people read the statement of. */
const manual = 'manual';

export const platformBooks: readonly string[] = [
  ...[...gatewayNames, manual].map(clearingBook),
  ...payoutChannels.map(payoutsBook),
  feesBook,
  suspenseBook,
];
