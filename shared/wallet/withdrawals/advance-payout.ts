/**
 * Takes a withdrawal one step on, as far as gateways are concerned: sends what is approved, asks for what was sent, and does what the answer means.
 * Whoever comes by may call it, as often as they like: the queue, a webhook, the sweep, staff.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { Fault } from '#shared/platform/fault.ts';
import type { PayoutGateway, PayoutStatus } from '#shared/payments/ports.ts';
import { memberBook } from '../account.ts';
import type { Ledger } from '../ports.ts';
import { exceptionOf, type Finding } from '../reconciliation/exception.ts';
import { releasedFor, returnedFor, settledFor, systemActor } from './booking.ts';
import { decidePayout } from './decide-payout.ts';
import type { PayoutGateways, WithdrawalChange, WithdrawalStore } from './ports.ts';
import { eventOf, type TimelineKind } from './timeline.ts';
import { attemptIdOf, changed, payoutRupiah, refusedStatus, type Withdrawal } from './withdrawal.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export interface AdvanceDeps {
  readonly withdrawals: WithdrawalStore;
  readonly ledger: Pick<Ledger, 'balanceOf'>;
  readonly gateways: PayoutGateways;
  readonly clock: Clock;
}

/** Steps that one call takes: begin, send, release at the gateway, and what others did in between. */
const stepsMax = 8;

/** Answers the withdrawal as it is then. Faults of a gateway come through, after the next question has been planned. */
export async function advancePayout(deps: AdvanceDeps, withdrawalId: string): Promise<Withdrawal | undefined> {
  let withdrawal = await deps.withdrawals.get(withdrawalId);
  for (let step = 1; step <= stepsMax && withdrawal !== undefined; step += 1) {
    const taken = await stepOf(deps, withdrawal);
    if (taken === 'done') return withdrawal;
    withdrawal = await deps.withdrawals.get(withdrawalId);
    if (taken === 'last') return withdrawal;
  }
  return withdrawal;
}

/** `done`: there was nothing to do. `last`: something was, and the rest has time. `on`: look again. */
type Taken = 'done' | 'last' | 'on';

async function stepOf(deps: AdvanceDeps, withdrawal: Withdrawal): Promise<Taken> {
  const gateway = deps.gateways.get(withdrawal.channel);
  if (gateway === undefined || !['approved', 'sent', 'stalled', 'completed', 'failed'].includes(withdrawal.state)) return 'done';
  try {
    if (withdrawal.state !== 'approved') return await ask(deps, withdrawal, gateway);
    return withdrawal.attempt === null ? await begin(deps, withdrawal) : await send(deps, withdrawal, gateway);
  } catch (error) {
    if (error instanceof Fault) await later(deps, withdrawal, { trouble: error.code });
    throw error;
  }
}

/** Written down before anything is sent: a withdrawal with an attempt may have been sent, and one without has not. */
async function begin({ withdrawals, ledger, clock }: AdvanceDeps, withdrawal: Withdrawal): Promise<Taken> {
  const { available } = await ledger.balanceOf(memberBook(withdrawal.memberId));
  if (available < 0) return stall({ withdrawals, clock }, withdrawal, 'The member owes after a reversal');
  const nowMs = clock.now();
  const number = withdrawal.attemptsMade + 1;
  const attempt = { id: attemptIdOf(withdrawal.id, number), number, startedAtMs: nowMs, gatewayPayoutId: null, rawStatus: null };
  const to = changed(withdrawal, { attempt, attemptsMade: number, nextAskAtMs: nowMs + askMs(0) }, nowMs);
  return write(withdrawals, withdrawal, { to, what: 'attempt', detail: attempt.id });
}

