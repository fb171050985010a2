/**
 * What staff decide about deposits. A decision is made on a version of the deposit, and written with what it books and its audit record in one
 * transaction: of two at once one is made, and the other is told who was faster.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Fault } from '#shared/platform/fault.ts';
import { requestFault } from '#shared/platform/request-faults.ts';
import { saidBy, type Decider, type StaffNames } from '#shared/identity/staff/decider.ts';
import { memberBook, suspenseBook } from '../account.ts';
import type { Refusal } from '../decide-change.ts';
import { posting } from '../posting.ts';
import type { Exception } from '../reconciliation/exception.ts';
import type { ExceptionStore } from '../reconciliation/ports.ts';
import { depositFault } from './deposit-faults.ts';
import { depositLimits } from './deposit-limits.ts';
import { changed, isReversalOpen, refundableRupiah, totalsOf, type BookedPayment, type Deposit } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { overLimit } from './member-room.ts';
import { detailOf, type DetailDeps } from './read-any-deposit.ts';
import type { DeskDepositDetail } from './desk-views.ts';
import { depositOf } from './settle-deposit.ts';
import { paymentStep } from './settlement.ts';
import { postingIdOf, type Step } from './settlement-step.ts';

export interface DecidingDeps extends DetailDeps {
  readonly staff: StaffNames;
  readonly exceptions: Pick<ExceptionStore, 'get'>;
}

export interface DecisionRequest {
  readonly depositId: string;
  /** Of the deposit that was decided on. */
  readonly version: number;
  readonly reason: string;
  readonly decider: Decider;
}

export interface ConfirmRequest extends DecisionRequest {
  readonly bankReference: string;
  readonly amountRupiah: number;
  /** ISO 8601. */
  readonly receivedAt?: string | undefined;
}

/** Clocks differ a little. */
const aheadMsMax = 60_000;

/**
 * Books a transfer that somebody has seen on the bank's statement. Another amount than was asked for goes into suspense. Throws `request.invalid`
 * for one of the future: it would be booked as paid too late, for ever.
 */
export async function confirmTransfer(deps: DecidingDeps, request: ConfirmRequest): Promise<DeskDepositDetail> {
  const deposit = await decidedOn(deps, request);
  if (deposit.gateway !== 'manual') throw depositFault('deposits.nothing-to-decide');
  const { decider, bankReference, amountRupiah, receivedAt } = request;
  const nowMs = deps.clock.now();
  if (receivedAt !== undefined && Date.parse(receivedAt) > nowMs + aheadMsMax)
    throw requestFault('request.invalid', { errors: [{ pointer: '/receivedAt', detail: 'In the future.' }] });
  const payment = { paymentId: bankReference, amountRupiah, paidAtMs: receivedAt === undefined ? nowMs : Date.parse(receivedAt) };
  const status = { state: 'paid', payments: [payment], refunds: [], gatewayTransactionId: null, rawStatus: 'confirmed' } as const;
  const step = paymentStep(deposit, { status, actor: `staff:${decider.staffId}`, nowMs });
  if (step === undefined) throw depositFault('deposits.nothing-to-decide');
  const after = await decide(deps, { request, deposit, step, action: 'deposit.transfer-confirmed' });
  return detailOf(deps, after);
}

/** Gives the member what was kept for them. Throws `deposits.reversal-unclear` while nobody has said whether it is still there. */
export async function creditPayment(
  deps: DecidingDeps,
  request: DecisionRequest & { readonly paymentId: string },
): Promise<DeskDepositDetail> {
  const deposit = await decidedOn(deps, request);
  const payment = spendablePaymentOf(deposit, request.paymentId);
  const amountRupiah = refundableRupiah(deposit, payment);
  const hasRefunds = deposit.refunds.some(({ paymentId, state }) => paymentId === payment.paymentId && state === 'asked');
  if (payment.place !== 'suspense' || amountRupiah === 0 || hasRefunds) throw depositFault('deposits.nothing-to-decide');
  const { decider, reason } = request;
  const nowMs = deps.clock.now();
  const actor = `staff:${decider.staffId}`;
  const change = posting({
    id: postingIdOf('resolve', deposit, payment),
    kind: 'deposit',
    moves: [{ from: suspenseBook, to: memberBook(deposit.memberId), amountRupiah }],
    reference: deposit.id,
    reason: reason.slice(0, depositLimits.reasonCharacters.max),
    actor,
  });
  const payments = deposit.payments.map((one) => (one.paymentId === payment.paymentId ? { ...one, place: 'member' as const } : one));
  const step: Step = {
    after: changed(deposit, { nowMs, payments }),
    event: depositEvent({ atMs: nowMs, kind: 'decision', actor, amountRupiah, postingId: change.id, detail: 'Credited from suspense.' }),
    change,
  };
  return detailOf(deps, await decide(deps, { request, deposit, step, action: 'deposit.credited' }));
}

