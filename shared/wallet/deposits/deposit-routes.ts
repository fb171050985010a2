/**
 * A member's deposits: `/api/xm/deposits`.
 */
import * as z from 'zod';
import { paymentMethods } from '#shared/payments/payment.ts';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { amountRupiahSchema } from '../amount.ts';
import { depositAnswer, depositView } from './present-deposit.ts';

const depositId = z.string().max(64).meta({ description: 'Id of a deposit.', example: 'dep_0mi8c3k2w3x9p2c7hq4t0a' });
const serverTime = z.iso.datetime();
export const pathParameters = z.object({ depositId });

export const openDepositBody = z.strictObject({
  amountRupiah: amountRupiahSchema,
  method: z.enum(paymentMethods),
  currency: z.literal('IDR').optional().meta({ description: 'There is no other.' }),
});

export const methodView = z
  .object({
    method: z.enum(paymentMethods),
    amountRupiahMin: z.int(),
    amountRupiahMax: z.int(),
    lifetimeSeconds: z.int().meta({ description: 'How long a deposit by this method waits for its payment.' }),
  })
  .meta({ id: 'DepositMethod' });
const offerAnswer = z.object({
  methods: z.array(methodView),
  roomRupiah: z.int().meta({ description: 'What may come in now, by the limits of the membership.' }),
  serverTime,
});
export const depositPage = z.object({ deposits: z.array(depositView), nextCursor, serverTime });

/** What opening may answer, wherever it is asked from. */
export const openingFaults = [
  'deposits.key-reused',
  'deposits.method-unavailable',
  'deposits.amount-out-of-range',
  'deposits.over-limit',
  'deposits.account-closed',
  'deposits.too-many-open',
  'deposits.amounts-taken',
  'deposits.in-progress',
  'payments.gateway-unavailable',
  'payments.outcome-unknown',
  'payments.answer-wrong',
] as const;
export const cancelFaults = [
  'deposits.not-found',
  'deposits.not-open',
  'payments.gateway-unavailable',
  'payments.outcome-unknown',
  'payments.answer-wrong',
  'ledger.busy',
] as const;

export const depositRoutes = {
  open: route({
    operationId: 'openDeposit',
    method: 'POST',
    path: '/api/xm/deposits',
    summary: 'Opens a deposit. Needs an `Idempotency-Key`: the same request under the same key gives the same answer, for ever',
    permission: 'account:use',
    body: openDepositBody,
    status: 201,
    answer: depositAnswer,
    faults: openingFaults,
  }),
  list: route({
    operationId: 'listDeposits',
    method: 'GET',
    path: '/api/xm/deposits',
    summary: 'Own deposits, newest first',
    permission: 'account:read',
    query: z.object(pageQuery),
    status: 200,
    answer: depositPage,
    faults: [],
  }),
  read: route({
    operationId: 'readDeposit',
    method: 'GET',
    path: '/api/xm/deposits/{depositId}',
    summary: 'One of the own deposits',
    permission: 'account:read',
    pathParameters,
    status: 200,
    answer: depositAnswer,
    faults: ['deposits.not-found'],
  }),
  cancel: route({
    operationId: 'cancelDeposit',
    method: 'POST',
    path: '/api/xm/deposits/{depositId}/cancel',
    summary: 'Cancels a deposit that waits for its payment; it may turn out to have been paid',
    permission: 'account:use',
    pathParameters,
    status: 200,
    answer: depositAnswer,
    faults: cancelFaults,
  }),
  offer: route({
    operationId: 'listDepositMethods',
    method: 'GET',
    path: '/api/xm/deposit-methods',
    summary: 'Methods to pay by, with their limits, and what may come in now',
    permission: 'account:read',
    status: 200,
    answer: offerAnswer,
    faults: ['deposits.account-closed'],
  }),
  balance: route({
    operationId: 'readBalance',
    method: 'GET',
    path: '/api/xm/balance',
    summary: 'The own balance',
    permission: 'account:read',
    status: 200,
    answer: z.object({
      postedRupiah: z.int().meta({ description: 'Everything that is booked.' }),
      heldRupiah: z.int().meta({ description: 'Set aside for what is on its way out.' }),
      availableRupiah: z.int().meta({ description: 'What may be used; below zero only after a payment was taken back.' }),
      serverTime,
    }),
    faults: [],
  }),
  link: route({
    operationId: 'createDepositLink',
    method: 'POST',
    path: '/api/xm/deposit-links',
    summary: 'A link that opens the hosted deposit page as the caller, for a day at most',
    permission: 'account:use',
    body: z.strictObject({ depositId: depositId.optional().meta({ description: 'Opens the page for this deposit, and for no other.' }) }),
    status: 201,
    answer: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
    faults: ['deposits.not-found'],
  }),
} as const;
