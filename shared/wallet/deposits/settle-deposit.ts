/**
 * Asks the gateway how it stands with a deposit, and does what follows. Whoever notices first does it: a webhook, the timer, the sweeper, a
 * person of the staff, the member who looks.
 */
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { GatewayName } from '#shared/payments/payment.ts';
import type { ChargeRef, PaymentGateway } from '#shared/payments/ports.ts';
import { ledgerFault } from '../ledger-faults.ts';
import { depositLimits } from './deposit-limits.ts';
import { depositFault } from './deposit-faults.ts';
import type { Deposit } from './deposit.ts';
import type { SettlingDeps } from './ports.ts';
import { nextStep } from './settlement.ts';
import type { Seen, Step } from './settlement-step.ts';

interface Request {
  readonly depositId: string;
  /** Who noticed: `system:webhook`, `staff:…`; the name of a person of the staff. */
  readonly actor: string;
  readonly actorName?: string | undefined;
  /** The charge as a gateway's webhook names it, for a deposit whose charge was never answered. The gateway itself says whether it is this one's. */
  readonly named?: { readonly gateway: GatewayName; readonly gatewayTransactionId: string | null } | undefined;
}

/** Throws the faults of payments when the gateway cannot be asked; then nothing has been done. */
export async function settleDeposit(deps: SettlingDeps, { depositId, named, ...who }: Request): Promise<Deposit> {
  const deposit = await depositOf(deps, depositId);
  const gateway = gatewayOf(deps, deposit);
  if (gateway === undefined) return deposit;
  const { gatewayTransactionId, ...ref } = chargeRefOf(deposit);
  const told = named?.gateway === deposit.gateway ? named.gatewayTransactionId : null;
  const status = await gateway.status({ ...ref, gatewayTransactionId: gatewayTransactionId ?? told });
  return settleBy(deps, deposit, { status, ...who, nowMs: deps.clock.now() });
}

/** Takes every step that follows from what was seen. Of two who saw the same at once, one takes each. */
export async function settleBy(deps: SettlingDeps, deposit: Deposit, seen: Seen): Promise<Deposit> {
  let current = deposit;
  for (let taken = 0; taken < depositLimits.stepsMax; taken += 1) {
    const step = nextStep(current, seen);
    if (step === undefined) return current;
    current = await take(deps, current, step);
  }
  throw ledgerFault('ledger.busy', { cause: new Error(`More than ${depositLimits.stepsMax} steps for ${deposit.id}`) });
}

/** The deposit after the step; or as somebody else has made it meanwhile. */
async function take(deps: SettlingDeps, before: Deposit, step: Step): Promise<Deposit> {
  const { otherwise, ...change } = step;
  const outcome = await deps.deposits.commit({ before, ...change });
  if (outcome.state === 'committed') return step.after;
  if (outcome.state === 'stale') return depositOf(deps, before.id);
  const instead = otherwise?.(outcome.refusal);
  if (instead !== undefined) return take(deps, before, instead);
  // The claim is somebody's who was faster, and then this deposit has changed; or another deposit's, and then a person has to look.
  const now = await depositOf(deps, before.id);
  if (now.version === before.version) throw new Error(`The ledger refuses a booking of ${before.id}: ${JSON.stringify(outcome.refusal)}`);
  return now;
}

export async function depositOf({ deposits }: Pick<SettlingDeps, 'deposits'>, depositId: string): Promise<Deposit> {
  const deposit = await deposits.get(depositId);
  if (deposit === undefined) throw depositFault('deposits.not-found');
  return deposit;
}

/** Undefined for transfers, which nobody can be asked about. Throws for a gateway that was taken out of use: its deposits have to wait. */
export function gatewayOf({ gateways }: Pick<SettlingDeps, 'gateways'>, { gateway }: Pick<Deposit, 'gateway'>): PaymentGateway | undefined {
  if (gateway === 'manual') return undefined;
  const found = gateways[gateway];
  if (found === undefined) throw paymentFault('payments.gateway-unavailable', { cause: new Error(`${gateway} is off`) });
  return found;
}

export const chargeRefOf = ({ id, gatewayTransactionId }: Deposit): ChargeRef => ({ depositId: id, gatewayTransactionId });
