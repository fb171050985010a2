import { type Api, answer, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';

type LedgerBook = Schemas['LedgerBook'];
export type LedgerRow = Schemas['LedgerRow'];
/** Known by its name. */
export type Book = LedgerBook & { readonly id: string };

export const ledgerSource: RecordSource = {
  async list(api, { signal }) {
    const { books } = await answer(api.GET('/api/admin/ledger/books', { signal: signal ?? null }));
    return { records: books.map(named), nextCursor: null };
  },
  one: async (api, book, signal) => named(await readBook(api, book, signal)),
};

export function readBook(api: Api, book: string, signal?: AbortSignal): Promise<LedgerBook> {
  return answer(api.GET('/api/admin/ledger/books/{book}', { params: { path: { book } }, signal: signal ?? null }));
}

const named = (book: LedgerBook): Book => Object.assign({ id: book.book }, book);
