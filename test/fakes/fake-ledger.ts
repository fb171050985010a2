import type { LedgerWrite } from '#shared/wallet/decide-change.ts';
import { commitChange, decide, ledgerOn, type Attempt, type LedgerDeps } from '#shared/wallet/ledger.ts';
import type { LedgerChange, PostingRecord } from '#shared/wallet/posting.ts';
import type { JoinedLedger, LedgerStore, MembershipLevels } from '#shared/wallet/ports.ts';
import { walletLimits, type MembershipLevel } from '#shared/wallet/wallet-limits.ts';
import { seededChance } from './chance.ts';
import { fakeClock } from './clock.ts';

/**
 * Commits the ledger's part of a transaction that is done in memory. Whoever joins calls it once, in the same synchronous step as their own
 * change: true when it is done, and false when nothing may be, in which case they throw `new LedgerRace()`.
 */
export type FakeWrites = () => boolean;

/** What a table would answer by a cancelled transaction. */
export class LedgerRace extends Error {}

type CommittingStore = LedgerStore & { commit(write: LedgerWrite): boolean };

/** Everybody is verified but those who are named. */
export function fakeLevels(named: Readonly<Record<string, MembershipLevel | null>> = {}): MembershipLevels {
  return { of: async (memberId) => (named[memberId] === undefined ? 'verified' : (named[memberId] ?? undefined)) };
}

/** A wait of no time, but of as many turns as it has milliseconds: who waits longer comes later. */
async function turns(milliseconds: number): Promise<void> {
  for (let turn = 0; turn < milliseconds; turn += 1) await Promise.resolve();
}

/** Deps of a ledger for tests. */
export function ledgerDeps(over: Partial<LedgerDeps> & Pick<LedgerDeps, 'store'>): LedgerDeps {
  return {
    clock: fakeClock(),
    chance: seededChance(),
    levels: fakeLevels(),
    limits: walletLimits,
    pause: turns,
    ...over,
  };
}

/** The ledger over a store in memory, with all promises of the real one. `commit` is how a store joins a change. */
export function fakeLedger(over: Partial<LedgerDeps> & { readonly store: CommittingStore }): JoinedLedger<FakeWrites> {
  const deps = ledgerDeps(over);
  return {
    ...ledgerOn(deps),
    async prepare(change) {
      const decision = await decide(deps, change);
      if (decision.state !== 'write') return decision;
      return { state: 'ready', writes: () => over.store.commit(decision.write), record: decision.write.record };
    },
    within: <T>(change: LedgerChange, write: (writes: FakeWrites, record: PostingRecord) => Promise<T>) =>
      commitChange(deps, change, async (decided): Promise<Attempt<T>> => {
        try {
          return { written: true, answer: await write(() => over.store.commit(decided), decided.record) };
        } catch (error) {
          if (error instanceof LedgerRace) return { written: false };
          throw error;
        }
      }),
  };
}
