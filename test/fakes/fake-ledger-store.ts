import { touchedAccounts, type LedgerWrite } from '#shared/wallet/decide-change.ts';
import type { Balance, Entry } from '#shared/wallet/entry.ts';
import type { Hold } from '#shared/wallet/hold.ts';
import type { Claim, PostingRecord } from '#shared/wallet/posting.ts';
import type { JournalLink, LedgerAudit, LedgerStore, Link } from '#shared/wallet/ports.ts';

export interface FakeLedgerStore extends LedgerStore, LedgerAudit {
  /** Commits now, synchronously: what a caller does with the writes of a joined change. False when something is not as it was found. */
  commit(write: LedgerWrite): boolean;
  /** Everything there is, by key, to be tampered with as somebody would who got hold of the table. */
  readonly kept: Kept;
}

interface Kept {
  readonly balances: Map<string, Balance>;
  /** By account, and there by number. */
  readonly entries: Map<string, Map<number, Entry>>;
  readonly holds: Map<string, Hold>;
  readonly postings: Map<string, PostingRecord>;
  readonly claims: Map<string, Claim & { readonly postingId: string }>;
}

/** The ledger's items in memory, under the same conditions as in a table. */
export function fakeLedgerStore(): FakeLedgerStore {
  const kept: Kept = { balances: new Map(), entries: new Map(), holds: new Map(), postings: new Map(), claims: new Map() };
  const entries = (account: string, { behind, limit }: { behind: number; limit: number }): Entry[] => {
    const found = [...(kept.entries.get(account)?.values() ?? [])].filter(({ sequence }) => sequence > behind);
    return found.toSorted((a, b) => a.sequence - b.sequence).slice(0, limit);
  };
  const holds = (account: string, { behind = '', limit }: { behind?: string | undefined; limit: number }): Hold[] => {
    const found = [...kept.holds.values()].filter((hold) => hold.account === account && hold.id > behind);
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
  };
  return {
    kept,
    commit: (write) => commit(kept, write),
    async find(change) {
      const { id, claim, hold } = change;
      const balances = touchedAccounts(change).flatMap((account) => {
        const balance = kept.balances.get(account);
        return balance === undefined ? [] : [[account, balance] as const];
      });
      return structuredClone({
        record: kept.postings.get(id),
        claimedBy: claim === null ? undefined : kept.claims.get(claimName(claim))?.postingId,
        hold: hold === null ? undefined : kept.holds.get(holdName(hold.account, hold.id)),
        balances: new Map(balances),
      });
    },
    write: async (write) => commit(kept, write),
    posting: async (id) => structuredClone(kept.postings.get(id)),
    balances: async (accounts) => structuredClone(accounts.flatMap((account) => kept.balances.get(account) ?? [])),
    hold: async (account, holdId) => structuredClone(kept.holds.get(holdName(account, holdId))),
    entries: async (account, request) => structuredClone(entries(account, request)),
    holds: async (account, request) => structuredClone(holds(account, request)),
    async *accounts() {
      yield* new Set([...kept.balances.keys(), ...kept.entries.keys(), ...[...kept.holds.values()].map(({ account }) => account)]);
    },
    async *journal() {
      yield [...kept.postings].map(([id, content]): JournalLink => ({ what: 'posting', id, content: structuredClone(content) }));
      yield [...kept.claims].map(([id, content]): JournalLink => ({ what: 'claim', id, content: structuredClone(content) }));
    },
    async balanceLink(account) {
      const balance = kept.balances.get(account);
      return balance && link(account, balance);
    },
    entryLinks: async (account, request) => entries(account, request).map((entry) => link(String(entry.sequence), entry)),
    holdLinks: async (account, request) => holds(account, request).map((hold) => link(hold.id, hold)),
    postings: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const record = kept.postings.get(id);
          return record === undefined ? [] : [[id, structuredClone(record)]];
        }),
      ),
    claimants: async (claims) => claims.map((claim) => kept.claims.get(claimName(claim))?.postingId),
  };
}

const claimName = ({ gateway, transactionId, kind }: Claim): string => `${gateway}#${transactionId}#${kind}`;
const holdName = (account: string, holdId: string): string => `${account}#${holdId}`;
const link = <T>(id: string, content: T): Link<T> => ({ id, content: structuredClone(content) });

function commit(kept: Kept, write: LedgerWrite): boolean {
  if (!isAsFound(kept, write)) return false;
  const { record, accounts, claim, hold } = structuredClone(write);
  kept.postings.set(record.id, record);
  for (const { after, entry } of accounts) {
    kept.balances.set(after.account, after);
    const chain = kept.entries.get(after.account) ?? new Map<number, Entry>();
    kept.entries.set(after.account, chain.set(entry.sequence, entry));
  }
  if (claim !== undefined) kept.claims.set(claimName(claim), claim);
  if (hold !== undefined) kept.holds.set(holdName(hold.after.account, hold.after.id), hold.after);
  return true;
}

function isAsFound(kept: Kept, { record, accounts, claim, hold }: LedgerWrite): boolean {
  if (kept.postings.has(record.id) || (claim !== undefined && kept.claims.has(claimName(claim)))) return false;
  if (hold !== undefined) {
    const former = kept.holds.get(holdName(hold.after.account, hold.after.id));
    if (hold.isNew ? former !== undefined : former?.state !== 'held') return false;
  }
  return accounts.every(({ before, after, entry }) => {
    const now = kept.balances.get(after.account);
    const isFree = kept.entries.get(after.account)?.has(entry.sequence) !== true;
    return now?.sequence === before?.sequence && now?.hash === before?.hash && isFree;
  });
}
