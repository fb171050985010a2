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
import { needsPhone, offerOf, type OfferDeps, type OfferedMethod } from './offered-methods.ts';
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
  return (await repeatedWish(deps, request)) ?? openAnew(deps, request);
}

/** What the wish led to that stands under the key already; undefined for a new one. Throws as opening does. */
export async function repeatedWish(deps: OpeningDeps, request: OpenRequest): Promise<Opened | undefined> {
  const known = await deps.deposits.wish(request.memberId, request.idempotencyKey);
  return known && replay(deps, request, known);
}

/** Opens what nobody has wished for under the key, unless somebody does so at the same time. */
export async function openAnew(deps: OpeningDeps, request: OpenRequest): Promise<Opened> {
  const offer = await offerFor(deps, request);
  await checkRoom(deps, request);
  const opened = await store(deps, request, offer);
  if (opened !== undefined) return { answer: await answerOf(deps, await chargeDeposit(deps, opened)), isReplayed: false };
  const repeated = await repeatedWish(deps, request);
  if (repeated === undefined) throw depositFault('deposits.in-progress', { retryAfterSeconds: 1 });
  return repeated;
}

const wishHashFor = ({ amountRupiah, method }: OpenRequest): string => wishHashOf('open-deposit', { amountRupiah, method });

async function offerFor(deps: OpeningDeps, { memberId, method, amountRupiah }: OpenRequest): Promise<OfferedMethod> {
  const offer = offerOf(deps, method);
  if (offer === undefined) throw unavailable('It is not offered.');
  if (needsPhone(method) && (await deps.phoneOf(memberId)) === undefined)
    throw unavailable('It asks on the phone, and the membership has none.');
  const { amountRupiahMin: min, amountRupiahMax: max } = offer;
  if (amountRupiah >= min && amountRupiah <= max) return offer;
  const detail = `From ${min} to ${max} rupiah.`;
  throw depositFault('deposits.amount-out-of-range', { errors: [{ pointer: '/amountRupiah', detail }] });
}

const unavailable = (detail: string) => depositFault('deposits.method-unavailable', { errors: [{ pointer: '/method', detail }] });

async function checkRoom(deps: RoomDeps, { memberId, amountRupiah, method }: OpenRequest): Promise<void> {
  const room = await roomOf(deps, memberId);
  const most = amountRupiah + (method === 'manual-transfer' ? depositLimits.uniqueCode.max : 0);
  if (most > room.roomRupiah) throw overLimit(room, '/amountRupiah');
}

/** Undefined when the key stands for a wish already. */
async function store(deps: OpeningDeps, request: OpenRequest, offer: OfferedMethod): Promise<Deposit | undefined> {
  const wishHash = wishHashFor(request);
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

async function replay(deps: OpeningDeps, request: OpenRequest, known: Wish): Promise<Opened> {
  if (known.hash !== wishHashFor(request)) throw depositFault('deposits.key-reused');
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

/** What was kept. A deposit that was paid or ended before anybody was answered is answered as it is, and from then on always so. */
async function answerOf({ deposits, clock }: OpeningDeps, deposit: Deposit): Promise<DepositAnswer> {
  const { memberId, idempotencyKey, status } = deposit;
  const kept = (await deposits.wish(memberId, idempotencyKey))?.answer;
  if (kept != null) return kept;
  const answer = answerWith(deposit, clock.now());
  return status === 'creating' ? answer : deposits.keepAnswer(deposit, answer);
}
