import type { Withdrawal } from './withdrawal-source.ts';

/** In the order of their filter. The API's own list would bring its schemas with it. */
export const withdrawalStates = [
  'submitted',
  'approved',
  'sent',
  'stalled',
  'completed',
  'failed',
  'reversed',
  'rejected',
  'cancelled',
] as const satisfies readonly Withdrawal['state'][];
