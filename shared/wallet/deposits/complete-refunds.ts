/**
 * Looks after refunds that no gateway has confirmed: asks how they stand, and asks once more for one that the gateway has never heard of, because
 * the call or its answer was lost. The key is the refund's own, so that asking twice makes one refund.
 */
import { exceptionOf } from '../reconciliation/exception.ts';
import { askForRefund } from './ask-for-refund.ts';
import { changed, type Deposit, type DepositRefund } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { depositLimits } from './deposit-limits.ts';
import type { SettlingDeps } from './ports.ts';
import { chargeRefOf, gatewayOf, settleBy } from './settle-deposit.ts';

interface Request {
  readonly actor: string;
  readonly actorName?: string | undefined;
}

/** Asks at once, whenever it was tried last: for a person who wants to know. */
export const completeRefunds = (deps: SettlingDeps, deposit: Deposit, who: Request): Promise<Deposit> =>
  lookAfter(deps, deposit, { ...who, isWanted: () => true });

/**
 * Asks for those whose time has come. Each try is written down before it is made, so that whoever dies of it does not make it for ever; one that has
 * had all its tries becomes an exception, and is left to people.
 */
export async function completeDueRefunds(deps: SettlingDeps, deposit: Deposit, who: Request): Promise<Deposit> {
  const nowMs = deps.clock.now();
  const isDue = ({ state, dueAtMs }: DepositRefund): boolean => state === 'asked' && dueAtMs !== null && dueAtMs <= nowMs;
  const due = deposit.refunds.filter((refund) => isDue(refund));
  if (due.length === 0) return deposit;
  const tried = await commitTries(deps, deposit, { due, nowMs, actor: who.actor });
  const keys = new Set(due.filter((refund) => !isTriedOut(refund)).map(({ refundKey }) => refundKey));
  return tried === undefined ? deposit : lookAfter(deps, tried, { ...who, isWanted: ({ refundKey }) => keys.has(refundKey) });
}

interface Looking extends Request {
  readonly isWanted: (refund: DepositRefund) => boolean;
}

async function lookAfter(deps: SettlingDeps, deposit: Deposit, { isWanted, ...who }: Looking): Promise<Deposit> {
  const gateway = gatewayOf(deps, deposit);
  if (gateway === undefined || !deposit.refunds.some((refund) => refund.state === 'asked' && isWanted(refund))) return deposit;
  const status = await gateway.status(chargeRefOf(deposit));
  let current = await settleBy(deps, deposit, { status, ...who, nowMs: deps.clock.now() });
  const heard = new Set(status?.refunds.map(({ refundKey }) => refundKey));
  for (const refund of deposit.refunds.filter(isWanted)) {
    const isAsked = current.refunds.some(({ refundKey, state }) => refundKey === refund.refundKey && state === 'asked');
    if (!isAsked || heard.has(refund.refundKey)) continue;
    current = (await askForRefund(deps, current, { refund, reason: 'Asked again' })).deposit;
  }
  return current;
}

interface Tries {
  readonly due: readonly DepositRefund[];
  readonly nowMs: number;
  readonly actor: string;
}

/** Undefined when somebody has changed the deposit meanwhile: then it is not for us to try. */
async function commitTries({ deposits }: SettlingDeps, deposit: Deposit, { due, nowMs, actor }: Tries): Promise<Deposit | undefined> {
  const keys = new Set(due.map(({ refundKey }) => refundKey));
  const refunds = deposit.refunds.map((refund) => (keys.has(refund.refundKey) ? triedOnce(refund, nowMs) : refund));
  const after = changed(deposit, { nowMs, refunds });
  const given = due.find((refund) => isTriedOut(refund));
  const detail = given === undefined ? `Looking after ${[...keys].join(', ')}.` : `${given.refundKey}: ${unconfirmed}`;
  const event = depositEvent({ atMs: nowMs, kind: given === undefined ? 'refund' : 'trouble', actor, detail });
  const exception = given && exceptionOfRefund(deposit, given, nowMs);
  const { state } = await deposits.commit({ before: deposit, after, event, exception });
  return state === 'committed' ? after : undefined;
}

const { firstMs, mostMs, max } = depositLimits.refundTries;
const isTriedOut = ({ tries }: DepositRefund): boolean => tries >= max;

function triedOnce(refund: DepositRefund, nowMs: number): DepositRefund {
  if (isTriedOut(refund)) return { ...refund, dueAtMs: null };
  const tries = refund.tries + 1;
  return { ...refund, tries, dueAtMs: nowMs + Math.min(mostMs, firstMs * 2 ** tries) };
}

const unconfirmed = `No gateway has confirmed the refund in ${max} looks, and nobody looks any more.`;

function exceptionOfRefund({ id, gateway }: Deposit, { refundKey, amountRupiah }: DepositRefund, nowMs: number) {
  return exceptionOf({ kind: 'unclear', gateway, reference: id, gatewayReference: refundKey, amountRupiah, detail: unconfirmed }, nowMs);
}
