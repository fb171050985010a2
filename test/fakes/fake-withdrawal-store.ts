/**
 * Withdrawals and bank accounts in memory, over the ledger in memory: with all promises of the ports.
 */
import { dayOf } from '#shared/platform/audit/days.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { LedgerChange } from '#shared/wallet/posting.ts';
import type { JoinedLedger } from '#shared/wallet/ports.ts';
import type { Refusal } from '#shared/wallet/decide-change.ts';
import type { Remembered } from '#shared/wallet/withdrawals/remembered-request.ts';
import type { Exception } from '#shared/wallet/reconciliation/exception.ts';
import type { BankAccount } from '#shared/wallet/withdrawals/bank-account.ts';
import { waitingKeyOf, withdrawalKeyOf, type BankAccountBook, type WithdrawalStore } from '#shared/wallet/withdrawals/ports.ts';
import type { TimelineEvent } from '#shared/wallet/withdrawals/timeline.ts';
import { withdrawalIdOf, type Withdrawal } from '#shared/wallet/withdrawals/withdrawal.ts';
import { LedgerRace, type FakeWrites } from './fake-ledger.ts';

export interface FakeWithdrawalStore extends WithdrawalStore {
  readonly exceptions: ReadonlyMap<string, Exception>;
  all(): Withdrawal[];
}

type Outcome = { state: 'written' } | { state: 'failed' } | { state: 'refused'; refusal: Refusal };

export function fakeWithdrawalStore(deps: { readonly ledger: JoinedLedger<FakeWrites>; readonly audit: AuditLog }): FakeWithdrawalStore {
  const withdrawals = new Map<string, Withdrawal>();
  const events = new Map<string, TimelineEvent[]>();
  const remembered = new Map<string, Remembered>();
  const payouts = new Map<string, string>();
  const exceptions = new Map<string, Exception>();
  const all = (): Withdrawal[] => structuredClone([...withdrawals.values()]).toSorted((a, b) => (a.id < b.id ? 1 : -1));

  /** `holds` and `apply` run in one synchronous step with the ledger's own writes. */
  async function write(change: LedgerChange | undefined, { holds, apply }: { holds: () => boolean; apply: () => void }): Promise<Outcome> {
    const commit = (writes: FakeWrites = () => true): Outcome => {
      if (!holds()) return { state: 'failed' };
      if (!writes()) throw new LedgerRace();
      apply();
      return { state: 'written' };
    };
    if (change === undefined) return commit();
    const outcome = await deps.ledger.within(change, async (writes) => commit(writes));
    if (outcome.state === 'written') return outcome.answer;
    return outcome.state === 'refused' ? { state: 'refused', refusal: outcome.refusal } : { state: 'failed' };
  }

  function keep(withdrawal: Withdrawal, event: TimelineEvent): void {
    withdrawals.set(withdrawal.id, structuredClone(withdrawal));
    events.set(withdrawal.id, [...(events.get(withdrawal.id) ?? []), event]);
    const { attempt, channel } = withdrawal;
    if (attempt?.gatewayPayoutId) payouts.set(`${channel}#${attempt.gatewayPayoutId}`, withdrawalIdOf(attempt.id));
  }

  return {
    exceptions,
    all,
    async submit({ withdrawal, event, change }, request) {
      const key = `${request.memberId}#${request.key}`;
      const outcome = await write(change, {
        holds: () => !remembered.has(key) && !withdrawals.has(withdrawal.id),
        apply: () => {
          remembered.set(key, structuredClone(request));
          keep(withdrawal, event);
        },
      });
      if (outcome.state === 'refused') return outcome;
      return { state: outcome.state === 'written' ? 'submitted' : 'key-used' };
    },
    remembered: async (memberId, key) => structuredClone(remembered.get(`${memberId}#${key}`)),
    async change({ from, to, event, change, entry, exceptions: found = [] }) {
      const outcome = await write(change, {
        holds: () => withdrawals.get(from.id)?.version === from.version,
        apply: () => {
          keep(to, event);
          for (const one of found) if (!exceptions.has(one.id)) exceptions.set(one.id, one);
        },
      });
      if (outcome.state === 'refused') return outcome;
      if (outcome.state === 'written' && entry !== undefined) await deps.audit.append(entry);
      return { state: outcome.state === 'written' ? 'written' : 'meanwhile' };
    },
    get: async (id) => structuredClone(withdrawals.get(id)),
    timeline: async (id) => structuredClone(events.get(id) ?? []),
    async ofMember(memberId, { order = 'newest', behind, limit }) {
      const own = all().filter((one) => one.memberId === memberId);
      const isBehind = (id: string): boolean => behind === undefined || (order === 'oldest' ? id > behind : id < behind);
      return (order === 'oldest' ? own.toReversed() : own).filter(({ id }) => isBehind(id)).slice(0, limit);
    },
    async inState(state, { day, order, behind, limit }) {
      const sorted = all()
        .filter((one) => one.state === state && dayOf(new Date(one.createdAtMs).toISOString()) === day)
        .toSorted((a, b) => (withdrawalKeyOf(a) < withdrawalKeyOf(b) ? -1 : 1));
      const ordered = order === 'oldest' ? sorted : sorted.toReversed();
      const isBehind = (key: string): boolean => behind === undefined || (order === 'oldest' ? key > behind : key < behind);
      return ordered.filter((one) => isBehind(withdrawalKeyOf(one))).slice(0, limit);
    },
    waiting: async ({ riskMin, behind = '', limit }) =>
      all()
        .filter((one) => one.state === 'submitted' && one.risk.score >= riskMin && waitingKeyOf(one) > behind)
        .toSorted((a, b) => (waitingKeyOf(a) < waitingKeyOf(b) ? -1 : 1))
        .slice(0, limit),
    due: async (nowMs) =>
      all()
        .filter(({ nextAskAtMs }) => nextAskAtMs !== null && nextAskAtMs <= nowMs)
        .toSorted((a, b) => (a.nextAskAtMs ?? 0) - (b.nextAskAtMs ?? 0))
        .map(({ id }) => id),
    ofPayout: async (channel, gatewayPayoutId) => payouts.get(`${channel}#${gatewayPayoutId}`),
  };
}

export function fakeBankAccountBook(): BankAccountBook {
  const accounts = new Map<string, BankAccount>();
  const of = (memberId: string): BankAccount[] =>
    [...accounts.values()].filter((one) => one.memberId === memberId).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    of: async (memberId) => structuredClone(of(memberId)),
    get: async (memberId, id) => structuredClone(of(memberId).find((one) => one.id === id)),
    async add(account) {
      const isThere = of(account.memberId).some(
        ({ bank, accountNumber }) => bank === account.bank && accountNumber === account.accountNumber,
      );
      if (!isThere) accounts.set(account.id, structuredClone(account));
      return !isThere;
    },
    remove: async ({ id }) => accounts.delete(id),
  };
}