/** The deposit, if it is still what was decided on. */
export async function decidedOn(deps: DecidingDeps, { depositId, version }: DecisionRequest): Promise<Deposit> {
  const deposit = await depositOf(deps, depositId);
  if (deposit.version !== version) throw await decidedMeanwhile(deps, depositId);
  return deposit;
}

export function paymentOf(deposit: Deposit, paymentId: string): BookedPayment {
  const payment = deposit.payments.find((one) => one.paymentId === paymentId);
  if (payment === undefined) throw depositFault('deposits.nothing-to-decide');
  return payment;
}

/** The payment, unless it may be the one that the gateway has taken back. */
export function spendablePaymentOf(deposit: Deposit, paymentId: string): BookedPayment {
  if (isReversalOpen(deposit)) throw depositFault('deposits.reversal-unclear');
  return paymentOf(deposit, paymentId);
}

interface Decision {
  readonly request: DecisionRequest;
  readonly deposit: Deposit;
  readonly step: Step;
  readonly action: AuditEntry['action'];
  /** What the decision is about, and ends. */
  readonly exception?: Exception | undefined;
}

/** Makes it, or throws why it cannot be made. */
export async function decide(deps: DecidingDeps, decision: Decision): Promise<Deposit> {
  const { request, deposit, step, action, exception } = decision;
  const said = await saidBy(deps.staff, request.decider);
  const stream = `member:${deposit.memberId}`;
  const { otherwise, ...change } = step;
  const event = { ...step.event, actorName: said.actorName };
  const entry = {
    ...said,
    stream,
    subject: stream,
    action,
    reason: request.reason,
    before: stateOf(deposit),
    after: { ...stateOf(step.after), postingId: change.change?.id ?? null, ...(exception && { exceptionId: exception.id }) },
  };
  const by = { staffId: request.decider.staffId, name: said.actorName, atMs: deps.clock.now(), reason: request.reason };
  const resolved = exception && { ...exception, state: 'resolved' as const, resolution: by };
  const outcome = await deps.deposits.commit({ before: deposit, ...change, event, entry, resolved });
  if (outcome.state === 'committed') return step.after;
  if (outcome.state === 'stale') throw await decidedMeanwhile(deps, deposit.id);
  const instead = otherwise?.(outcome.refusal);
  if (instead !== undefined) return decide(deps, { ...decision, step: instead });
  throw refusedFault(outcome.refusal);
}

const stateOf = (deposit: Deposit) => ({ depositId: deposit.id, status: deposit.status, ...totalsOf(deposit) });

const limitNames = { 'balance-limit': 'balance', 'incoming-limit': 'incoming' } as const;

function refusedFault(refusal: Refusal): Fault {
  const because = (pointer: string, detail: string) => ({ errors: [{ pointer, detail }] });
  switch (refusal.reason) {
    case 'balance-limit':
    case 'incoming-limit':
      return overLimit({ roomRupiah: refusal.roomRupiah, limit: limitNames[refusal.reason] }, '');
    case 'account-closed':
      return depositFault('deposits.account-closed');
    case 'claimed':
      return depositFault('deposits.reference-taken', because('/bankReference', `It is booked as ${refusal.by}.`));
    case 'insufficient':
      return depositFault('deposits.refund-refused', because('/amountRupiah', `The member has ${refusal.availableRupiah} rupiah left.`));
    case 'hold-unknown':
    case 'hold-settled':
    case 'hold-released':
    case 'hold-differs':
    default:
      // Holds are made and closed by the deposit's own refunds: what is not as it was decided on has been decided.
      return depositFault('deposits.nothing-to-decide');
  }
}

/** Says who decided last, if a person did. */
async function decidedMeanwhile({ deposits }: DecidingDeps, depositId: string) {
  const events = await deposits.events(depositId, depositLimits.eventsShownMax);
  const last = events.findLast(({ actor }) => actor.startsWith('staff:'));
  const by = last && [
    `By ${last.actorName ?? last.actor} at ${new Date(last.atMs).toISOString()}`,
    ...(last.detail === null ? [] : [last.detail]),
  ];
  const detail = by?.join(': ');
  return depositFault('deposits.decided-meanwhile', { ...(detail !== undefined && { errors: [{ pointer: '/version', detail }] }) });
}
