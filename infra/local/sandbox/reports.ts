/**
 * What the sandbox's gateways report of a time: Xendit's list of transactions, Iris' statement, and the export of Midtrans' dashboard.
 */
import type { SandboxPayout } from './items.ts';
import { transactionStatus, wib } from './midtrans-words.ts';
import type { SandboxStore } from './store.ts';
import { transactionBodies } from './xendit-words.ts';

interface Transaction {
  readonly id: string;
  readonly created: string;
}

const linesPerPageMax = 50;

/** Newest first, behind the transaction `after_id`. */
export function xenditReportPage(store: SandboxStore, query: URLSearchParams): object {
  const [from, to] = [query.get('created[gte]') ?? '', query.get('created[lte]') ?? '~'];
  const charges = store.all('charge').filter(({ gateway }) => gateway === 'xendit');
  const payouts = store.all('payout').filter((payout) => payout.gateway === 'xendit' && wasPaidOut(payout));
  const all = [...(charges.flatMap(transactionBodies) as Transaction[]), ...payouts.map(payoutTransaction)]
    .filter(({ created }) => created >= from && created <= to)
    .toSorted((one, other) => (one.created < other.created ? 1 : -1));
  const after = query.get('after_id');
  const first = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const limit = Math.min(linesPerPageMax, Number(query.get('limit') ?? 10));
  return { has_more: all.length > first + limit, data: all.slice(first, first + limit), links: [] };
}

function payoutTransaction({ id, reference, amountRupiah, updatedMs }: SandboxPayout) {
  return {
    id: id.replace('disb-', 'txn_'),
    product_id: id,
    type: 'DISBURSEMENT',
    status: 'SUCCESS',
    reference_id: reference,
    currency: 'IDR',
    amount: amountRupiah,
    cashflow: 'MONEY_OUT',
    created: new Date(updatedMs).toISOString(),
  };
}

/** What a bank gave back was paid out before, too. */
const wasPaidOut = ({ status }: SandboxPayout): boolean => ['completed', 'SUCCEEDED', 'REVERSED'].includes(status);

export function irisStatements(store: SandboxStore, query: URLSearchParams): object[] {
  const [from, to] = [query.get('from_date') ?? '', query.get('to_date') ?? '~'];
  return store
    .all('payout')
    .filter((payout) => payout.gateway === 'midtrans' && wasPaidOut(payout))
    .filter(({ updatedMs }) => wib(updatedMs).slice(0, 10) >= from && wib(updatedMs).slice(0, 10) <= to)
    .map(({ id, bank, amountRupiah, accountName, accountNumber, updatedMs }) => ({
      reference_no: id,
      beneficiary_name: accountName,
      beneficiary_account: accountNumber,
      account: bank.toUpperCase(),
      type: 'Payout',
      amount: `${amountRupiah}.0`,
      status: 'debit',
      created_at: new Date(updatedMs).toISOString(),
    }));
}

const columns = ['Order ID', 'Transaction ID', 'Channel', 'Transaction status', 'Amount', 'Transaction time', 'Settlement time'];

/** Everything that was settled on the day in Jakarta or on the day before; a cell with a comma shows that readers mind the quotes. */
export function midtransExport(store: SandboxStore, day: string): string {
  const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const rows = store
    .all('charge')
    .filter(({ gateway }) => gateway === 'midtrans')
    .flatMap((charge) =>
      charge.payments
        .filter(({ atMs }) => [day, dayBefore].includes(wib(atMs).slice(0, 10)))
        .map(({ amountRupiah, atMs }) => [
          charge.reference,
          charge.id,
          `"${charge.channel}, ${charge.bank ?? 'no bank'}"`,
          transactionStatus(charge),
          `${amountRupiah}.00`,
          wib(charge.createdMs),
          wib(atMs),
        ]),
    );
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
