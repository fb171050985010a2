/**
 * Withdrawals as staff work them off: `/api/admin/withdrawals`.
 */
import * as z from 'zod';
import { gatewayIdPattern } from '#shared/payments/gateway-client.ts';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery, partial } from '#shared/platform/paging.ts';
import { deskWithdrawalView, timelineView } from './views.ts';
import { withdrawalStates } from './withdrawal.ts';
import { withdrawalPath as pathParameters } from './withdrawal-routes.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

const { min, max } = withdrawalLimits.reasonCharacters;
const reason = z.string().trim().min(min).max(max).meta({ description: 'Kept in the audit log; of a rejection, shown to the member.' });
const day = z.iso.date();

export const postingView = z
  .object({
    id: z.string(),
    kind: z.string(),
    at: z.iso.datetime(),
    reason: z.string(),
    lines: z.array(z.object({ account: z.string(), amountRupiah: z.int(), heldRupiah: z.int() })),
  })
  .meta({ id: 'WithdrawalPosting' });

export const deskWithdrawalDetail = deskWithdrawalView
  .extend({ timeline: z.array(timelineView), postings: z.array(postingView) })
  .meta({ id: 'DeskWithdrawalDetail' });

const problem = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});

const decided = ['withdrawals.not-found', 'withdrawals.already-decided', 'ledger.busy'] as const;

export const deskWithdrawalRoutes = {
  list: route({
    operationId: 'listWithdrawals',
    method: 'GET',
    path: '/api/admin/withdrawals',
    summary: 'Withdrawals by the day on which they were made, or those that wait by their risk',
    permission: 'withdrawals:read',
    query: z
      .object({
        state: z.enum(withdrawalStates).optional().meta({ description: 'All states without it; `submitted` is the queue.' }),
        memberId: z.string().max(20).optional(),
        riskMin: z.coerce.number().int().min(0).max(100).optional().meta({ description: 'Lowest score of risk.' }),
        from: day.optional().meta({
          description: 'First day, in Asia/Jakarta; without it 90 days before the last one, or any for what waits and for one member.',
        }),
        to: day.optional().meta({ description: 'Last day, in Asia/Jakarta.' }),
        order: z.enum(['newest', 'oldest', 'riskiest']).default('newest').meta({
          description:
            'Oldest first is how a queue is worked off. `riskiest` is for `state=submitted` alone: the highest score first and of equal ones the oldest, of any day unless one is given.',
        }),
        ...pageQuery,
      })
      .refine(({ order, state }) => order !== 'riskiest' || state === 'submitted', {
        path: ['order'],
        message: 'Only what waits is kept by its risk: `state=submitted`.',
      }),
    status: 200,
    answer: z.object({
      withdrawals: z.array(deskWithdrawalView),
      nextCursor,
      partial,
    }),
    faults: [],
  }),
  read: route({
    operationId: 'readWithdrawal',
    method: 'GET',
    path: '/api/admin/withdrawals/{withdrawalId}',
    summary: 'A withdrawal with its timeline and its postings',
    permission: 'withdrawals:read',
    pathParameters,
    status: 200,
    answer: deskWithdrawalDetail,
    faults: ['withdrawals.not-found'],
  }),
  approve: route({
    operationId: 'approveWithdrawal',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/approve',
    summary: 'Approves a withdrawal; from a threshold on it takes two different people',
    permission: 'withdrawals:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({}),
    status: 200,
    answer: deskWithdrawalView,
    faults: [...decided, 'withdrawals.second-person-needed'],
  }),
  reject: route({
    operationId: 'rejectWithdrawal',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/reject',
    summary: 'Rejects a withdrawal; the member has the money back',
    permission: 'withdrawals:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ reason }),
    status: 200,
    answer: deskWithdrawalView,
    faults: decided,
  }),
  retry: route({
    operationId: 'retryWithdrawal',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/retry',
    summary: 'Sends a withdrawal that stands still once more, under a new id at the gateway',
    permission: 'withdrawals:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ reason }),
    status: 200,
    answer: deskWithdrawalView,
    faults: [...decided, 'withdrawals.attempts-spent'],
  }),
  found: route({
    operationId: 'nameWithdrawalPayout',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/payout',
    summary:
      "Names the payout of a withdrawal whose answer was lost, as the gateway's own pages show it; the gateway then says what became of it",
    permission: 'withdrawals:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ gatewayPayoutId: z.string().regex(gatewayIdPattern), reason }),
    status: 200,
    answer: deskWithdrawalView,
    faults: decided,
  }),
  giveUp: route({
    operationId: 'giveUpWithdrawal',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/give-up',
    summary: 'Ends a withdrawal that stands still; the member has the money back',
    permission: 'withdrawals:decide',
    stepUp: true,
    pathParameters,
    body: z.strictObject({ reason }),
    status: 200,
    answer: deskWithdrawalView,
    faults: decided,
  }),
  refresh: route({
    operationId: 'refreshWithdrawal',
    method: 'POST',
    path: '/api/admin/withdrawals/{withdrawalId}/refresh',
    summary: 'Asks the gateway now, and does what its answer means',
    permission: 'withdrawals:decide',
    pathParameters,
    body: z.strictObject({}),
    status: 200,
    answer: deskWithdrawalView,
    faults: ['withdrawals.not-found', 'payments.gateway-unavailable', 'payments.outcome-unknown', 'payments.answer-wrong', 'ledger.busy'],
  }),
  decideMany: route({
    operationId: 'decideWithdrawals',
    method: 'POST',
    path: '/api/admin/withdrawals/decisions',
    summary: `Approves or rejects up to ${withdrawalLimits.bulkMax} withdrawals that are named one by one`,
    permission: 'withdrawals:decide',
    stepUp: true,
    body: z
      .strictObject({
        decision: z.enum(['approve', 'reject']),
        ids: z
          .array(z.string().max(64))
          .min(1)
          .max(withdrawalLimits.bulkMax)
          .refine((ids) => new Set(ids).size === ids.length, 'Each id once.'),
        totalRupiah: z.int().min(0).meta({ description: 'What they come to, as whoever decides has seen it; another total is refused.' }),
        reason: reason.optional(),
      })
      .refine(({ decision, reason }) => decision === 'approve' || reason !== undefined, {
        path: ['reason'],
        message: 'A rejection needs a reason.',
      }),
    status: 200,
    answer: z.object({
      results: z.array(
        z.object({
          id: z.string(),
          outcome: z.enum(['done', 'refused']),
          withdrawal: deskWithdrawalView.nullable(),
          problem: problem.nullable(),
        }),
      ),
    }),
    faults: ['withdrawals.total-differs'],
  }),
} as const;
