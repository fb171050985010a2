/**
 * What was booked for gateways, read off the ledger.
 */
import { dayAfter, startOfDay } from '#shared/platform/audit/days.ts';
import { accountsOf, clearingBook, payoutsBook } from '../account.ts';
import type { PostingRecord } from '../posting.ts';
import type { Ledger, LedgerAudit } from '../ports.ts';
import type { Bookings } from './ports.ts';

interface Deps {
  readonly ledger: Pick<Ledger, 'statement'>;
  readonly journal: Pick<LedgerAudit, 'postings' | 'claimants'>;
}

export function ledgerBookings({ ledger, journal }: Deps): Bookings {
  const postings = async (ids: readonly (string | undefined)[]): Promise<(PostingRecord | undefined)[]> => {
    const found = await journal.postings(ids.filter((id) => id !== undefined));
    return ids.map((id) => (id === undefined ? undefined : found.get(id)));
  };
  return {
    of: async (claims) => postings(await journal.claimants(claims)),
    async ofDay(gateway, day) {
      // Iris only pays out, Midtrans only takes in, Xendit does both.
      const books = [clearingBook(gateway), payoutsBook(gateway)];
      const window = { from: startOfDay(day), to: startOfDay(dayAfter(day)) };
      const ids: string[] = [];
      for (const account of books.flatMap((book) => accountsOf(book))) {
        const statement = await ledger.statement({ account, ...window });
        for await (const rows of statement.pages()) ids.push(...rows.map(({ postingId }) => postingId));
      }
      return (await postings([...new Set(ids)])).filter((record) => record !== undefined);
    },
  };
}
