/**
 * One account: its chain, the balance at its head, and its holds.
 */
import { isDeepStrictEqual } from 'node:util';
import { kindOf } from './account.ts';
import { spendRefusal } from './decide-change.ts';
import { balanceAfter, emptyBalance, entryHashOf, type Balance, type Entry } from './entry.ts';
import type { Hold } from './hold.ts';
import { ledgerLimits } from './limits.ts';
import type { LedgerAudit, Link } from './ports.ts';
import type { PostingRecord } from './posting.ts';

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export interface AccountReport {
  readonly account: string;
  /** What the chain comes to, computed anew, as far as it is whole. */
  readonly head: Balance;
  readonly entries: number;
  readonly holds: number;
  readonly problems: readonly string[];
}

/** `known` is a head that was seen before. */
export async function verifyAccount(audit: LedgerAudit, account: string, known?: ChainHead): Promise<AccountReport> {
  const problems: string[] = [];
  const stored = await audit.balanceLink(account);
  if (stored === undefined) problems.push(`${account}: there is no balance`);
  else if (stored.content === undefined) problems.push(`${account}: the balance is not as it was written`);
  const upTo = stored?.content?.sequence ?? Infinity;
  const chain = await walkChain(audit, { account, upTo, known });
  problems.push(...chain.problems);
  if (chain.problems.length === 0) {
    if (stored?.content !== undefined) problems.push(...balanceProblems(stored.content, chain.head));
    problems.push(...(await strayProblems(audit, chain.head)));
  }
  const holds = await verifyHolds(audit, chain);
  return { account, head: chain.head, entries: chain.head.sequence, holds: holds.count, problems: [...problems, ...holds.problems] };
}

interface Chain {
  readonly head: Balance;
  /** What the chain says of each hold: the numbers of the entries that opened and closed it. */
  readonly holds: ReadonlyMap<string, HoldTrace>;
  readonly problems: readonly string[];
}

interface HoldTrace {
  opened: number;
  amountRupiah: number;
  closed: number | undefined;
}

interface Walk {
  readonly account: string;
  /** Number of the last entry to be looked at. */
  readonly upTo: number;
  readonly known: ChainHead | undefined;
}

/** Stops at the first entry that does not fit: what is behind it hangs on nothing. */
async function walkChain(audit: LedgerAudit, { account, upTo, known }: Walk): Promise<Chain> {
  let head = emptyBalance(account);
  const holds = new Map<string, HoldTrace>();
  for await (const { link, postings } of linksOf(audit, account, upTo)) {
    const problem = entryProblem(head, link, postings) ?? rewriteProblem(link.content, known) ?? traceHold(holds, link.content);
    if (problem !== undefined) return { head, holds, problems: [`${account}/${link.id}: ${problem}`] };
    if (link.content !== undefined) head = balanceAfter(head, link.content);
  }
  const end = Math.max(Number.isFinite(upTo) ? upTo : 0, known?.sequence ?? 0);
  return { head, holds, problems: head.sequence < end ? [`${account}: entries behind ${head.sequence} are gone`] : [] };
}

/** The stored entries of an account in their order, up to a number, each with the postings of its page. */
async function* linksOf(audit: LedgerAudit, account: string, upTo: number) {
  for (let behind = 0; behind < upTo;) {
    const limit = Math.min(ledgerLimits.entriesPerPage, upTo - behind);
    const links = await audit.entryLinks(account, { behind, limit });
    const postings = await audit.postings(links.flatMap(({ content }) => content?.postingId ?? []));
    for (const link of links) yield { link, postings };
    if (links.length < limit) return;
    behind = Number(links.at(-1)?.id);
  }
}

/** Undefined for an entry that is the next one of its chain and the line of a posting. */
function entryProblem(head: Balance, { content: entry }: Link<Entry>, postings: ReadonlyMap<string, PostingRecord>): string | undefined {
  if (entry === undefined) return 'the entry is not as it was written';
  return chainProblem(head, entry) ?? sumProblem(head, entry) ?? lineProblem(entry, postings.get(entry.postingId));
}

function chainProblem(head: Balance, entry: Entry): string | undefined {
  if (entry.account !== head.account || entry.sequence !== head.sequence + 1) return `the entry does not follow ${head.sequence}`;
  if (entry.previousHash !== head.hash) return 'the entry does not name the one before it';
  if (entry.hash !== entryHashOf(entry)) return 'the hash is not that of the entry';
  return entry.at < head.at ? 'the entry is older than the one before it' : undefined;
}

