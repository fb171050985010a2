/**
 * Every minute: does for open deposits what their timers and charges have missed, and looks after refunds that no gateway has confirmed. A timer that never started, an execution that gave up, a
 * process that died between two calls: none of them leaves a deposit open for good.
 */
import { completeDueRefunds } from './complete-refunds.ts';
import { resumeCharge, type ChargingDeps } from './charge-deposit.ts';
import { depositLimits } from './deposit-limits.ts';
import { isOpen, type Deposit } from './deposit.ts';
import { expireDeposit } from './end-deposit.ts';

interface Deps extends ChargingDeps {
  /** Told of each deposit that has to wait for the next run. */
  readonly onFailed: (depositId: string, error: unknown) => void;
}

export interface Swept {
  /** Deposits that were due, and those of them that are not open any more. */
  readonly due: number;
  readonly ended: number;
  /** Deposits with refunds that were due to be looked after. */
  readonly refunds: number;
}

/** Refunds do not wait behind deposits: a gateway that hangs may take a whole run for those. */
export async function sweepDeposits(deps: Deps): Promise<Swept> {
  const [deposits, refunds] = await Promise.all([sweepOpen(deps), sweepRefunds(deps)]);
  return { ...deposits, refunds };
}

/** Right from the deadline on: a deposit without a timer ends within a minute, which is how often this runs. */
async function sweepOpen(deps: Deps): Promise<Pick<Swept, 'due' | 'ended'>> {
  const { sweptPerShardMax, dueShards } = depositLimits;
  const untilMs = deps.clock.now();
  const shards = Array.from({ length: dueShards }, (_, shard) => shard);
  const found = await Promise.all(shards.map((shard) => deps.deposits.due(shard, { untilMs, limit: sweptPerShardMax })));
  const ids = found.flat();
  const swept = await each(deps, ids, (deposit) => completeDeposit(deps, deposit, actor));
  return { due: ids.length, ended: swept.filter((deposit) => !isOpen(deposit)).length };
}

async function sweepRefunds(deps: Deps): Promise<number> {
  const ids = await deps.deposits.refundsDue({ untilMs: deps.clock.now(), limit: depositLimits.refundsSweptMax });
  await each(deps, ids, (deposit) => completeDueRefunds(deps, deposit, { actor }));
  return ids.length;
}

const actor = 'system:sweeper';

/** A few at once. Deposits of which it could not be done are left out: the others are not to wait for them. */
async function each(deps: Deps, ids: readonly string[], complete: (deposit: Deposit) => Promise<Deposit>): Promise<Deposit[]> {
  const { sweptAtOnce } = depositLimits;
  const completed: Deposit[] = [];
  for (let index = 0; index < ids.length; index += sweptAtOnce) {
    const swept = await Promise.all(ids.slice(index, index + sweptAtOnce).map((id) => one(deps, id, complete)));
    completed.push(...swept.filter((deposit) => deposit !== undefined));
  }
  return completed;
}

async function one(deps: Deps, depositId: string, complete: (deposit: Deposit) => Promise<Deposit>): Promise<Deposit | undefined> {
  try {
    const deposit = await deps.deposits.get(depositId);
    return deposit && (await complete(deposit));
  } catch (error) {
    deps.onFailed(depositId, error);
    return undefined;
  }
}

/** What is due for a deposit: the end when its time is over, its charge when that was left unfinished. */
export async function completeDeposit(deps: ChargingDeps, deposit: Deposit, actor: string): Promise<Deposit> {
  if (!isOpen(deposit)) return deposit;
  if (deps.clock.now() >= deposit.expiresAtMs) return expireDeposit(deps, { depositId: deposit.id, actor });
  return (await resumeCharge(deps, deposit)) ?? deposit;
}
