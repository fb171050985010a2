import type { InLanguages } from '../../shell/language.ts';

type BookKind = 'member' | 'clearing' | 'payouts' | 'fees' | 'suspense';

const id = {
  title: 'Buku besar',
  list: 'Buku',
  emptyTitle: 'Belum ada buku',
  empty: 'Buku platform muncul di sini.',
  member: 'Buku anggota',
  memberHint: 'ID anggota, angka saja',
  open: 'Buka',
  columns: { book: 'Buku', side: 'Sisi normal', posted: 'Dibukukan', held: 'Ditahan', available: 'Tersedia' },
  sides: { credit: 'Kredit', debit: 'Debit' },
  sign: 'Jumlah ditulis dari sisi anggota: uang yang dipegang gateway untuk platform bernilai negatif.',
  kinds: {
    member: 'Saldo anggota',
    clearing: 'Uang masuk di gateway',
    payouts: 'Uang keluar di gateway',
    fees: 'Pendapatan biaya',
    suspense: 'Belum jelas milik siapa',
  } satisfies Record<BookKind, string>,
  account: 'Akun',
  from: 'Dari',
  to: 'Sampai',
  statement: 'Mutasi',
  opening: 'Saldo awal',
  closing: 'Saldo akhir',
  sum: 'Σ mutasi',
  addsUp: 'Saldo awal + Σ mutasi = saldo akhir',
  notWhole: (shown: string) => `${shown} baris ditampilkan; Σ dihitung dari saldo awal dan akhir.`,
  differs: 'Saldo awal + Σ mutasi tidak sama dengan saldo akhir. Kabari tim operasional.',
  none: 'Tidak ada mutasi pada rentang ini.',
  more: 'Baris berikutnya',
  export: 'Unduh CSV',
  reversed: 'Rentangnya berakhir sebelum dimulai.',
  rows: { number: 'No.', time: 'Waktu', kind: 'Jenis', reference: 'Rujukan', amount: 'Jumlah', balance: 'Saldo' },
};

const en: typeof id = {
  title: 'Ledger',
  list: 'Books',
  emptyTitle: 'No books yet',
  empty: "The platform's books show up here.",
  member: 'Book of a member',
  memberHint: 'Id of the member, digits only',
  open: 'Open',
  columns: { book: 'Book', side: 'Normal side', posted: 'Posted', held: 'Held', available: 'Available' },
  sides: { credit: 'Credit', debit: 'Debit' },
  sign: 'Amounts are written as the member sees them: money that a gateway holds for the platform is negative.',
  kinds: {
    member: 'Balance of a member',
    clearing: 'Money taken in by the gateway',
    payouts: 'Money paid out by the gateway',
    fees: 'Earned fees',
    suspense: 'Not known whose it is',
  },
  account: 'Account',
  from: 'From',
  to: 'To',
  statement: 'Statement',
  opening: 'Opening',
  closing: 'Closing',
  sum: 'Σ rows',
  addsUp: 'Opening + Σ rows = closing',
  notWhole: (shown) => `${shown} rows shown; Σ is taken from opening and closing.`,
  differs: 'Opening + Σ rows is not the closing. Tell operations.',
  none: 'Nothing was booked within this time.',
  more: 'More rows',
  export: 'Download CSV',
  reversed: 'The time ends before it begins.',
  rows: { number: 'No.', time: 'Time', kind: 'Kind', reference: 'Reference', amount: 'Amount', balance: 'Balance' },
};

export const ledgerTexts: InLanguages<typeof id> = { id, en };

export function kindOfBook(book: string): BookKind {
  return (['member', 'clearing', 'payouts', 'fees'] as const).find((kind) => book.split(':')[0] === kind) ?? 'suspense';
}
