/**
 * What a withdrawal costs and who has to approve it, as it is at a time. A withdrawal keeps what held when it was made.
 */
export interface WithdrawalTerms {
  /** ISO 8601 in UTC; the terms hold from here on, until the next ones. */
  readonly validFrom: string;
  readonly amountRupiahMin: number;
  readonly amountRupiahMax: number;
  /** Part of the amount that the platform keeps. */
  readonly feeRupiah: number;
  /** From this amount on two different people have to approve. */
  readonly secondApprovalFromRupiah: number;
}

/** Oldest first. */
export const withdrawalTerms: readonly WithdrawalTerms[] = [
  {
    validFrom: '2026-01-01T00:00:00.000Z',
    amountRupiahMin: 20_000,
    amountRupiahMax: 20_000_000,
    feeRupiah: 2_500,
    secondApprovalFromRupiah: 5_000_000,
  },
];

/** What holds at an instant (milliseconds since the epoch). Throws for one before all terms. */
export function termsAt(schedule: readonly WithdrawalTerms[], nowMs: number): WithdrawalTerms {
  const valid = schedule.findLast(({ validFrom }) => Date.parse(validFrom) <= nowMs);
  if (valid === undefined) throw new RangeError(`No terms of withdrawals are configured for ${new Date(nowMs).toISOString()}`);
  return valid;
}

export const approvalsNeeded = ({ secondApprovalFromRupiah }: WithdrawalTerms, amountRupiah: number): 1 | 2 =>
  amountRupiah >= secondApprovalFromRupiah ? 2 : 1;
