/**
 * A member's withdrawals and bank accounts: `/api/xm/withdrawals`, `/api/xm/bank-accounts`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { amountRupiahSchema } from '../amount.ts';
import { newBankAccountSchema } from './bank-account.ts';
import { bankAccountView, withdrawalView } from './views.ts';

const nothing = z.undefined();
const withdrawalId = z.string().max(64).meta({ description: 'Id of a withdrawal.', example: 'wd_0mi8c3k2w3x9p2c7hq4t0a' });
const bankAccountId = z.string().max(64).meta({ description: 'Id of a bank account.', example: 'bnk_0mi8c3k2w3x9p2c7hq4t0a' });
export const withdrawalPath = z.object({ withdrawalId });
const gatewayFaults = ['payments.gateway-unavailable', 'payments.answer-wrong'] as const;

export const withdrawalRoutes = {
  terms: route({
    operationId: 'readWithdrawalTerms',
    method: 'GET',
    path: '/api/xm/withdrawal-terms',
    summary: 'What may be withdrawn, and what it costs',
    permission: 'account:read',
    status: 200,
    answer: z.object({
      amountRupiahMin: z.int(),
      amountRupiahMax: z.int(),
      feeRupiah: z.int().meta({ description: 'Taken out of the amount.' }),
    }),
    faults: [],
  }),
  submit: route({
    operationId: 'submitWithdrawal',
    method: 'POST',
    path: '/api/xm/withdrawals',
    summary: 'Withdraws to a bank account. Needs an `Idempotency-Key`: the same request under the same key gives the same answer, for ever',
    permission: 'account:use',
    body: z.strictObject({ amountRupiah: amountRupiahSchema, bankAccountId }),
    status: 201,
    answer: withdrawalView,
    faults: [
      'withdrawals.bank-account-not-found',
      'withdrawals.amount-refused',
      'withdrawals.insufficient',
      'withdrawals.too-many-open',
      'withdrawals.key-reused',
      'withdrawals.off',
      'ledger.busy',
    ],
  }),
  list: route({
    operationId: 'listOwnWithdrawals',
    method: 'GET',
    path: '/api/xm/withdrawals',
    summary: 'Own withdrawals, newest first',
    permission: 'account:read',
    query: z.object(pageQuery),
    status: 200,
    answer: z.object({ withdrawals: z.array(withdrawalView), nextCursor }),
    faults: [],
  }),
  read: route({
    operationId: 'readOwnWithdrawal',
    method: 'GET',
    path: '/api/xm/withdrawals/{withdrawalId}',
    summary: 'One of the own withdrawals',
    permission: 'account:read',
    pathParameters: withdrawalPath,
    status: 200,
    answer: withdrawalView,
    faults: ['withdrawals.not-found'],
  }),
  cancel: route({
    operationId: 'cancelWithdrawal',
    method: 'POST',
    path: '/api/xm/withdrawals/{withdrawalId}/cancel',
    summary: 'Takes back a withdrawal that nobody has decided about',
    permission: 'account:use',
    pathParameters: withdrawalPath,
    status: 200,
    answer: withdrawalView,
    faults: ['withdrawals.not-found', 'withdrawals.already-decided', 'ledger.busy'],
  }),
  listBankAccounts: route({
    operationId: 'listBankAccounts',
    method: 'GET',
    path: '/api/xm/bank-accounts',
    summary: 'Bank accounts that withdrawals may go to, oldest first',
    permission: 'account:read',
    status: 200,
    answer: z.object({ bankAccounts: z.array(bankAccountView) }),
    faults: [],
  }),
  addBankAccount: route({
    operationId: 'addBankAccount',
    method: 'POST',
    path: '/api/xm/bank-accounts',
    summary: 'Keeps a bank account, after asking the bank whose it is; one that is kept already is answered as it is',
    permission: 'account:use',
    body: newBankAccountSchema,
    status: 201,
    answer: bankAccountView,
    faults: ['withdrawals.bank-account-refused', 'withdrawals.bank-accounts-full', ...gatewayFaults],
  }),
  removeBankAccount: route({
    operationId: 'removeBankAccount',
    method: 'DELETE',
    path: '/api/xm/bank-accounts/{bankAccountId}',
    summary: 'Takes a bank account out of the book; withdrawals that are under way to it go on',
    permission: 'account:use',
    pathParameters: z.object({ bankAccountId }),
    status: 204,
    answer: nothing,
    faults: ['withdrawals.bank-account-not-found'],
  }),
} as const;
