/**
 * Asks a gateway for a refund that somebody has decided. Its key makes asking twice one refund.
 */
import { ledgerFault } from '../ledger-faults.ts';
import { depositLimits } from './deposit-limits.ts';
import type { Deposit, DepositRefund } from './deposit.ts';
import type { SettlingDeps } from './ports.ts';
import { chargeRefOf, depositOf, gatewayOf, settleDeposit } from './settle-deposit.ts';
import { failedRefund } from './settle-refunds.ts';

interface Asked {
  readonly deposit: Deposit;
  /** The gateway's word; then what was set aside has been given back. */
  readonly refusal?: string | undefined;
}

/** Throws the faults of payments: then it may have been made, and is to be asked for again. */
export async function askForRefund(
  deps: SettlingDeps,
  deposit: Deposit,
  { refund, reason }: { readonly refund: DepositRefund; readonly reason: string },
): Promise<Asked> {
  const gateway = gatewayOf(deps, deposit);
  if (gateway === undefined) return { deposit };
  const { refundKey, amountRupiah } = refund;
  const actor = `system:${gateway.name}`;
  const outcome = await gateway.refund({ ...chargeRefOf(deposit), refundKey, amountRupiah, reason });
  // The bank may have confirmed at once; if not, a webhook or the next look will tell.
  if (outcome.kind === 'accepted') return { deposit: await settleDeposit(deps, { depositId: deposit.id, actor }) };
  return { deposit: await giveBack(deps, deposit.id, { refundKey, actor, refusal: outcome.reason }), refusal: outcome.reason };
}

interface Refused {
  readonly refundKey: string;
  readonly actor: string;
  readonly refusal: string;
}

async function giveBack(deps: SettlingDeps, depositId: string, { refundKey, actor, refusal }: Refused): Promise<Deposit> {
  for (let race = 0; race < depositLimits.racesMax; race += 1) {
    const deposit = await depositOf(deps, depositId);
    const refund = deposit.refunds.find((one) => one.refundKey === refundKey);
    if (refund?.state !== 'asked') return deposit;
    const seen = { status: undefined, actor, nowMs: deps.clock.now() };
    const { otherwise: _otherwise, ...change } = failedRefund(deposit, refund, { seen, why: `is refused: ${refusal}` });
    const outcome = await deps.deposits.commit({ before: deposit, ...change });
    if (outcome.state === 'committed') return change.after;
  }
  throw ledgerFault('ledger.busy', { cause: new Error(`Always somebody else was faster with ${depositId}`) });
}
