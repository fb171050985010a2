/**
 * Books, statements and postings, for whoever reads the ledger.
 */
import type * as z from 'zod';
import { Answered } from '#shared/platform/http/answer.ts';
import { accountsOf, kindOf, normalSides } from '../account.ts';
import { ledgerFault } from '../ledger-faults.ts';
import { platformBooks } from '../platform-books.ts';
import type { Ledger } from '../ports.ts';
import { statementCsv, type Statement, type StatementRequest, type StatementRow } from '../statement.ts';
import { ledgerDeskLimits } from './ledger-desk-limits.ts';
import type { bookView, ledgerRoutes, postingDetail, rowView } from './ledger-routes.ts';

interface Deps {
  readonly ledger: Pick<Ledger, 'balanceOf' | 'statement' | 'postingOf'>;
}

type BookView = z.input<typeof bookView>;

/** All of the platform's, whether anything was booked on them or not. */
export async function listBooks(deps: Deps): Promise<{ books: BookView[] }> {
  return { books: await Promise.all(platformBooks.map((book) => readBook(deps, book))) };
}

export async function readBook({ ledger }: Deps, book: string): Promise<BookView> {
  const { posted, held, available } = await ledger.balanceOf(book);
  return {
    book,
    normalSide: normalSides[kindOf(book)],
    postedRupiah: posted,
    heldRupiah: held,
    availableRupiah: available,
    accounts: accountsOf(book),
  };
}

interface PageRequest extends StatementRequest {
  readonly behind: number;
  readonly limit: number;
}

export async function readStatement(
  deps: Deps,
  { behind, limit, ...request }: PageRequest,
): Promise<z.input<(typeof ledgerRoutes)['statement']['answer']>> {
  const statement = await statementFor(deps, request);
  const { account, normalSide, from, to, opening, closing } = statement;
  const rows: StatementRow[] = [];
  for await (const page of statement.pages(behind)) {
    rows.push(...page);
    if (rows.length > limit) break;
  }
  const shown = rows.slice(0, limit);
  const nextBehind = rows.length > limit ? (shown.at(-1)?.sequence ?? null) : null;
  return { account, normalSide, from, to, openingRupiah: opening, closingRupiah: closing, rows: shown.map(presentRow), nextBehind };
}

/** Whole, or the fault `ledger.statement-too-long`: half a statement adds up to nothing. */
export async function exportStatement(deps: Deps, request: StatementRequest): Promise<Answered<string>> {
  const statement = await statementFor(deps, request);
  if (statement.entries > ledgerDeskLimits.csvRowsMax) throw ledgerFault('ledger.statement-too-long');
  const parts: string[] = [];
  for await (const part of statementCsv(statement)) parts.push(part);
  const name = `${request.account.replaceAll(':', '-')}-${request.from.slice(0, 10)}-${request.to.slice(0, 10)}.csv`;
  return new Answered(parts.join(''), { headers: { 'content-disposition': `attachment; filename="${name}"` } });
}

async function statementFor({ ledger }: Deps, request: StatementRequest): Promise<Statement> {
  const isOrdered = Date.parse(request.from) <= Date.parse(request.to);
  if (!isOrdered) throw ledgerFault('ledger.time-reversed', { errors: [{ pointer: '/query/to', detail: 'It is before `from`.' }] });
  return ledger.statement(request);
}

export async function readPosting({ ledger }: Deps, postingId: string): Promise<z.input<typeof postingDetail>> {
  const record = await ledger.postingOf(postingId);
  if (record === undefined) throw ledgerFault('ledger.posting-not-found');
  const { id, kind, at, reference, reason, actor, claim, lines, hash } = record;
  return { id, kind, at, reference, reason, actor, claim, lines, hash };
}

const presentRow = ({ sequence, at, postingId, kind, reference, amountRupiah, balanceRupiah }: StatementRow): z.input<typeof rowView> => ({
  number: sequence,
  at,
  postingId,
  kind,
  reference,
  amountRupiah,
  balanceRupiah,
});