async function send(deps: AdvanceDeps, withdrawal: Withdrawal, gateway: PayoutGateway): Promise<Taken> {
  const { withdrawals, clock } = deps;
  const { attempt, destination } = withdrawal;
  if (attempt === null) return 'on';
  if (gateway.needsApproval && clock.now() - attempt.startedAtMs > withdrawalLimits.irisRemembersMs) {
    // Sent again now, it might be a second payout.
    const finding = { kind: 'unclear' as const, gateway: withdrawal.channel, reference: withdrawal.id, detail: lostAnswer };
    const to = changed(withdrawal, { state: 'stalled', reason: lostAnswer, nextAskAtMs: null }, clock.now());
    return write(withdrawals, withdrawal, { to, what: 'stalled', detail: lostAnswer, exceptions: [exceptionOf(finding, clock.now())] });
  }
  const { bank, accountNumber, accountName, holderName } = destination;
  const outcome = await gateway.send({
    withdrawalId: attempt.id,
    amountRupiah: payoutRupiah(withdrawal),
    bank,
    accountNumber,
    accountName: holderName ?? accountName,
  });
  // Definite even after a try whose answer was lost: the same id would have been answered with the payout.
  if (outcome.kind === 'refused') return stall(deps, { ...withdrawal, attempt: { ...attempt, rawStatus: refusedStatus } }, outcome.reason);
  const { gatewayPayoutId, rawStatus } = outcome.payout;
  const nowMs = clock.now();
  const sent = { state: 'sent', attempt: { ...attempt, gatewayPayoutId, rawStatus }, asks: 0, nextAskAtMs: nowMs } as const;
  return write(withdrawals, withdrawal, { to: changed(withdrawal, sent, nowMs), what: 'sent', detail: gatewayPayoutId });
}

const lostAnswer = "The gateway's answer was lost, and it is too late to ask for it by our id: look it up in the gateway's own pages.";

/** Does what the gateway's word means. */
async function ask(deps: AdvanceDeps, withdrawal: Withdrawal, gateway: PayoutGateway): Promise<Taken> {
  const { attempt } = withdrawal;
  if (attempt === null) return 'done';
  const status = await gateway.status({ withdrawalId: attempt.id, gatewayPayoutId: attempt.gatewayPayoutId });
  if (status === undefined) return later(deps, withdrawal, { trouble: 'The gateway has no such payout' });
  const seen = { ...withdrawal, attempt: { ...attempt, gatewayPayoutId: status.gatewayPayoutId, rawStatus: status.rawStatus } };
  const decision = decidePayout(withdrawal, status);
  if (decision.kind === 'wait') return later(deps, withdrawal, { status });
  if (decision.kind === 'approve') return approve(deps, seen, gateway);
  if (decision.kind === 'tell') return tell(deps, withdrawal, { ...decision.finding, amountRupiah: payoutRupiah(withdrawal) });
  if (decision.kind === 'complete') return complete(deps, seen);
  return { stall, fail, reverse }[decision.kind](deps, seen, decision.reason);
}

function complete({ withdrawals, clock }: AdvanceDeps, withdrawal: Withdrawal): Promise<Taken> {
  const nowMs = clock.now();
  const nextAskAtMs = nowMs + withdrawalLimits.afterCompletionSeconds * 1_000;
  const to = changed(withdrawal, { state: 'completed', reason: null, completedAtMs: nowMs, asks: 0, nextAskAtMs }, nowMs);
  return write(withdrawals, withdrawal, { to, what: 'completed', change: settledFor(to) });
}

function fail({ withdrawals, clock }: AdvanceDeps, withdrawal: Withdrawal, reason: string): Promise<Taken> {
  const to = changed(withdrawal, { state: 'failed', reason, nextAskAtMs: null }, clock.now());
  const change = releasedFor(withdrawal, { reason: `The payout failed: ${reason}`, actor: systemActor });
  return write(withdrawals, withdrawal, { to, what: 'failed', detail: reason, change });
}

function reverse({ withdrawals, clock }: AdvanceDeps, withdrawal: Withdrawal, reason: string): Promise<Taken> {
  const to = changed(withdrawal, { state: 'reversed', reason, nextAskAtMs: null }, clock.now());
  return write(withdrawals, withdrawal, { to, what: 'reversed', detail: reason, change: returnedFor(to) });
}

