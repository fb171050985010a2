/**
 * One decision about several withdrawals, which are named one by one. Each is decided by itself: one that cannot be is told, and holds up no other.
 */
import type * as z from 'zod';
import { Fault } from '#shared/platform/fault.ts';
import type { Decider } from '#shared/identity/staff/decider.ts';
import { sumRupiah } from '../amount.ts';
import { decideWithdrawal, type DecideDeps } from './decide-withdrawal.ts';
import type { deskWithdrawalRoutes } from './desk-withdrawal-routes.ts';
import { presentToDesk } from './present-withdrawal.ts';
import { withdrawalFault } from './withdrawal-faults.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

interface Request {
  readonly ids: readonly string[];
  readonly decision: 'approve' | 'reject';
  readonly reason?: string | undefined;
  /** What whoever decides has seen that they come to. */
  readonly totalRupiah: number;
  readonly decider: Decider;
}

type Result = z.input<(typeof deskWithdrawalRoutes)['decideMany']['answer']>['results'][number];

export async function decideWithdrawals(deps: DecideDeps, request: Request): Promise<{ results: Result[] }> {
  const { ids, decision, reason, decider } = request;
  // Whoever waits hears what became of each, before the API gives up on the answer.
  const untilMs = deps.clock.now() + withdrawalLimits.bulkSeconds * 1_000;
  await checkTotal(deps, request);
  const results: Result[] = [];
  // One behind the other: they are decisions of one person, and many are about one member's stream and account.
  for (const withdrawalId of ids) {
    const isLate = deps.clock.now() >= untilMs;
    results.push(await resultOf(withdrawalId, isLate ? notReached() : decideWithdrawal(deps, { withdrawalId, decision, reason, decider })));
  }
  return { results };
}

const notReached = (): Promise<never> => Promise.reject(withdrawalFault('withdrawals.not-reached'));

async function resultOf(id: string, deciding: ReturnType<typeof decideWithdrawal>): Promise<Result> {
  try {
    return { id, outcome: 'done', withdrawal: presentToDesk(await deciding), problem: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {
      id,
      outcome: 'refused',
      withdrawal: null,
      problem: { code: error.code, detail: error.publicMessage, errors: [...error.errors] },
    };
  }
}

async function checkTotal({ withdrawals }: DecideDeps, { ids, totalRupiah }: Request): Promise<void> {
  const found = await Promise.all(ids.map((id) => withdrawals.get(id)));
  const total = sumRupiah(found.map((withdrawal) => withdrawal?.amountRupiah ?? 0));
  if (total === totalRupiah) return;
  const detail = `They come to Rp ${total}.`;
  throw withdrawalFault('withdrawals.total-differs', { errors: [{ pointer: '/totalRupiah', detail }] });
}
