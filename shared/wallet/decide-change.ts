/**
 * What a change comes to on the accounts as they are: made before, refused, or exactly these writes. Pure; whoever commits the writes has to
 * do it on the very state they were decided on.
 */
import { accountOf, kindOf } from './account.ts';
import { ledgerFault } from './ledger-faults.ts';
import { ledgerLimits } from './limits.ts';
import { availableOf, balanceAfter, countsAsIncoming, emptyBalance, entryOf, incomingAfter, type Balance, type Entry } from './entry.ts';
import type { Hold } from './hold.ts';
import {
  bodyHashOf,
  isBalanced,
  linesOf,
  recordHashOf,
  rulesOf,
  type Claim,
  type LedgerChange,
  type Line,
  type PostingRecord,
} from './posting.ts';
import { limitsAt, type DatedLimits, type MembershipLevel } from './wallet-limits.ts';

/** Why a change cannot be made now. Nothing is kept of a refusal: the same change may be made later, when it can. */
export type Refusal =
  /** A member has less than it takes. `availableRupiah` may be negative, after a reversal. */
  | { readonly reason: 'insufficient'; readonly account: string; readonly availableRupiah: number }
  /** A member would hold more, or take in more this month, than the level allows; `roomRupiah` is what would be left. */
  | { readonly reason: 'balance-limit' | 'incoming-limit'; readonly account: string; readonly roomRupiah: number }
  /** The member takes no money: gone, or never there. */
  | { readonly reason: 'account-closed'; readonly account: string }
  /** What happened at the gateway has been answered by another posting. */
  | { readonly reason: 'claimed'; readonly by: string }
  | { readonly reason: 'hold-unknown' | 'hold-settled' | 'hold-released'; readonly holdId: string }
  /** A settlement takes another amount from the member than the hold has set aside. */
  | { readonly reason: 'hold-differs'; readonly holdId: string; readonly heldRupiah: number };

/** Everything that a change depends on, as it was found. */
export interface Found {
  readonly record: PostingRecord | undefined;
  /** The posting that has the claim. */
  readonly claimedBy: string | undefined;
  readonly hold: Hold | undefined;
  /** By account; one that is not there has nothing booked on it. */
  readonly balances: ReadonlyMap<string, Balance>;
}

/** What the law says of those who are paid. */
export interface Rules {
  readonly nowMs: number;
  readonly limits: readonly DatedLimits[];
  /** By member account; undefined for one that takes no money. Asked for `limitedAccounts` only. */
  readonly levels: ReadonlyMap<string, MembershipLevel | undefined>;
}

/** Writes that belong together, each onto what was found. */
export interface LedgerWrite {
  readonly record: PostingRecord;
  readonly accounts: readonly { readonly before: Balance | undefined; readonly after: Balance; readonly entry: Entry }[];
  readonly claim: (Claim & { readonly postingId: string }) | undefined;
  readonly hold: { readonly isNew: boolean; readonly after: Hold } | undefined;
}

export type Decision =
  | { readonly state: 'write'; readonly write: LedgerWrite }
  | { readonly state: 'repeated'; readonly record: PostingRecord }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** Throws the fault `ledger.id-taken` when the id stands for something else. */
export function decideChange(change: LedgerChange, found: Found, rules: Rules): Decision {
  if (found.record !== undefined) return repeated(change, found.record);
  const refusal = claimRefusal(found) ?? holdRefusal(change, found.hold);
  if (refusal !== undefined) return { state: 'refused', refusal };
  const record = recordOf(change, found, rules.nowMs);
  const accounts = record.lines.map((line) => accountWrite(record, line, found.balances.get(line.account)));
  const unfit = firstOf(accounts, ({ before, after, entry }) => accountRefusal(before ?? emptyBalance(after.account), entry, rules));
  if (unfit !== undefined) return { state: 'refused', refusal: unfit };
  const claim = change.claim === null ? undefined : { ...change.claim, postingId: change.id };
  return { state: 'write', write: { record, accounts, claim, hold: holdWrite(record, found.hold) } };
}

/** The same body gives the first result; another one is somebody's mistake. */
export function repeated(change: LedgerChange, record: PostingRecord): Decision {
  if (record.bodyHash !== bodyHashOf(change)) throw ledgerFault('ledger.id-taken', { cause: { id: change.id } });
  return { state: 'repeated', record };
}

/** Accounts that a change touches. */
export const touchedAccounts = (change: LedgerChange): string[] => linesOf(change).map(({ account }) => account);

/** Member accounts whose level decides whether the change can be made. */
export function limitedAccounts(change: LedgerChange): string[] {
  return linesOf(change)
    .filter(({ account, amountRupiah }) => countsAsIncoming({ kind: change.kind, account, amountRupiah }))
    .map(({ account }) => account);
}

const claimRefusal = ({ claimedBy }: Found): Refusal | undefined =>
  claimedBy === undefined ? undefined : { reason: 'claimed', by: claimedBy };

