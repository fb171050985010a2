/**
 * Deposits as staff see to them: `/api/admin/deposits`.
 */
import * as z from 'zod';
import { paymentMethods } from '#shared/payments/payment.ts';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery, partial } from '#shared/platform/paging.ts';
import { amountRupiahSchema } from '../amount.ts';
import { depositStatuses } from './deposit.ts';
import { depositLimits } from './deposit-limits.ts';
import { pathParameters } from './deposit-routes.ts';
import { deskDepositDetail, deskDepositView } from './desk-views.ts';

const { reasonCharacters, bankReferenceCharacters } = depositLimits;
const reason = z.string().trim().min(reasonCharacters.min).max(reasonCharacters.max).meta({ description: 'Why; kept in the audit log.' });
const version = z.int().positive().meta({ description: 'Of the deposit that was decided on; another one meanwhile is refused.' });
const paymentId = z.string().min(1).max(128);
const day = z.iso.date();
const rupiah = z.coerce.number().int().min(0).max(1_000_000_000_000);

const gatewayFaults = ['payments.gateway-unavailable', 'payments.outcome-unknown', 'payments.answer-wrong', 'ledger.busy'] as const;
const decisionFaults = ['deposits.not-found', 'deposits.decided-meanwhile', 'ledger.busy'] as const;

export const deskDepositRoutes = {
  list: route({
    operationId: 'listAllDeposits',
    method: 'GET',
    path: '/api/admin/deposits',
    summary: 'Deposits, newest first',
    permission: 'deposits:read',
    query: z.object({
      status: z.enum(depositStatuses).optional().meta({ description: 'By the clock, as members see it.' }),
      method: z.enum(paymentMethods).optional(),
      memberId: z
        .string()
        .regex(/^\d{1,19}$/)
        .optional(),
      review: z.enum(['open']).optional().meta({ description: 'Deposits that wait for a decision, oldest first.' }),
      amountMin: rupiah.optional().meta({ description: 'Of what is to be paid.' }),
      amountMax: rupiah.optional(),
      from: day.optional().meta({ description: 'First day, in Asia/Jakarta; 90 days before the last one without it.' }),
      to: day.optional().meta({ description: 'Last day, in Asia/Jakarta.' }),
      ...pageQuery,
    }),
    status: 200,
    answer: z.object({
      deposits: z.array(deskDepositView),
      nextCursor,
      partial,
      serverTime: z.iso.datetime(),
    }),
    faults: [],
  }),
  read: route({
    operationId: 'readAnyDeposit',
    method: 'GET',
    path: '/api/admin/deposits/{depositId}',
    summary: 'A deposit with its payments, its timeline and what was booked',
    permission: 'deposits:read',
    pathParameters,
    status: 200,
    answer: deskDepositDetail,
    faults: ['deposits.not-found'],
  }),
  refresh: route({
    operationId: 'refreshDeposit',
    method: 'POST',
    path: '/api/admin/deposits/{depositId}/refresh',
    summary: 'Asks the gateway how it stands with the deposit, and does what follows',
    permission: 'deposits:read',
    pathParameters,
    status: 200,
    answer: deskDepositDetail,
    faults: ['deposits.not-found', ...gatewayFaults],
  }),
  confirm: route({
    operationId: 'confirmTransfer',
    method: 'POST',
    path: '/api/admin/deposits/{depositId}/confirm',
    summary: 'Confirms that a transfer has come to our account',
    permission: 'deposits:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({
      bankReference: z
        .string()
        .trim()
        .min(bankReferenceCharacters.min)
        .max(bankReferenceCharacters.max)
        .regex(/^[\w./:-]+$/)
        .meta({ description: "The transfer's reference on the bank statement: it is confirmed once, for one deposit." }),
      amountRupiah: amountRupiahSchema.meta({ description: 'What came in.' }),
      receivedAt: z.iso.datetime().optional().meta({ description: 'When, by the statement; now without it.' }),
      reason,
      version,
    }),
    status: 200,
    answer: deskDepositDetail,
    faults: [...decisionFaults, 'deposits.nothing-to-decide', 'deposits.reference-taken'],
  }),
  resolve: route({
    operationId: 'resolveDeposit',
    method: 'POST',
    path: '/api/admin/deposits/{depositId}/resolve',
    summary: 'Decides about money that came otherwise than asked for: the member gets it, or it goes back',
    permission: 'deposits:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ paymentId, decision: z.enum(['credit', 'refund']), reason, version }),
    status: 200,
    answer: deskDepositDetail,
    faults: [
      ...decisionFaults,
      'deposits.nothing-to-decide',
      'deposits.reversal-unclear',
      'deposits.over-limit',
      'deposits.account-closed',
      'deposits.refund-refused',
      ...gatewayFaults,
    ],
  }),
  refund: route({
    operationId: 'refundDeposit',
    method: 'POST',
    path: '/api/admin/deposits/{depositId}/refund',
    summary: 'Gives a payment back, or a part of it, the way it came',
    permission: 'deposits:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ paymentId, amountRupiah: amountRupiahSchema, reason, version }),
    status: 200,
    answer: deskDepositDetail,
    faults: [...decisionFaults, 'deposits.nothing-to-decide', 'deposits.reversal-unclear', 'deposits.refund-refused', ...gatewayFaults],
  }),
  reversal: route({
    operationId: 'resolveReversal',
    method: 'POST',
    path: '/api/admin/deposits/{depositId}/reversal',
    summary: 'Says which of several payments the gateway took back, where it does not tell itself',
    permission: 'deposits:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({
      paymentId: paymentId.nullable().meta({ description: 'What is left of it is taken from whoever has it; null when none of them was.' }),
      reason,
      version,
    }),
    status: 200,
    answer: deskDepositDetail,
    faults: [...decisionFaults, 'deposits.nothing-to-decide'],
  }),
} as const;
