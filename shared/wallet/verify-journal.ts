/**
 * All postings and claims, against the accounts that were walked before.
 */
import { isDeepStrictEqual } from 'node:util';
import type { JournalLink, LedgerAudit } from './ports.ts';
import { bodyHashOf, isBalanced, linesOf, recordHashOf, type Claim, type Line, type PostingRecord } from './posting.ts';

/** How far an account was walked, and how many lines of postings name entries up to there. */
export interface Walked {
  readonly head: number;
  lines: number;
}

export interface JournalReport {
  readonly postings: number;
  readonly claims: number;
  /** Rupiah of those lines that lie before the heads and whose postings have others behind them. */
  readonly partialSum: bigint;
  readonly problems: readonly string[];
}

export async function verifyJournal(audit: LedgerAudit, walked: Map<string, Walked>): Promise<JournalReport> {
  const totals = { postings: 0, claims: 0, partialSum: 0n, problems: [] as string[] };
  for await (const links of audit.journal()) {
    for (const { what, id, content } of links) {
      totals[what === 'posting' ? 'postings' : 'claims'] += 1;
      if (content === undefined) totals.problems.push(`the ${what} ${id} is not as it was written`);
    }
    const records = links.flatMap((link) => (link.what === 'posting' && link.content !== undefined ? [link.content] : []));
    for (const record of records) {
      totals.problems.push(...recordProblems(record));
      totals.partialSum += countLines(record, walked);
    }
    totals.problems.push(...(await newerProblems(audit, records, walked)), ...(await claimProblems(audit, links, records)));
  }
  for (const [account, { head, lines }] of walked) {
    if (lines !== head) totals.problems.push(`${account}: ${lines} lines of postings name its ${head} entries`);
  }
  return totals;
}

/** What a posting says of itself. */
function recordProblems(record: PostingRecord): string[] {
  const problems = [
    !isBalanced(record.lines) && 'does not add up to zero',
    record.bodyHash !== bodyHashOf(record) && 'was asked for otherwise',
    record.hash !== recordHashOf(record) && 'has another hash',
    !linesFit(record) && 'has other lines than moves',
  ];
  return problems.filter((problem) => problem !== false).map((problem) => `the posting ${record.id} ${problem}`);
}

function linesFit(record: PostingRecord): boolean {
  const { hold, lines } = record;
  const held = hold === null || hold.does === 'open' ? 0 : -(lines.find(({ account }) => account === hold.account)?.heldRupiah ?? 0);
  const plain = lines.map(({ account, amountRupiah, heldRupiah }) => ({ account, amountRupiah, heldRupiah }));
  return isDeepStrictEqual(plain, linesOf(record, held));
}

const isWalked = (walked: ReadonlyMap<string, Walked>, { account, sequence }: Line): boolean =>
  sequence <= (walked.get(account)?.head ?? 0);

/** Counts the lines up to the heads; their sum when they are not all of the posting, else zero. */
function countLines({ lines }: PostingRecord, walked: Map<string, Walked>): bigint {
  const before = lines.filter((line) => isWalked(walked, line));
  for (const { account } of before) {
    const counted = walked.get(account);
    if (counted !== undefined) counted.lines += 1;
  }
  return before.length === lines.length ? 0n : before.reduce((sum, { amountRupiah }) => sum + BigInt(amountRupiah), 0n);
}

/** Lines behind the heads were written since, or never: their entries have to be there. */
async function newerProblems(audit: LedgerAudit, records: readonly PostingRecord[], walked: Map<string, Walked>): Promise<string[]> {
  const newer = records.flatMap((record) => record.lines.filter((line) => !isWalked(walked, line)).map((line) => ({ record, line })));
  const problems: string[] = [];
  for (const { record, line } of newer) {
    const [entry] = await audit.entryLinks(line.account, { behind: line.sequence - 1, limit: 1 });
    if (entry?.content?.sequence !== line.sequence || entry.content.postingHash !== record.hash)
      problems.push(`the posting ${record.id} has no entry ${line.account}/${line.sequence}`);
  }
  return problems;
}

/** A posting with a claim has it, and a claim belongs to the posting that says so. */
async function claimProblems(audit: LedgerAudit, links: readonly JournalLink[], records: readonly PostingRecord[]): Promise<string[]> {
  const claiming = records.flatMap(({ id, claim }) => (claim === null ? [] : [{ id, claim }]));
  const claimants = await audit.claimants(claiming.map(({ claim }) => claim));
  const lost = claiming.filter(({ id }, index) => claimants[index] !== id).map(({ id }) => `the claim of the posting ${id} is gone`);

  const claims = links.flatMap((link) => (link.what === 'claim' && link.content !== undefined ? [link.content] : []));
  const postings = await audit.postings(claims.map(({ postingId }) => postingId));
  const idle = claims
    .filter(({ postingId, gateway, transactionId, kind }) => !isSame(postings.get(postingId)?.claim, { gateway, transactionId, kind }))
    .map((claim) => `the claim ${claim.gateway}/${claim.transactionId}/${claim.kind} belongs to no posting`);
  return [...lost, ...idle];
}

const isSame = (a: Claim | null | undefined, b: Claim): boolean => isDeepStrictEqual(a, b);