/** A hold is closed once: whoever comes second, by another id, is told how it was closed. */
function holdRefusal(change: LedgerChange, found: Hold | undefined): Refusal | undefined {
  const { hold } = change;
  if (hold === null || hold.does === 'open') return undefined;
  const { id: holdId } = hold;
  if (found === undefined) return { reason: 'hold-unknown', holdId };
  if (found.state !== 'held') return { reason: found.state === 'settled' ? 'hold-settled' : 'hold-released', holdId };
  if (hold.does === 'release') return undefined;
  const taken = linesOf(change).find(({ account }) => account === accountOf(hold.account, change.id));
  const fits = taken?.amountRupiah === -found.amountRupiah;
  return fits ? undefined : { reason: 'hold-differs', holdId, heldRupiah: found.amountRupiah };
}

/** One instant for all accounts, which is never before what any of them has come to. */
function recordOf(change: LedgerChange, { balances, hold }: Found, nowMs: number): PostingRecord {
  const lines = linesOf(change, hold?.amountRupiah);
  if (!isBalanced(lines)) throw new Error(`The posting ${change.id} does not add up to zero`);
  const former = lines.map(({ account }) => balances.get(account) ?? emptyBalance(account));
  const atMs = Math.max(nowMs, ...former.map(({ at }) => Date.parse(at)));
  const record = {
    ...change,
    at: new Date(atMs).toISOString(),
    bodyHash: bodyHashOf(change),
    lines: lines.map((line, index) => Object.assign(line, { sequence: (former[index]?.sequence ?? 0) + 1 })),
  };
  return { ...record, hash: recordHashOf(record) };
}

function accountWrite(record: PostingRecord, line: Line, before: Balance | undefined): LedgerWrite['accounts'][number] {
  const from = before ?? emptyBalance(line.account);
  const entry = entryOf(record, line, from);
  return { before, after: balanceAfter(from, entry), entry };
}

function accountRefusal(before: Balance, entry: Entry, rules: Rules): Refusal | undefined {
  if (Math.abs(entry.posted) > ledgerLimits.accountRupiahMax) throw new RangeError(`${entry.account} would come to Rp ${entry.posted}`);
  if (kindOf(entry.account) !== 'member') return undefined;
  return spendRefusal(before, entry) ?? limitRefusal(before, entry, rules);
}

/**
 * Nothing but a reversal makes less available than nothing. A settlement takes what is set aside already, so it leaves what is available
 * as it was, and is made also after a reversal: the payout it stands for has happened.
 */
export function spendRefusal(before: Balance, entry: Entry): Refusal | undefined {
  const [had, has] = [availableOf(before), availableOf(entry)];
  const fits = has >= 0 || has >= had || rulesOf(entry.kind).overdraws === true;
  return fits ? undefined : { reason: 'insufficient', account: entry.account, availableRupiah: had };
}

function limitRefusal(before: Balance, entry: Entry, { limits, levels }: Rules): Refusal | undefined {
  if (!countsAsIncoming(entry)) return undefined;
  const { account, amountRupiah, at } = entry;
  const level = levels.get(account);
  if (level === undefined) return { reason: 'account-closed', account };
  const { balanceRupiahMax, incomingRupiahPerMonthMax } = limitsAt(limits, Date.parse(at))[level];
  if (entry.posted > balanceRupiahMax) return limitOf('balance-limit', account, balanceRupiahMax - before.posted);
  const incoming = incomingAfter(before, entry)?.amountRupiah ?? 0;
  if (incoming <= incomingRupiahPerMonthMax) return undefined;
  return limitOf('incoming-limit', account, incomingRupiahPerMonthMax - (incoming - amountRupiah));
}

const limitOf = (reason: 'balance-limit' | 'incoming-limit', account: string, room: number): Refusal => ({
  reason,
  account,
  roomRupiah: Math.max(0, room),
});

function holdWrite(record: PostingRecord, found: Hold | undefined): LedgerWrite['hold'] {
  const { hold, id, at, reference, lines } = record;
  if (hold === null) return undefined;
  const sequence = lines.find(({ account }) => account === hold.account)?.sequence ?? 0;
  if (hold.does === 'open') {
    const { account, amountRupiah } = hold;
    const opened = { id: hold.id, account, amountRupiah, reference, openedAt: at, openedSequence: sequence, state: 'held' as const };
    return { isNew: true, after: opened };
  }
  if (found === undefined) throw new Error(`The hold ${hold.id} was decided on without being there`);
  const state = hold.does === 'settle' ? 'settled' : 'released';
  return { isNew: false, after: { ...found, state, closedAt: at, closedSequence: sequence, closedBy: id } };
}

function firstOf<T, R>(all: readonly T[], of: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const result = of(one);
    if (result !== undefined) return result;
  }
  return undefined;
}
