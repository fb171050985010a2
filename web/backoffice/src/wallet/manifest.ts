import AccountBalance from '@mui/icons-material/AccountBalanceOutlined';
import Rule from '@mui/icons-material/Rule';
import CallMade from '@mui/icons-material/NorthEast';
import CallReceived from '@mui/icons-material/SouthWest';
import { answer } from '../shell/api/client.ts';
import type { Capability } from '../shell/capability.ts';
import { writeAddress } from '../shell/list/filters.ts';
import { depositSource } from './deposits/deposit-source.ts';
import { exceptionSource } from './exceptions/exception-source.ts';
import { walletFaults } from './faults.ts';
import { ledgerSource } from './ledger/ledger-source.ts';
import { runSource } from './runs/run-source.ts';
import { withdrawalSource } from './withdrawals/withdrawal-source.ts';

/** More than a page are waiting: a figure that is counted no further. */
const countedMax = 200;

/** Money: what comes in, what goes out, and the book that both are kept in. */
export const wallet: Capability = {
  resources: [
    {
      name: 'deposits',
      permission: 'deposits:read',
      source: depositSource,
      list: async () => (await import('./deposits/deposit-list-page.tsx')).DepositListPage,
      show: async () => (await import('./deposits/deposit-page.tsx')).DepositPage,
    },
    {
      name: 'withdrawals',
      permission: 'withdrawals:read',
      source: withdrawalSource,
      list: async () => (await import('./withdrawals/withdrawal-list-page.tsx')).WithdrawalListPage,
      show: async () => (await import('./withdrawals/withdrawal-page.tsx')).WithdrawalPage,
    },
    {
      name: 'ledger',
      permission: 'ledger:read',
      source: ledgerSource,
      list: async () => (await import('./ledger/book-list-page.tsx')).BookListPage,
      show: async () => (await import('./ledger/book-page.tsx')).BookPage,
    },
    {
      name: 'exceptions',
      permission: 'reconciliation:read',
      source: exceptionSource,
      list: async () => (await import('./exceptions/exception-list-page.tsx')).ExceptionListPage,
      show: async () => (await import('./exceptions/exception-page.tsx')).ExceptionPage,
    },
    {
      name: 'runs',
      permission: 'reconciliation:read',
      source: runSource,
      list: async () => (await import('./runs/run-list-page.tsx')).RunListPage,
      show: async () => (await import('./runs/run-page.tsx')).RunPage,
    },
  ],
  menu: [
    { path: '/deposits', label: { id: 'Isi saldo', en: 'Deposits' }, icon: CallReceived, permission: 'deposits:read' },
    { path: '/withdrawals', label: { id: 'Penarikan', en: 'Withdrawals' }, icon: CallMade, permission: 'withdrawals:read' },
    { path: '/ledger', label: { id: 'Buku besar', en: 'Ledger' }, icon: AccountBalance, permission: 'ledger:read' },
    {
      path: '/exceptions',
      alsoAt: ['/runs'],
      label: { id: 'Rekonsiliasi', en: 'Reconciliation' },
      icon: Rule,
      permission: 'reconciliation:read',
    },
  ],
  tiles: [
    {
      name: 'withdrawals-waiting',
      label: { id: 'Penarikan menunggu keputusan', en: 'Withdrawals to decide about' },
      permission: 'withdrawals:read',
      path: () => '/withdrawals',
      count: async (api) => {
        const query = { state: 'submitted', limit: countedMax } as const;
        const { withdrawals, nextCursor } = await answer(api.GET('/api/admin/withdrawals', { params: { query } }));
        return { value: withdrawals.length, isMore: nextCursor !== null };
      },
    },
    {
      name: 'deposits-review',
      label: { id: 'Isi saldo perlu diputuskan', en: 'Deposits to decide about' },
      permission: 'deposits:read',
      path: () => `/deposits${writeAddress({ values: { review: 'open' } })}`,
      count: async (api) => {
        const query = { review: 'open', limit: countedMax } as const;
        const { deposits, nextCursor } = await answer(api.GET('/api/admin/deposits', { params: { query } }));
        return { value: deposits.length, isMore: nextCursor !== null };
      },
    },
    {
      name: 'exceptions-open',
      label: { id: 'Pengecualian rekonsiliasi', en: 'Reconciliation exceptions' },
      permission: 'reconciliation:read',
      path: () => '/exceptions',
      count: async (api) => {
        const query = { state: 'open', limit: countedMax } as const;
        const { exceptions, nextCursor } = await answer(api.GET('/api/admin/reconciliation/exceptions', { params: { query } }));
        return { value: exceptions.length, isMore: nextCursor !== null };
      },
    },
  ],
  tabs: [
    {
      resource: 'members',
      name: 'wallet',
      label: { id: 'Dompet', en: 'Wallet' },
      permission: 'deposits:read',
      load: async () => (await import('./member-wallet.tsx')).MemberWallet,
    },
  ],
  faults: walletFaults,
};
