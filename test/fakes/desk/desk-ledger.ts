/** The ledger in the fake: books with balances, and a statement of 70 rows that adds up. */
import { Answered } from '#shared/platform/http/answer.ts';
import { type Endpoint, on } from '#shared/platform/http/http-handler.ts';
import { accountsOf, kindOf, normalSides } from '#shared/wallet/account.ts';
import { ledgerRoutes } from '#shared/wallet/ledger-desk/ledger-routes.ts';
import { seedMs } from './desk-seed.ts';

const hourMs = 3_600_000;
const openingRupiah = 250_000;
const rows = statementRows();

function statementRows() {
  let balanceRupiah = openingRupiah;
  return Array.from({ length: 70 }, (_, index) => {
    const number = index + 1;
    const amountRupiah = number % 3 === 0 ? -40_000 : 25_000 + number * 100;
    balanceRupiah += amountRupiah;
    return { number, amountRupiah, balanceRupiah };
  });
}

const closingRupiah = rows.at(-1)?.balanceRupiah ?? openingRupiah;

const posted: Readonly<Record<string, number>> = {
  'clearing:midtrans': -184_250_000,
  'clearing:xendit': -76_500_000,
  'payouts:iris': 92_125_000,
  'payouts:xendit': 0,
  fees: 1_287_500,
  suspense: 50_000,
};

function bookOf(book: string) {
  const postedRupiah = posted[book] ?? closingRupiah;
  const heldRupiah = kindOf(book) === 'member' ? 150_000 : 0;
  return {
    book,
    normalSide: normalSides[kindOf(book)],
    postedRupiah,
    heldRupiah,
    availableRupiah: postedRupiah - heldRupiah,
    accounts: accountsOf(book),
  };
}

const rowOf = ({ number, ...row }: (typeof rows)[number]) => ({
  number,
  at: new Date(seedMs - (80 - number) * hourMs).toISOString(),
  postingId: `deposit:dep_${String(number).padStart(22, '0')}`,
  kind: row.amountRupiah < 0 ? 'withdrawal' : 'deposit',
  reference: `${row.amountRupiah < 0 ? 'wd' : 'dep'}_${String(number).padStart(22, '0')}`,
  ...row,
});

export function ledgerEndpoints(): Endpoint[] {
  return [
    on(ledgerRoutes.books, async () => ({ books: Object.keys(posted).map(bookOf) })),
    on(ledgerRoutes.book, async ({ path }) => bookOf(path.book)),
    on(ledgerRoutes.statement, async ({ path, query }) => {
      const behind = rows.filter(({ number }) => number > query.behind);
      const shown = behind.slice(0, query.limit);
      return {
        account: path.account,
        normalSide: normalSides[kindOf(path.account)],
        from: query.from,
        to: query.to,
        openingRupiah,
        closingRupiah,
        rows: shown.map(rowOf),
        nextBehind: behind.length > shown.length ? (shown.at(-1)?.number ?? null) : null,
      };
    }),
    on(ledgerRoutes.csv, async ({ query }) => {
      const lines = rows.map(rowOf).map(({ at, number, kind, amountRupiah }) => `${at},${number},${kind},${amountRupiah}`);
      return new Answered(['time,number,kind,amount_rupiah', `${query.from},,opening,${openingRupiah}`, ...lines, ''].join('\r\n'), {});
    }),
  ];
}
