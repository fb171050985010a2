/**
 * Whether the ledger is what was written: every chain, balance, hold, posting and claim computed anew.
 *
 * First every account: its chain from the first entry on, the balance that the chain comes to, its holds, and that each entry is the line of a
 * posting. Then every posting and claim: that a posting adds up to zero, and that each of its lines is an entry. Both ways together say that
 * the entries are exactly the lines, so that all of them add up to zero; the sum is taken all the same.
 *
 * Bookings may go on meanwhile. An account is looked at up to the entry that its balance named when it was read, and a posting of which some
 * lines lie before that and others behind is taken out of the sum.
 */
import { kindOf, normalSides, type AccountKind, accountKinds } from './account.ts';
import { ledgerLimits } from './limits.ts';
import type { LedgerAudit } from './ports.ts';
import { verifyAccount, type AccountReport, type ChainHead } from './verify-account.ts';
import { verifyJournal, type Walked } from './verify-journal.ts';

/** Where chains had come to when they were last verified, by account. A chain that was cut off or written anew does not go through it. */
export type Heads = ReadonlyMap<string, ChainHead>;

export interface LedgerReport {
  readonly accounts: number;
  readonly entries: number;
  readonly holds: number;
  readonly postings: number;
  readonly claims: number;
  /** Rupiah by kind of account, each on its normal side. */
  readonly totals: Readonly<Record<AccountKind, number>>;
  /** Rupiah of all accounts together; anything but zero is a problem. */
  readonly sum: number;
  /** One line each, at most `problemsNamedMax`. */
  readonly problems: readonly string[];
  readonly problemCount: number;
  readonly heads: Heads;
}

export async function verifyLedger(audit: LedgerAudit, known: Heads = new Map()): Promise<LedgerReport> {
  const tally = new Tally();
  const walked = new Map<string, Walked>();
  const gone = new Set(known.keys());
  for await (const accounts of inGroups(audit.accounts())) {
    const reports = await Promise.all(accounts.map((account) => verifyAccount(audit, account, known.get(account))));
    for (const report of reports) {
      gone.delete(report.account);
      walked.set(report.account, { head: report.head.sequence, lines: 0 });
      tally.add(report);
    }
  }
  for (const account of gone) tally.problem(`${account}: the account is gone`);
  const journal = await verifyJournal(audit, walked);
  for (const problem of journal.problems) tally.problem(problem);
  if (tally.sum - journal.partialSum !== 0n) tally.problem(`all accounts together hold Rp ${tally.sum - journal.partialSum}, not 0`);
  return tally.report(journal);
}

/** Exact however large: sums over all accounts may leave what a number counts. */
class Tally {
  sum = 0n;
  private entries = 0;
  private holds = 0;
  private count = 0;
  private readonly named: string[] = [];
  private readonly totals = Object.fromEntries(accountKinds.map((kind) => [kind, 0n])) as Record<AccountKind, bigint>;
  private readonly heads = new Map<string, ChainHead>();

  add({ account, head, entries, holds, problems }: AccountReport): void {
    this.entries += entries;
    this.holds += holds;
    this.heads.set(account, { sequence: head.sequence, hash: head.hash });
    const kind = kindOf(account);
    this.sum += BigInt(head.posted);
    this.totals[kind] += BigInt(normalSides[kind] === 'credit' ? head.posted : -head.posted);
    for (const problem of problems) this.problem(problem);
  }

  problem(text: string): void {
    this.count += 1;
    if (this.named.length < ledgerLimits.problemsNamedMax) this.named.push(text);
  }

  report({ postings, claims, partialSum }: { postings: number; claims: number; partialSum: bigint }): LedgerReport {
    return {
      accounts: this.heads.size,
      entries: this.entries,
      holds: this.holds,
      postings,
      claims,
      totals: Object.fromEntries(accountKinds.map((kind) => [kind, Number(this.totals[kind])])) as Record<AccountKind, number>,
      sum: Number(this.sum - partialSum),
      problems: this.named,
      problemCount: this.count,
      heads: this.heads,
    };
  }
}

async function* inGroups(accounts: AsyncIterable<string>): AsyncGenerator<string[]> {
  let group: string[] = [];
  for await (const account of accounts) {
    group.push(account);
    if (group.length < ledgerLimits.accountsAtOnce) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
