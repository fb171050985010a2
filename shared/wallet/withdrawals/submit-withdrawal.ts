/**
 * A member withdraws: the money is set aside, and staff are to decide. Safe to repeat: the same key gives the same answer for ever.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { wishHashOf } from '#shared/platform/http/idempotency-key.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { memberBook } from '../account.ts';
import type { Refusal } from '../decide-change.ts';
import type { Remembered } from './remembered-request.ts';
import type { Ledger } from '../ports.ts';
import { heldFor } from './booking.ts';
import type { BankAccount } from './bank-account.ts';
import { requireBankAccount } from './bank-accounts.ts';
import type { BankAccountBook, PayoutGateways, WithdrawalStore } from './ports.ts';
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
  readonly gateways: PayoutGateways;
  readonly terms: readonly WithdrawalTerms[];
  readonly clock: Clock;
  readonly chance: Chance;
}

interface Request {
  readonly memberId: string;
  readonly key: string;
  readonly amountRupiah: number;
  readonly bankAccountId: string;
}

/** How many of a member's withdrawals tell whether there was one before. */
const lookedAt = 50;

export async function submitWithdrawal(deps: SubmitDeps, request: Request): Promise<WithdrawalView> {
  const { withdrawals } = deps;
  const { memberId, key, amountRupiah, bankAccountId } = request;
  const wishHash = wishHashOf('withdrawal', { amountRupiah, bankAccountId });
  const before = await withdrawals.remembered(memberId, key);
  if (before !== undefined) return answerOf(before, wishHash);
  const withdrawal = await newWithdrawal(deps, request);
  const event = eventOf(withdrawal, { what: 'submitted', actor: `member:${memberId}` });
  const answer = presentWithdrawal(withdrawal);
  const outcome = await withdrawals.submit(
    { withdrawal, event, change: heldFor(withdrawal) },
    { memberId, key, wishHash, id: withdrawal.id, answer: { ...answer } },
  );
  if (outcome.state === 'submitted') return answer;
  // Also when it was refused: what is missing may be what the very same request has set aside a moment ago.
  const meanwhile = await withdrawals.remembered(memberId, key);
  if (meanwhile !== undefined) return answerOf(meanwhile, wishHash);
  if (outcome.state === 'refused') throw refusalFault(outcome.refusal);
  throw new Error(`The key of ${withdrawal.id} is used and not there`);
}

/** What was answered the first time. Throws `withdrawals.key-reused` for another request. */
function answerOf({ wishHash, answer }: Remembered, asked: string): WithdrawalView {
  if (wishHash !== asked) throw withdrawalFault('withdrawals.key-reused');
  return answer as WithdrawalView;
}

async function newWithdrawal(deps: SubmitDeps, { memberId, amountRupiah, bankAccountId }: Request): Promise<Withdrawal> {
  const nowMs = deps.clock.now();
  const terms = termsAt(deps.terms, nowMs);
  checkAmount(terms, amountRupiah);
  const channel = channelOf(deps.gateways);
  const [account, former] = await Promise.all([
    requireBankAccount(deps.bankAccounts, { memberId, bankAccountId }),
    deps.withdrawals.ofMember(memberId, { limit: lookedAt }),
  ]);
  if (former.filter(({ state }) => isOpen(state)).length >= withdrawalLimits.openMax) throw withdrawalFault('withdrawals.too-many-open');
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

function checkAmount({ amountRupiahMin, amountRupiahMax }: WithdrawalTerms, amountRupiah: number): void {
  if (amountRupiah >= amountRupiahMin && amountRupiah <= amountRupiahMax) return;
  const detail = `From Rp ${amountRupiahMin} to Rp ${amountRupiahMax}.`;
  throw withdrawalFault('withdrawals.amount-refused', { errors: [{ pointer: '/amountRupiah', detail }] });
}

/** The first that is configured. */
function channelOf(gateways: PayoutGateways): PayoutChannel {
  const [channel] = gateways.keys();
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
