/**
 * The hosted deposit page's own routes: what members do under `/api/xm/deposits`, for whoever has a link instead of a token. Open routes; the link is
 * in the header `x-deposit-link`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { pageQuery } from '#shared/platform/paging.ts';
import { cancelFaults, depositPage, methodView, openDepositBody, openingFaults, pathParameters } from './deposit-routes.ts';
import { depositAnswer } from './present-deposit.ts';

const link = 'deposits.link-invalid';

export const pageRoutes = {
  session: route({
    operationId: 'readDepositSession',
    method: 'GET',
    path: '/api/pay/session',
    summary:
      'What the deposit page opens with: the time, the methods and their limits. The link is in `x-deposit-link`, as for all of /api/pay',
    status: 200,
    answer: z.object({
      serverTime: z.iso.datetime(),
      expiresAt: z.iso.datetime().meta({ description: 'When the link ends.' }),
      locale: z.enum(['id', 'en']).meta({ description: 'Language of the member.' }),
      displayName: z.string(),
      depositId: z.string().nullable().meta({ description: 'The one deposit that the link is for; null for all of them.' }),
      methods: z.array(methodView).meta({ description: 'None when the link is for one deposit, or the membership takes no deposits.' }),
      roomRupiah: z.int(),
    }),
    faults: [link],
  }),
  list: route({
    operationId: 'listDepositsByLink',
    method: 'GET',
    path: '/api/pay/deposits',
    summary: 'Deposits that the link is for, newest first',
    query: z.object(pageQuery),
    status: 200,
    answer: depositPage,
    faults: [link],
  }),
  open: route({
    operationId: 'openDepositByLink',
    method: 'POST',
    path: '/api/pay/deposits',
    summary: 'Opens a deposit. Needs an `Idempotency-Key`',
    body: openDepositBody,
    status: 201,
    answer: depositAnswer,
    faults: [link, ...openingFaults],
  }),
  read: route({
    operationId: 'readDepositByLink',
    method: 'GET',
    path: '/api/pay/deposits/{depositId}',
    summary: 'A deposit that the link is for',
    pathParameters,
    status: 200,
    answer: depositAnswer,
    faults: [link, 'deposits.not-found'],
  }),
  cancel: route({
    operationId: 'cancelDepositByLink',
    method: 'POST',
    path: '/api/pay/deposits/{depositId}/cancel',
    summary: 'Cancels a deposit that waits for its payment',
    pathParameters,
    status: 200,
    answer: depositAnswer,
    faults: [link, ...cancelFaults],
  }),
} as const;
