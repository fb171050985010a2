import type { InLanguages } from '../shell/language.ts';

/** What all parts of the wallet say. */
const id = {
  wrong: { memberId: 'ID anggota hanya angka.', amount: 'Rupiah utuh, mis. 250.000.' },
  timeline: { label: 'Riwayat, dari yang paling awal', empty: 'Belum ada kejadian.' },
  postings: {
    empty: 'Belum ada yang dibukukan.',
    account: 'Akun',
    amount: 'Jumlah',
    held: 'Ditahan',
    linesOf: (posting: string) => `Baris pembukuan ${posting}`,
    kinds: {
      deposit: 'Isi saldo',
      reversal: 'Ditarik kembali gateway',
      refund: 'Pengembalian dana',
      withdrawal: 'Penarikan',
      'withdrawal-return': 'Penarikan dikembalikan bank',
      transfer: 'Pindah saldo',
      fee: 'Biaya',
      adjustment: 'Penyesuaian',
      rebalancing: 'Pemindahan antarakun',
      hold: 'Ditahan',
      release: 'Dilepas',
    } as Readonly<Record<string, string>>,
  },
  member: {
    balance: 'Saldo',
    statement: 'Mutasi',
    deposits: 'Isi saldo terakhir',
    withdrawals: 'Penarikan terakhir',
    all: 'Lihat semua',
    noDeposits: 'Belum pernah isi saldo dalam 90 hari terakhir.',
    noWithdrawals: 'Belum pernah menarik dalam 90 hari terakhir.',
  },
};

const en: typeof id = {
  wrong: { memberId: 'Member ids are digits alone.', amount: 'Whole rupiah, such as 250.000.' },
  timeline: { label: 'Timeline, oldest first', empty: 'Nothing has happened yet.' },
  postings: {
    empty: 'Nothing has been booked yet.',
    account: 'Account',
    amount: 'Amount',
    held: 'Held',
    linesOf: (posting) => `Lines of ${posting}`,
    kinds: {
      deposit: 'Deposit',
      reversal: 'Taken back by the gateway',
      refund: 'Refund',
      withdrawal: 'Withdrawal',
      'withdrawal-return': 'Withdrawal given back by the bank',
      transfer: 'Transfer',
      fee: 'Fee',
      adjustment: 'Adjustment',
      rebalancing: 'Rebalancing',
      hold: 'Held',
      release: 'Released',
    },
  },
  member: {
    balance: 'Balance',
    statement: 'Statement',
    deposits: 'Latest deposits',
    withdrawals: 'Latest withdrawals',
    all: 'See all',
    noDeposits: 'No deposits within the last 90 days.',
    noWithdrawals: 'No withdrawals within the last 90 days.',
  },
};

export const walletTexts: InLanguages<typeof id> = { id, en };
