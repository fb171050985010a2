/**
 * The statement of an account: what it held when a time began, everything booked within it, and what it held in the end.
 *
 * Time never falls along a chain, so that the entries of a time are a row of numbers, whose ends are found by halving: a statement of any
 * age costs some twenty reads and then its own pages.
 */
import { accountSchema, normalSides, kindOf } from './account.ts';
import type { Entry } from './entry.ts';
import { ledgerLimits } from './limits.ts';
import type { LedgerReader } from './ports.ts';

export interface StatementRequest {
  /** A member's book, or one account of a platform book (`clearing:midtrans:07`). */
  readonly account: string;
  /** ISO 8601 in UTC; the first is included, the second is not. */
  readonly from: string;
  readonly to: string;
}

/** Rupiah as the member sees them. `opening` and the amounts of all rows add up to `closing`. */
export interface Statement extends StatementRequest {
  readonly normalSide: 'credit' | 'debit';
  readonly opening: number;
  readonly closing: number;
  /** Entries within the time, rows or not: what reading it comes to. */
  readonly entries: number;
  /**
   * What was posted, oldest first, or what follows the entry with the number `behind`; what was only set aside changes no balance. Throws when the
   * rows do not add up.
   */
  pages(behind?: number): AsyncGenerator<StatementRow[]>;
}

export type StatementRow = Pick<Entry, 'sequence' | 'at' | 'postingId' | 'kind' | 'reference' | 'amountRupiah'> & {
  /** Balance behind the row. */
  readonly balanceRupiah: number;
};

/** The statement as it is now: what is booked later is not in it, also when its time has not ended. */
export async function statementOf(store: LedgerReader, request: StatementRequest): Promise<Statement> {
  const account = accountSchema.parse(request.account);
  const [from, to] = [instant(request.from), instant(request.to)];
  if (from > to) throw new RangeError(`A statement from ${from} to ${to}`);
  const [balance] = await store.balances([account]);
  const end = (balance?.sequence ?? 0) + 1;
  const first = await firstSince(store, { account, since: from, end });
  const behind = await firstSince(store, { account, since: to, end });
  const [opening, closing] = await Promise.all([postedBefore(store, account, first), postedBefore(store, account, behind)]);
  const rows = { account, first, behind, opening, closing };
  const described = { account, from, to, normalSide: normalSides[kindOf(account)], opening, closing, entries: behind - first };
  return { ...described, pages: (seen = 0) => pagesBehind(store, rows, seen) };
}

/** In one form, so that instants compare as texts. */
const instant = (text: string): string => new Date(text).toISOString();

/** Number of the first entry that is not before an instant; `end` when there is none. */
async function firstSince(store: LedgerReader, { account, since, end }: { account: string; since: string; end: number }): Promise<number> {
  let [low, high] = [1, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await entryAt(store, account, middle)).at < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

const postedBefore = async (store: LedgerReader, account: string, sequence: number): Promise<number> =>
  sequence === 1 ? 0 : (await entryAt(store, account, sequence - 1)).posted;

async function entryAt(store: LedgerReader, account: string, sequence: number): Promise<Entry> {
  const [entry] = await store.entries(account, { behind: sequence - 1, limit: 1 });
  if (entry?.sequence !== sequence) throw new Error(`The entry ${account}/${sequence} is gone`);
  return entry;
}

interface Rows {
  readonly account: string;
  readonly first: number;
  readonly behind: number;
  readonly opening: number;
  readonly closing: number;
}

/** Begins with what the account held behind the last entry that was seen. */
async function* pagesBehind(store: LedgerReader, rows: Rows, seen: number): AsyncGenerator<StatementRow[]> {
  const first = Math.min(Math.max(rows.first, seen + 1), rows.behind);
  const opening = first === rows.first ? rows.opening : await postedBefore(store, rows.account, first);
  yield* pagesOf(store, { ...rows, first, opening });
}

async function* pagesOf(store: LedgerReader, { account, first, behind, opening, closing }: Rows): AsyncGenerator<StatementRow[]> {
  let balance = opening;
  for (let next = first; next < behind;) {
    const entries = await store.entries(account, { behind: next - 1, limit: Math.min(ledgerLimits.entriesPerPage, behind - next) });
    for (const entry of entries) {
      balance += entry.amountRupiah;
      if (entry.sequence !== next || entry.posted !== balance) throw new Error(`The entry ${account}/${next} does not add up`);
      next += 1;
    }
    if (entries.length === 0) throw new Error(`The entry ${account}/${next} is gone`);
    const rows = entries.filter(({ amountRupiah }) => amountRupiah !== 0).map(rowOf);
    if (rows.length > 0) yield rows;
  }
  if (balance !== closing) throw new Error(`The statement of ${account} comes to ${balance}, not to ${closing}`);
}

const rowOf = ({ sequence, at, postingId, kind, reference, amountRupiah, posted }: Entry): StatementRow => ({
  sequence,
  at,
  postingId,
  kind,
  reference,
  amountRupiah,
  balanceRupiah: posted,
});

const columns = ['time', 'number', 'kind', 'reference', 'posting', 'amount_rupiah', 'balance_rupiah'];

/**
 * The statement as CSV (RFC 4180), in pieces: a head, the opening, a line for each row, the closing. Times are those of Jakarta. No value
 * needs quotes: names have no comma and begin with no sign that a spreadsheet takes for a formula (`referenceCell` sees to it).
 */
export async function* statementCsv(statement: Statement): AsyncGenerator<string> {
  yield line(columns);
  yield line([jakarta(statement.from), '', 'opening', '', '', '', String(statement.opening)]);
  for await (const rows of statement.pages()) yield rows.map((row) => line(cellsOf(row))).join('');
  yield line([jakarta(statement.to), '', 'closing', '', '', '', String(statement.closing)]);
}

function cellsOf({ at, sequence, kind, reference, postingId, amountRupiah, balanceRupiah }: StatementRow): string[] {
  return [
    jakarta(at),
    String(sequence),
    kind,
    referenceCell(reference),
    referenceCell(postingId),
    String(amountRupiah),
    String(balanceRupiah),
  ];
}

/** `-`, `+` and `@` may begin a name, and a formula. */
const referenceCell = (name: string): string => (/^[-+@]/.test(name) ? `'${name}` : name);

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

const jakartaMs = 7 * 3_600_000;
const jakarta = (at: string): string => new Date(Date.parse(at) + jakartaMs).toISOString().replace('Z', '+07:00');
