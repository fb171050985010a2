/**
 * A withdrawal as staff see it: with everything that happened to it, and everything that was booked for it.
 */
import type * as z from 'zod';
import type { PostingRecord } from '../posting.ts';
import type { Ledger } from '../ports.ts';
import type { deskWithdrawalDetail, postingView } from './desk-withdrawal-routes.ts';
import type { WithdrawalStore } from './ports.ts';
import { presentEvent, presentToDesk } from './present-withdrawal.ts';
import { requireWithdrawal } from './read-withdrawal.ts';

interface Deps {
  readonly withdrawals: WithdrawalStore;
  readonly ledger: Pick<Ledger, 'postingOf'>;
}

export async function readDeskWithdrawal(
  { withdrawals, ledger }: Deps,
  withdrawalId: string,
): Promise<z.input<typeof deskWithdrawalDetail>> {
  const withdrawal = await requireWithdrawal(withdrawals, withdrawalId);
  const ids = ['hold', 'release', 'withdrawal', 'withdrawal-return'].map((what) => `${what}:${withdrawalId}`);
  const [timeline, ...postings] = await Promise.all([withdrawals.timeline(withdrawalId), ...ids.map((id) => ledger.postingOf(id))]);
  return {
    ...presentToDesk(withdrawal),
    timeline: timeline.map(presentEvent),
    postings: postings.flatMap((record) => (record === undefined ? [] : [presentPosting(record)])),
  };
}

function presentPosting({ id, kind, at, reason, lines }: PostingRecord): z.input<typeof postingView> {
  return {
    id,
    kind,
    at,
    reason,
    lines: lines.map(({ account, amountRupiah, heldRupiah }) => ({ account, amountRupiah, heldRupiah })),
  };
}