/** With the gateway's second key. Refused, it is asked again later: a person may have done it in the gateway's own pages, or there is too little money. */
async function approve(deps: AdvanceDeps, withdrawal: Withdrawal, gateway: PayoutGateway): Promise<Taken> {
  const { attempt } = withdrawal;
  if (attempt?.gatewayPayoutId === undefined || attempt.gatewayPayoutId === null) return 'done';
  const outcome = await gateway.approve({ withdrawalId: attempt.id, gatewayPayoutId: attempt.gatewayPayoutId });
  if (outcome.kind === 'refused') return later(deps, withdrawal, { trouble: `The gateway does not release it: ${outcome.reason}` });
  const nowMs = deps.clock.now();
  const to = changed(withdrawal, { attempt: { ...attempt, rawStatus: 'approved' }, asks: 0, nextAskAtMs: nowMs + askMs(0) }, nowMs);
  await write(deps.withdrawals, withdrawal, { to, what: 'released-at-gateway' });
  return 'last';
}

/** Approved, and nothing under way: a person decides. */
function stall({ withdrawals, clock }: Pick<AdvanceDeps, 'withdrawals' | 'clock'>, withdrawal: Withdrawal, reason: string): Promise<Taken> {
  const to = changed(withdrawal, { state: 'stalled', reason, nextAskAtMs: null }, clock.now());
  return write(withdrawals, withdrawal, { to, what: 'stalled', detail: reason });
}

/** Nothing is booked, and nobody asks any more until a person does. */
async function tell({ withdrawals, clock }: AdvanceDeps, withdrawal: Withdrawal, finding: Finding): Promise<Taken> {
  const nowMs = clock.now();
  const to = changed(withdrawal, { nextAskAtMs: null }, nowMs);
  const exceptions = [exceptionOf(finding, nowMs)];
  await write(withdrawals, withdrawal, { to, what: 'exception', detail: finding.detail, exceptions });
  return 'last';
}

/** Plans the next question, the later the rarer; keeps a line of it. Asked before it was due and without news, there is nothing to be kept. */
async function later(deps: AdvanceDeps, withdrawal: Withdrawal, { trouble, status }: Answer): Promise<Taken> {
  const { attempt } = withdrawal;
  const nowMs = deps.clock.now();
  const isNews = status !== undefined && status.rawStatus !== attempt?.rawStatus;
  if (!isNews && !isDue(withdrawal, nowMs)) return 'done';
  const seen = isNews && attempt !== null ? { attempt: { ...attempt, rawStatus: status.rawStatus } } : {};
  const to = changed(withdrawal, { ...seen, nextAskAtMs: nextAskOf(withdrawal, nowMs), asks: withdrawal.asks + 1 }, nowMs);
  const detail = trouble ?? status?.rawStatus;
  await write(deps.withdrawals, withdrawal, { to, what: isNews ? 'gateway-status' : 'asked', detail });
  return 'last';
}

const isDue = ({ nextAskAtMs }: Withdrawal, nowMs: number): boolean => nextAskAtMs !== null && nextAskAtMs <= nowMs;

interface Answer {
  readonly trouble?: string;
  readonly status?: PayoutStatus;
}

function nextAskOf({ state, asks }: Withdrawal, nowMs: number): number | null {
  if (state !== 'completed') return state === 'stalled' || state === 'failed' ? null : nowMs + askMs(asks);
  return asks + 1 < withdrawalLimits.afterCompletionAsks ? nowMs + withdrawalLimits.afterCompletionSeconds * 1_000 : null;
}

const askMs = (asks: number): number => (withdrawalLimits.askSeconds[asks] ?? withdrawalLimits.askSeconds.at(-1) ?? 0) * 1_000;

interface Written extends Pick<WithdrawalChange, 'to' | 'change' | 'exceptions'> {
  readonly what: TimelineKind;
  readonly detail?: string | undefined;
}

/** A change that the ledger refuses is a bug here or a hand in the table: it is thrown, and so ends in the dead-letter queue. */
async function write(withdrawals: WithdrawalStore, from: Withdrawal, { to, what, detail, change, exceptions }: Written): Promise<Taken> {
  const event = eventOf(to, { what, actor: systemActor, detail });
  const outcome = await withdrawals.change({ from, to, event, change, exceptions });
  if (outcome.state === 'refused') throw new Error(`${what} of ${from.id} was refused: ${outcome.refusal.reason}`);
  return ['attempt', 'sent'].includes(what) || outcome.state === 'meanwhile' ? 'on' : 'last';
}
