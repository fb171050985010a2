/**
 * Every hour: finds deposits and payouts that nobody has news of, although their gateways were asked all the time.
 */
import { dayOf } from '#shared/platform/audit/days.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { depositLimits } from '../deposits/deposit-limits.ts';
import type { DepositStore } from '../deposits/ports.ts';
import { dayBounds, pageOverDays } from '../page-over-days.ts';
import { withdrawalKeyOf, type WithdrawalStore } from '../withdrawals/ports.ts';
import { payoutRupiah, type Withdrawal } from '../withdrawals/withdrawal.ts';
import { exceptionOf, type Finding } from './exception.ts';
import type { ExceptionStore } from './ports.ts';

interface Deps {
  readonly deposits: Pick<DepositStore, 'due' | 'get'>;
  readonly withdrawals: Pick<WithdrawalStore, 'inState'>;
  readonly exceptions: Pick<ExceptionStore, 'raise'>;
  readonly clock: Clock;
}

const bounds = {
  /** A deposit's timer and its sweep have had an hour, a payout's gateway a day. */
  depositMs: 3_600_000,
  payoutMs: 24 * 3_600_000,
  foundMax: 200,
} as const;

export async function findStandstills(deps: Deps): Promise<number> {
  const findings = [...(await depositsOverdue(deps)), ...(await payoutsWithoutNews(deps))];
  await deps.exceptions.raise(findings.map((finding) => exceptionOf(finding, deps.clock.now())));
  return findings.length;
}

async function depositsOverdue({ deposits, clock }: Deps): Promise<Finding[]> {
  const untilMs = clock.now() - bounds.depositMs;
  const limit = bounds.foundMax / depositLimits.dueShards;
  const shards = Array.from({ length: depositLimits.dueShards }, (_, shard) => deposits.due(shard, { untilMs, limit }));
  const found = await Promise.all((await Promise.all(shards)).flat().map((id) => deposits.get(id)));
  return found.flatMap((deposit) => {
    if (deposit === undefined || deposit.expiresAtMs > untilMs) return [];
    const { id, gateway, amountRupiah, status } = deposit;
    const detail = `The deposit is still ${status} an hour after its deadline: the gateway does not say what became of it.`;
    return [{ kind: 'unclear' as const, gateway, reference: id, amountRupiah, detail }];
  });
}

async function payoutsWithoutNews({ withdrawals, clock }: Deps): Promise<Finding[]> {
  const nowMs = clock.now();
  const old = await Promise.all(
    (['approved', 'sent'] as const).map((state) =>
      pageOverDays((day) => withdrawals.inState(state, day), {
        ...dayBounds({ from: undefined, to: undefined, today: dayOf(new Date(nowMs).toISOString()) }),
        order: 'oldest',
        after: undefined,
        limit: bounds.foundMax,
        matches: ({ attempt }: Withdrawal) => attempt !== null && attempt.startedAtMs < nowMs - bounds.payoutMs,
        keyOf: withdrawalKeyOf,
      }),
    ),
  );
  return old
    .flatMap(({ found }) => found)
    .map((withdrawal) => ({
      kind: 'unclear' as const,
      gateway: withdrawal.channel,
      reference: withdrawal.id,
      gatewayReference: withdrawal.attempt?.gatewayPayoutId ?? null,
      amountRupiah: payoutRupiah(withdrawal),
      detail: `The payout is ${withdrawal.state} for a day, and the gateway says: ${withdrawal.attempt?.rawStatus ?? 'nothing'}.`,
    }));
}
