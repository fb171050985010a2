/**
 * A member withdraws: the money is set aside, and staff are to decide. Safe to repeat: the same key gives the same answer for ever.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { Fault } from '#shared/platform/fault.ts';
import { wishHashOf } from '#shared/platform/http/idempotency-key.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { memberBook } from '../account.ts';
import type { Refusal } from '../decide-change.ts';
import type { Ledger } from '../ports.ts';
import { heldFor } from './booking.ts';
import type { BankAccount } from './bank-account.ts';
import { requireBankAccount } from './bank-accounts.ts';
import { checkedNameOf } from './name-check.ts';
import type { BankAccountBook, CardNames, PayoutChannels, WithdrawalStore } from './ports.ts';
import { presentWithdrawal, type WithdrawalView } from './present-withdrawal.ts';
import { riskOf } from './risk.ts';
import { eventOf } from './timeline.ts';
import { isOpen, type PayoutChannel, type Withdrawal } from './withdrawal.ts';
import { withdrawalFault } from './withdrawal-faults.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';
import { approvalsNeeded, termsAt, type WithdrawalTerms } from './withdrawal-terms.ts';

export interface SubmitDeps {
  readonly withdrawals: WithdrawalStore;
  readonly bankAccounts: BankAccountBook;
  readonly ledger: Pick<Ledger, 'statement'>;
  readonly channels: PayoutChannels;
  readonly cardNames: CardNames;
  readonly terms: readonly WithdrawalTerms[];
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface SubmitRequest {
  readonly memberId: string;
  readonly key: string;
  readonly amountRupiah: number;
  readonly bankAccountId: string;
}

/** How many of a member's withdrawals tell whether there was one before. */
const lookedAt = 50;

export async function submitWithdrawal(deps: SubmitDeps, request: SubmitRequest): Promise<WithdrawalView> {
  return (await repeatedSubmission(deps, request)) ?? submitAnew(deps, request);
}

/** What was answered the first time under the key; undefined for a new one. Throws `withdrawals.key-reused` for another request. */
export async function repeatedSubmission(
  { withdrawals }: Pick<SubmitDeps, 'withdrawals'>,
  request: SubmitRequest,
): Promise<WithdrawalView | undefined> {
  const remembered = await withdrawals.remembered(request.memberId, request.key);
  if (remembered === undefined) return undefined;
  if (remembered.wishHash !== wishHashFor(request)) throw withdrawalFault('withdrawals.key-reused');
  return remembered.answer as WithdrawalView;
}

/** Submits what nobody has asked for under the key, unless somebody does so at the same time. */
export async function submitAnew(deps: SubmitDeps, request: SubmitRequest): Promise<WithdrawalView> {
  let refusal: Fault | undefined;
  try {
    const made = await submitNew(deps, request);
    if (made !== undefined) return made;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    refusal = error;
  }
  // What is missing now, or one too many, may be what the very same request has just done: its twin is answered what it was.
  const meanwhile = await repeatedSubmission(deps, request);
  if (meanwhile !== undefined) return meanwhile;
  throw refusal ?? new Error(`A key of ${request.memberId} is used and not there`);
}

const wishHashFor = ({ amountRupiah, bankAccountId }: SubmitRequest): string => wishHashOf('withdrawal', { amountRupiah, bankAccountId });

/** Undefined when somebody has used the key meanwhile. */
async function submitNew(deps: SubmitDeps, request: SubmitRequest): Promise<WithdrawalView | undefined> {
  const { memberId, key } = request;
  const withdrawal = await newWithdrawal(deps, request);
  const event = eventOf(withdrawal, { what: 'submitted', actor: `member:${memberId}` });
  const answer = presentWithdrawal(withdrawal);
  const outcome = await deps.withdrawals.submit(
    { withdrawal, event, change: heldFor(withdrawal) },
    { memberId, key, wishHash: wishHashFor(request), id: withdrawal.id, answer: { ...answer } },
  );
  if (outcome.state === 'refused') throw refusalFault(outcome.refusal);
  return outcome.state === 'submitted' ? answer : undefined;
}

