/**
 * Opens a deposit. The same wish under the same key gives the same deposit and the same answer, for ever and also at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PaymentMethod } from '#shared/payments/payment.ts';
import type { Chance } from '#shared/platform/chance.ts';
import { wishHashOf } from '#shared/platform/http/idempotency-key.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { chargeDeposit, resumeCharge, type ChargingDeps } from './charge-deposit.ts';
import { depositFault } from './deposit-faults.ts';
import { depositLimits } from './deposit-limits.ts';
import { type Deposit } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { overLimit, roomOf, type RoomDeps } from './member-room.ts';
import { offerOf, type OfferDeps, type OfferedMethod } from './offered-methods.ts';
import type { Wish } from './ports.ts';
import { answerWith, type DepositAnswer } from './present-deposit.ts';
import { depositOf } from './settle-deposit.ts';

export interface OpeningDeps extends ChargingDeps, RoomDeps, OfferDeps {
  readonly chance: Chance;
  /** Waits for whoever works on the same wish; simulations have their own idea of it. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

export interface OpenRequest {
  readonly memberId: string;
  readonly idempotencyKey: string;
  readonly amountRupiah: number;
  readonly method: PaymentMethod;
}

export interface Opened {
  readonly answer: DepositAnswer;
  /** True when it was opened before, under the same key. */
  readonly isReplayed: boolean;
}

/** Throws faults of deposits and of payments. After one of payments the same wish may be sent again under the same key. */
export async function openDeposit(deps: OpeningDeps, request: OpenRequest): Promise<Opened> {
  const wishHash = wishHashOf('open-deposit', { amountRupiah: request.amountRupiah, method: request.method });
  const known = await deps.deposits.wish(request.memberId, request.idempotencyKey);
  if (known !== undefined) return replay(deps, request, { known, wishHash });
  const offer = offerFor(deps, request);
  await checkRoom(deps, request);
  const opened = await store(deps, request, { offer, wishHash });
  if (opened !== undefined) return { answer: await answerOf(deps, await chargeDeposit(deps, opened)), isReplayed: false };
  const other = await deps.deposits.wish(request.memberId, request.idempotencyKey);
  if (other === undefined) throw depositFault('deposits.in-progress', { retryAfterSeconds: 1 });
  return replay(deps, request, { known: other, wishHash });
}

function offerFor(deps: OfferDeps, { method, amountRupiah }: OpenRequest): OfferedMethod {
  const offer = offerOf(deps, method);
  if (offer === undefined)
    throw depositFault('deposits.method-unavailable', { errors: [{ pointer: '/method', detail: 'It is not offered.' }] });
  const { amountRupiahMin: min, amountRupiahMax: max } = offer;
  if (amountRupiah >= min && amountRupiah <= max) return offer;
  const detail = `From ${min} to ${max} rupiah.`;
  throw depositFault('deposits.amount-out-of-range', { errors: [{ pointer: '/amountRupiah', detail }] });
}

async function checkRoom(deps: RoomDeps, { memberId, amountRupiah, method }: OpenRequest): Promise<void> {
  const room = await roomOf(deps, memberId);
  const most = amountRupiah + (method === 'manual-transfer' ? depositLimits.uniqueCode.max : 0);
  if (most > room.roomRupiah) throw overLimit(room, '/amountRupiah');
}

interface Terms {
  readonly offer: OfferedMethod;
  readonly wishHash: string;
}

/** Undefined when the key stands for a wish already. */
async function store(deps: OpeningDeps, request: OpenRequest, { offer, wishHash }: Terms): Promise<Deposit | undefined> {
  const attempts = offer.gateway === 'manual' ? depositLimits.uniqueCodeAttemptsMax : 1;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const deposit = newDeposit(deps, request, offer);
    const { createdAtMs, memberId, status, amountRupiah } = deposit;
    const event = depositEvent({ atMs: createdAtMs, kind: 'opened', actor: `member:${memberId}`, status, amountRupiah });
    const answer = status === 'pending' ? answerWith(deposit, createdAtMs) : null;
    const outcome = await deps.deposits.open({ deposit, wishHash, event, answer });
    if (outcome === 'opened') return deposit;
    if (outcome === 'key-known') return undefined;
    if (outcome === 'too-many-open') throw depositFault('deposits.too-many-open');
  }
  throw depositFault('deposits.amounts-taken');
}

function newDeposit(deps: OpeningDeps, request: OpenRequest, { gateway, lifetimeSeconds }: OfferedMethod): Deposit {
  const nowMs = deps.clock.now();
  const { memberId, idempotencyKey, amountRupiah, method } = request;
  const isTransfer = gateway === 'manual';
  const uniqueCode = isTransfer ? uniqueCodeBy(deps.chance) : null;
  return {
    id: prefixedId('dep', deps),
    memberId,
    status: isTransfer ? 'pending' : 'creating',
    method,
    gateway,
    amountRupiah,
    uniqueCode,
    totalRupiah: amountRupiah + (uniqueCode ?? 0),
    idempotencyKey,
    createdAtMs: nowMs,
    expiresAtMs: Math.ceil(nowMs / 1_000 + lifetimeSeconds) * 1_000,
    updatedAtMs: nowMs,
    endedAtMs: null,
    charging: isTransfer ? null : { untilMs: nowMs + depositLimits.chargeLeaseMs, isUncertain: false },
    gatewayTransactionId: null,
    instructions: isTransfer && deps.transferAccount ? { kind: 'bank-transfer', ...deps.transferAccount } : null,
    payments: [],
    refunds: [],
    unclearReversal: null,
    unknownStatus: null,
    failure: null,
    version: 1,
  };
}

function uniqueCodeBy(chance: Chance): number {
  const { min, max } = depositLimits.uniqueCode;
  return min + Math.floor(chance.fraction() * (max - min + 1));
}

interface Known {
  readonly known: Wish;
  readonly wishHash: string;
}

async function replay(deps: OpeningDeps, request: OpenRequest, { known, wishHash }: Known): Promise<Opened> {
  if (known.hash !== wishHash) throw depositFault('deposits.key-reused');
  const { every, most } = depositLimits.twinWaitMs;
  const { pause = sleep } = deps;
  let wish: Wish | undefined = known;
  for (let waitedMs = 0; waitedMs <= most; waitedMs += every) {
    if (wish?.answer != null) return { answer: wish.answer, isReplayed: true };
    const resumed = await resumeCharge(deps, await depositOf(deps, known.depositId));
    if (resumed !== undefined) return { answer: await answerOf(deps, resumed), isReplayed: true };
    await pause(every);
    wish = await deps.deposits.wish(request.memberId, request.idempotencyKey);
  }
  throw depositFault('deposits.in-progress', { retryAfterSeconds: 2 });
}

/** What was kept; a deposit that was paid or ended before anybody was answered has none, and is answered as it is. */
async function answerOf(deps: OpeningDeps, deposit: Deposit): Promise<DepositAnswer> {
  const wish = await deps.deposits.wish(deposit.memberId, deposit.idempotencyKey);
  return wish?.answer ?? answerWith(deposit, deps.clock.now());
}
