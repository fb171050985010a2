/**
 * Every minute: does for open deposits what their timers and charges have missed. A timer that never started, an execution that gave up, a
 * process that died between two calls: none of them leaves a deposit open for good.
 */
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
}

export async function sweepDeposits(deps: Deps): Promise<Swept> {
  const { sweepGraceMs, sweptPerShardMax, sweptAtOnce, dueShards } = depositLimits;
  const untilMs = deps.clock.now() - sweepGraceMs;
  const shards = Array.from({ length: dueShards }, (_, shard) => shard);
  const found = await Promise.all(shards.map((shard) => deps.deposits.due(shard, { untilMs, limit: sweptPerShardMax })));
  const ids = found.flat();
  let ended = 0;
  for (let index = 0; index < ids.length; index += sweptAtOnce) {
    const swept = await Promise.all(ids.slice(index, index + sweptAtOnce).map((id) => sweepOne(deps, id)));
    ended += swept.filter((deposit) => deposit !== undefined && !isOpen(deposit)).length;
  }
  return { due: ids.length, ended };
}

async function sweepOne(deps: Deps, depositId: string): Promise<Deposit | undefined> {
  try {
    const deposit = await deps.deposits.get(depositId);
    if (deposit === undefined) return undefined;
    return await completeDeposit(deps, deposit, 'system:sweeper');
  } catch (error) {
    // The others are not to wait for this one.
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