async function newWithdrawal(deps: SubmitDeps, { memberId, amountRupiah, bankAccountId }: SubmitRequest): Promise<Withdrawal> {
  const nowMs = deps.clock.now();
  const terms = termsAt(deps.terms, nowMs);
  checkAmount(terms, amountRupiah);
  const channel = channelOf(deps.channels);
  const [kept, former] = await Promise.all([
    requireBankAccount(deps.bankAccounts, { memberId, bankAccountId }),
    deps.withdrawals.ofMember(memberId, { limit: lookedAt }),
  ]);
  if (former.filter(({ state }) => isOpen(state)).length >= withdrawalLimits.openMax) throw withdrawalFault('withdrawals.too-many-open');
  const account = await checkedNow(deps.cardNames, kept);
  const needed = approvalsNeeded(terms, amountRupiah);
  const risk = riskOf({
    nameCheck: account.nameCheck,
    bankAccountAgeMs: nowMs - account.createdAtMs,
    hasWithdrawnBefore: former.some(({ completedAtMs }) => completedAtMs !== null),
    needsSecondApproval: needed > 1,
    amountRupiah,
    recentIncomingRupiah: await incomingWithinADay(deps, memberId),
  });
  return {
    id: prefixedId('wd', deps),
    memberId,
    amountRupiah,
    feeRupiah: terms.feeRupiah,
    destination: destinationOf(account),
    channel,
    state: 'submitted',
    approvalsNeeded: needed,
    approvals: [],
    risk,
    attempt: null,
    attemptsMade: 0,
    reason: null,
    decidedBy: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    completedAtMs: null,
    nextAskAtMs: null,
    asks: 0,
    version: 1,
  };
}

/** An account that was added before the member's card was approved was held against the member's own word: now there is better to be had. */
async function checkedNow(cardNames: CardNames, account: BankAccount): Promise<BankAccount> {
  if (account.checkedAgainst === 'identity-card') return account;
  const cardName = await cardNames.of(account.memberId);
  return { ...account, ...checkedNameOf({ ...account, cardName }) };
}

function checkAmount({ amountRupiahMin, amountRupiahMax }: WithdrawalTerms, amountRupiah: number): void {
  if (amountRupiah >= amountRupiahMin && amountRupiah <= amountRupiahMax) return;
  const detail = `From Rp ${amountRupiahMin} to Rp ${amountRupiahMax}.`;
  throw withdrawalFault('withdrawals.amount-refused', { errors: [{ pointer: '/amountRupiah', detail }] });
}

/** The first that is configured. */
function channelOf(channels: PayoutChannels): PayoutChannel {
  const [channel] = channels.keys();
  if (channel === undefined) throw withdrawalFault('withdrawals.off');
  return channel;
}

const destinationOf = ({ id, bank, accountNumber, accountName, holderName, nameCheck, checkedAgainst }: BankAccount) => ({
  bankAccountId: id,
  bank,
  accountNumber,
  accountName,
  holderName,
  nameCheck,
  checkedAgainst,
});

const dayMs = 86_400_000;

async function incomingWithinADay({ ledger, clock }: SubmitDeps, memberId: string): Promise<number> {
  const nowMs = clock.now();
  const [from, to] = [nowMs - dayMs, nowMs + 1].map((ms) => new Date(ms).toISOString()) as [string, string];
  const statement = await ledger.statement({ account: memberBook(memberId), from, to });
  let sum = 0;
  for await (const rows of statement.pages())
    for (const { kind, amountRupiah } of rows) sum += ['deposit', 'transfer'].includes(kind) ? Math.max(0, amountRupiah) : 0;
  return sum;
}

function refusalFault(refusal: Refusal) {
  if (refusal.reason !== 'insufficient') throw new Error(`A hold was refused: ${refusal.reason}`);
  const detail = `Rp ${refusal.availableRupiah} are available.`;
  return withdrawalFault('withdrawals.insufficient', { errors: [{ pointer: '/amountRupiah', detail }] });
}
