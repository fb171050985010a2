/**
 * Payouts: money that goes out to a bank account.
 */

/**
 * What a gateway says of a payout.
 *
 * - `awaiting-approval`: made, and waits for the gateway's second key.
 * - `processing`: on its way.
 * - `completed`: the bank has it. Not the last word: a bank may give it back, which is `reversed`, and at Midtrans `failed` after `completed`.
 * - `failed`: nothing was sent, or it came back.
 * - `unknown`: a word this house does not know. Never acted upon without a person.
 */
export const payoutStates = ['awaiting-approval', 'processing', 'completed', 'failed', 'reversed', 'unknown'] as const;
export type PayoutState = (typeof payoutStates)[number];

/** What a gateway's own word means by its list; a word that is not on it is `unknown`. */
export function payoutStateIn(states: Readonly<Record<string, PayoutState>>, word: string): PayoutState {
  return Object.hasOwn(states, word) ? (states[word] ?? 'unknown') : 'unknown';
}
