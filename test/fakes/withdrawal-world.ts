/**
 * Withdrawals with everything around them in memory: the ledger, the gateway, staff, the audit log, one clock.
 */
import type { Decider } from '#shared/identity/staff/decider.ts';
import { clearingBook, memberBook } from '#shared/wallet/account.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { addBankAccount } from '#shared/wallet/withdrawals/bank-accounts.ts';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { decideWithdrawal, type DeskDecision } from '#shared/wallet/withdrawals/decide-withdrawal.ts';
import { submitWithdrawal } from '#shared/wallet/withdrawals/submit-withdrawal.ts';
import { withdrawalTerms } from '#shared/wallet/withdrawals/withdrawal-terms.ts';
import { seededChance } from './chance.ts';
import { fakeClock } from './clock.ts';
import { fakeAuditLog } from './fake-audit-log.ts';
import { fakeLedger } from './fake-ledger.ts';
import { fakeLedgerStore } from './fake-ledger-store.ts';
import { fakePayoutGateway } from './fake-payout-gateway.ts';
import { fakeBankAccountBook, fakeWithdrawalStore } from './fake-withdrawal-store.ts';

export const sariId = '100000000000000001';
const names: Readonly<Record<string, string>> = { stf_olivia: 'Olivia', stf_fina: 'Fina' };

export function withdrawalWorld({ channel = 'iris' }: { readonly channel?: 'iris' | 'xendit' } = {}) {
  const clock = fakeClock();
  const chance = seededChance();
  const audit = fakeAuditLog(clock);
  const store = fakeLedgerStore();
  const ledger = fakeLedger({ store, clock, chance });
  const gateway = fakePayoutGateway(channel === 'iris' ? {} : { name: 'xendit', needsApproval: false });
  const woken: string[] = [];
  const cards = new Map<string, string>();
  const deps = {
    clock,
    chance,
    audit,
    ledger,
    gateway,
    gateways: new Map([[channel, gateway]] as const),
    channels: new Map([[channel, gateway]] as const),
    withdrawals: fakeWithdrawalStore({ ledger, audit }),
    bankAccounts: fakeBankAccountBook(),
    cardNames: { of: async (memberId: string) => cards.get(memberId) },
    payouts: { wake: async (id: string) => void woken.push(id) },
    staff: { get: async (id: string) => staffNamed(id) },
    terms: withdrawalTerms,
    woken,
  };
  let number = 0;
  return {
    ...deps,
    /** Staff have approved the card of Sari, which says this. */
    approveCard: (fullName: string) => void cards.set(sariId, fullName),
    /** Money of a member, from nowhere but a gateway. */
    async deposit(amountRupiah: number, memberId = sariId) {
      number += 1;
      await ledger.post({
        id: `deposit:dep_${number}`,
        kind: 'deposit',
        moves: [{ from: clearingBook('midtrans'), to: memberBook(memberId), amountRupiah }],
        claim: { gateway: 'midtrans', transactionId: `tx-${number}`, kind: 'CREDIT' },
        reference: `dep_${number}`,
        reason: 'Paid',
        actor: 'system:test',
      });
    },
    account: (over: { readonly accountName?: string; readonly accountNumber?: string } = {}, memberId = sariId) =>
      addBankAccount(deps, { memberId, bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi', ...over }),
    async submit(amountRupiah: number, over: { readonly key?: string; readonly bankAccountId?: string } = {}) {
      number += 1;
      const bankAccountId = over.bankAccountId ?? (await this.account()).id;
      return submitWithdrawal(deps, { memberId: sariId, key: over.key ?? `key-${number}`, amountRupiah, bankAccountId });
    },
    decide: (withdrawalId: string, decision: DeskDecision, by: Decider = olivia) =>
      decideWithdrawal(deps, { withdrawalId, decision, reason: 'Because', decider: by }),
    /** Submitted, approved, and with the gateway. */
    async underway(amountRupiah = 100_000): Promise<string> {
      const { id } = await this.submit(amountRupiah);
      await this.decide(id, 'approve');
      const advanced = await advancePayout(deps, id);
      if (advanced?.state !== 'sent') throw new Error(`The payout is ${advanced?.state}`);
      return id;
    },
    stateOf: async (id: string) => (await deps.withdrawals.get(id))?.state,
    /** What its timeline tells, first things first. */
    happened: async (id: string) => (await deps.withdrawals.timeline(id)).map(({ what }) => what),
    balance: () => ledger.balanceOf(memberBook(sariId)),
    /** Everything that was booked, computed anew. */
    verify: async () => {
      const { problemCount, sum, problems } = await verifyLedger(store, new Map());
      return { problems: problems.slice(0, 3), problemCount, sum };
    },
    /** The gateway takes a deposit back. */
    async takeBack(amountRupiah: number) {
      number += 1;
      await ledger.post({
        id: `reversal:dep_${number}`,
        kind: 'reversal',
        moves: [{ from: memberBook(sariId), to: clearingBook('midtrans'), amountRupiah }],
        claim: { gateway: 'midtrans', transactionId: `tx-back-${number}`, kind: 'REVERSAL' },
        reference: `dep_${number}`,
        reason: 'Denied after settlement',
        actor: 'system:test',
      });
    },
  };
}

/** What `verify` answers of books in which nothing is wrong. */
export const whole = { problems: [], problemCount: 0, sum: 0 };

const decider = (staffId: string): Decider => ({ staffId, client: { address: '192.0.2.1', userAgent: 'test' } });
export const olivia = decider('stf_olivia');
export const fina = decider('stf_fina');

function staffNamed(id: string) {
  const name = names[id];
  if (name === undefined) return undefined;
  const instants = { createdAtMs: 0, lastSeenAtMs: null };
  return { id, name, email: `${name}@xm.test`, roles: ['finance' as const], status: 'active' as const, locale: 'id' as const, ...instants };
}
