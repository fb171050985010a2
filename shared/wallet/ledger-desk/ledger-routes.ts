/**
 * The ledger as staff read it: `/api/admin/ledger`. Nothing here books.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { accountSchema, bookSchema } from '../account.ts';
import { ledgerDeskLimits } from './ledger-desk-limits.ts';

const rupiah = z.int();
const instant = z.iso.datetime();

const balance = {
  postedRupiah: rupiah.meta({
    description: 'Everything that is booked, as the member sees it: what a gateway holds for the platform is negative.',
  }),
  heldRupiah: rupiah,
  availableRupiah: rupiah,
};

export const bookView = z
  .object({
    book: z.string().meta({ description: '`member:…`, `clearing:<gateway>`, `payouts:<gateway>`, `fees`, `suspense`.' }),
    normalSide: z.enum(['credit', 'debit']),
    ...balance,
    accounts: z.array(z.string()).meta({ description: 'What it is kept in; a statement is of one of them.' }),
  })
  .meta({ id: 'LedgerBook' });

export const rowView = z
  .object({
    number: z.int().meta({ description: 'Of the entry in its account, from 1 on without a gap.' }),
    at: instant,
    postingId: z.string(),
    kind: z.string(),
    reference: z.string(),
    amountRupiah: rupiah,
    balanceRupiah: rupiah.meta({ description: 'Behind the row.' }),
  })
  .meta({ id: 'LedgerRow' });

export const postingDetail = z
  .object({
    id: z.string(),
    kind: z.string(),
    at: instant,
    reference: z.string(),
    reason: z.string(),
    actor: z.string(),
    claim: z.object({ gateway: z.string(), transactionId: z.string(), kind: z.string() }).nullable(),
    lines: z.array(z.object({ account: z.string(), sequence: z.int(), amountRupiah: rupiah, heldRupiah: rupiah })),
    hash: z.string(),
  })
  .meta({ id: 'LedgerPosting' });

const account = z.object({
  account: accountSchema.meta({ description: 'URL-encoded: `member:123456789012345678`, or one account of a platform book, `fees:07`.' }),
});
const time = {
  from: z.iso.datetime().meta({ description: 'Included.' }),
  to: z.iso.datetime().meta({ description: 'Not included.' }),
};

export const ledgerRoutes = {
  books: route({
    operationId: 'listLedgerBooks',
    method: 'GET',
    path: '/api/admin/ledger/books',
    summary: "The platform's books with their balances",
    permission: 'ledger:read',
    status: 200,
    answer: z.object({ books: z.array(bookView) }),
    faults: [],
  }),
  book: route({
    operationId: 'readLedgerBook',
    method: 'GET',
    path: '/api/admin/ledger/books/{book}',
    summary: 'The balance of a book',
    permission: 'ledger:read',
    pathParameters: z.object({ book: bookSchema.meta({ description: 'URL-encoded: `member:123456789012345678`.' }) }),
    status: 200,
    answer: bookView,
    faults: [],
  }),
  statement: route({
    operationId: 'readLedgerStatement',
    method: 'GET',
    path: '/api/admin/ledger/accounts/{account}/statement',
    summary: 'A page of the statement of an account: opening and all rows of all pages add up to closing',
    permission: 'ledger:read',
    pathParameters: account,
    query: z.object({
      ...time,
      behind: z.coerce.number().int().min(0).default(0).meta({ description: '`nextBehind` of the page before.' }),
      limit: z.coerce.number().int().min(1).max(ledgerDeskLimits.rowsPerPageMax).default(ledgerDeskLimits.rowsPerPageDefault),
    }),
    status: 200,
    answer: z.object({
      account: z.string(),
      normalSide: z.enum(['credit', 'debit']),
      from: instant,
      to: instant,
      openingRupiah: rupiah,
      closingRupiah: rupiah,
      rows: z.array(rowView),
      nextBehind: z.int().nullable().meta({ description: 'Number of the last row, for the next page; null behind the last.' }),
    }),
    faults: ['ledger.time-reversed'],
  }),
  csv: route({
    operationId: 'exportLedgerStatement',
    method: 'GET',
    path: '/api/admin/ledger/accounts/{account}/statement.csv',
    summary: `The statement as CSV (RFC 4180), times in Asia/Jakarta, up to ${ledgerDeskLimits.csvRowsMax} rows`,
    permission: 'ledger:read',
    pathParameters: account,
    query: z.object(time),
    status: 200,
    mediaType: 'text/csv; charset=utf-8; header=present',
    answer: z.string(),
    faults: ['ledger.time-reversed', 'ledger.statement-too-long'],
  }),
  posting: route({
    operationId: 'readLedgerPosting',
    method: 'GET',
    path: '/api/admin/ledger/postings/{postingId}',
    summary: 'What was booked under an id',
    permission: 'ledger:read',
    pathParameters: z.object({ postingId: z.string().max(120) }),
    status: 200,
    answer: postingDetail,
    faults: ['ledger.posting-not-found'],
  }),
} as const;