function sumProblem(head: Balance, entry: Entry): string | undefined {
  const posted = head.posted + entry.amountRupiah;
  const held = head.held + entry.heldRupiah;
  if (entry.posted !== posted || entry.held !== held)
    return `the account comes to ${posted} (held ${held}), not ${entry.posted} (${entry.held})`;
  const isOverdrawn = kindOf(entry.account) === 'member' && spendRefusal(head, entry) !== undefined;
  return isOverdrawn ? `a ${entry.kind} took more than was available` : undefined;
}

function lineProblem(entry: Entry, record: PostingRecord | undefined): string | undefined {
  if (record === undefined) return `the posting ${entry.postingId} is gone or not as it was written`;
  const { account, sequence, amountRupiah, heldRupiah } = entry;
  const isLine = record.lines.some((line) => isDeepStrictEqual(line, { account, sequence, amountRupiah, heldRupiah }));
  const fits = isLine && record.hash === entry.postingHash && record.kind === entry.kind && record.at === entry.at;
  return fits ? undefined : `the posting ${entry.postingId} says something else`;
}

/** A chain that was written anew as a whole is whole in itself; only who saw its head before can tell. */
const rewriteProblem = (entry: Entry | undefined, known: ChainHead | undefined): string | undefined =>
  known !== undefined && entry?.sequence === known.sequence && entry.hash !== known.hash
    ? 'the chain was written anew since it was last verified'
    : undefined;

function traceHold(holds: Map<string, HoldTrace>, entry: Entry | undefined): string | undefined {
  if (entry === undefined || entry.heldRupiah === 0) return undefined;
  const { holdId, heldRupiah, sequence } = entry;
  if (holdId === null) return 'something is held under no name';
  const trace = holds.get(holdId);
  if (heldRupiah > 0) {
    if (trace !== undefined) return `the hold ${holdId} is made a second time`;
    holds.set(holdId, { opened: sequence, amountRupiah: heldRupiah, closed: undefined });
    return undefined;
  }
  if (trace === undefined || trace.closed !== undefined || trace.amountRupiah !== -heldRupiah)
    return `the hold ${holdId} is closed, which is not open with Rp ${-heldRupiah}`;
  trace.closed = sequence;
  return undefined;
}

function balanceProblems(stored: Balance, head: Balance): string[] {
  if (isDeepStrictEqual(stored, head)) return [];
  const shown = ({ posted, held, sequence, incoming }: Balance) => JSON.stringify({ posted, held, sequence, incoming });
  return [`${head.account}: the balance is ${shown(stored)}, the chain comes to ${shown(head)}`];
}

/** An entry behind the head is either the head of a newer balance, or nobody's. */
async function strayProblems(audit: LedgerAudit, { account, sequence }: Balance): Promise<string[]> {
  const [next] = await audit.entryLinks(account, { behind: sequence, limit: 1 });
  if (next === undefined) return [];
  const now = await audit.balanceLink(account);
  return Number(next.id) <= (now?.content?.sequence ?? 0) ? [] : [`${account}/${next.id}: the balance does not know the entry`];
}

async function verifyHolds(audit: LedgerAudit, { head, holds }: Chain): Promise<{ count: number; problems: string[] }> {
  const problems: string[] = [];
  const missing = new Set(holds.keys());
  let count = 0;
  for (let behind: string | undefined; ;) {
    const links = await audit.holdLinks(head.account, { behind, limit: ledgerLimits.holdsPerPage });
    for (const { id, content } of links) {
      missing.delete(id);
      count += 1;
      const problem = holdProblem(content, holds.get(id), head);
      if (problem !== undefined) problems.push(`${head.account}, hold ${id}: ${problem}`);
    }
    behind = links.at(-1)?.id;
    if (links.length < ledgerLimits.holdsPerPage) break;
  }
  for (const id of missing) problems.push(`${head.account}, hold ${id}: the chain has it, and it is gone`);
  return { count, problems };
}

/** Compares with what the chain says up to its head; what happened behind that is not looked at. */
function holdProblem(hold: Hold | undefined, trace: HoldTrace | undefined, { sequence }: Balance): string | undefined {
  if (hold === undefined) return 'it is not as it was written';
  if (trace === undefined) return hold.openedSequence > sequence ? undefined : 'no entry made it';
  if (trace.opened !== hold.openedSequence || trace.amountRupiah !== hold.amountRupiah) return 'it is not what was set aside';
  const closed = hold.state === 'held' || hold.closedSequence > sequence ? undefined : hold.closedSequence;
  return closed === trace.closed ? undefined : `it is ${hold.state}, and the chain says otherwise`;
}
