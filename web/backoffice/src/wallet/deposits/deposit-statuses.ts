import type { Deposit } from './deposit-source.ts';

/** In the order of their filter. The API's own list would bring its schemas with it. */
export const depositStatuses = [
  'creating',
  'pending',
  'paid',
  'paid_late',
  'expired',
  'cancelled',
  'failed',
  'reversed',
  'refunded',
] as const satisfies readonly Deposit['status'][];
