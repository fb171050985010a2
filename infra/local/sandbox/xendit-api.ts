/**
 * Xendit's API: payment requests, payments, refunds, transactions and payouts.
 */
import * as z from 'zod';
import { isOpen, type SandboxCharge } from './charge.ts';
import { act, announceCharge, CommandRefused, openCharge, withRefund } from './charges.ts';
import type { SandboxContext } from './context.ts';
import { once } from './idempotency.ts';
import { qrOf } from './midtrans-api.ts';
import { openPayout, xenditPayoutBody } from './payouts.ts';
import { xenditReportPage } from './reports.ts';
import { hasKey, headerOf, type Route, type SandboxAnswer, type SandboxRequest } from './routes.ts';
import { digitsOf, uuidOf } from './store.ts';
import { paymentBody, refundBody, requestBody, transactionBodies } from './xendit-words.ts';
import { walletUrl } from './wallet-page.ts';

const channels = [
  'QRIS',
  'BCA_VIRTUAL_ACCOUNT',
  'BNI_VIRTUAL_ACCOUNT',
  'BRI_VIRTUAL_ACCOUNT',
  'MANDIRI_VIRTUAL_ACCOUNT',
  'PERMATA_VIRTUAL_ACCOUNT',
  'CIMB_VIRTUAL_ACCOUNT',
  'OVO',
  'DANA',
  'SHOPEEPAY',
] as const;

const chargeSchema = z
  .looseObject({
    reference_id: z.string().min(1).max(255),
    type: z.literal('PAY'),
    country: z.literal('ID'),
    currency: z.literal('IDR'),
    request_amount: z.int().min(1).max(50_000_000_000),
    channel_code: z.enum(channels),
    channel_properties: z.looseObject({
      expires_at: z.iso.datetime().optional(),
      display_name: z.string().optional(),
      success_return_url: z.url().optional(),
      account_mobile_number: z
        .string()
        .regex(/^\+\d{8,15}$/)
        .optional(),
    }),
  })
  .refine(
    ({ channel_code, channel_properties }) => !channel_code.endsWith('_ACCOUNT') || channel_properties.display_name !== undefined,
    'display_name',
  )
  .refine(
    ({ channel_code, channel_properties }) => channel_code !== 'OVO' || channel_properties.account_mobile_number !== undefined,
    'account_mobile_number',
  )
  .refine(
    ({ channel_code, channel_properties }) => channel_code !== 'DANA' || channel_properties.success_return_url !== undefined,
    'success_return_url',
  );

const codeExpiryMs = 48 * 3_600_000;
const accountExpiryMs = 24 * 3_600_000;

export function xenditRoutes(context: SandboxContext, basePath: string): Route[] {
  const at = (path: string): RegExp => new RegExp(`^${basePath}${path}$`);
  const { store } = context;
  const about =
    (answer: (charge: SandboxCharge) => SandboxAnswer): Route['answer'] =>
    (_, [id = '']) => {
      const charge = store.get('charge', id);
      return charge?.gateway === 'xendit' ? answer(charge) : failed(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.');
    };
  const routes: Route[] = [
    { operation: 'xendit.charge', method: 'POST', path: at('/v3/payment_requests'), answer: ({ body }) => charge(context, body) },
    {
      operation: 'xendit.status',
      method: 'GET',
      path: at('/v3/payment_requests/([^/]+)'),
      answer: about((charge) => ({ status: 200, body: requestBody(charge) })),
    },
    {
      operation: 'xendit.cancel',
      method: 'POST',
      path: at('/v3/payment_requests/([^/]+)/cancel'),
      answer: about((charge) =>
        isOpen(charge)
          ? { status: 200, body: requestBody(act(context, { charge, action: 'cancel', input: { webhook: {} } })) }
          : failed(400, 'INACTIVE_PAYMENT_REQUEST', 'Payment request is already inactive.'),
      ),
    },
    { operation: 'xendit.payment', method: 'GET', path: at('/v3/payments/([^/]+)'), answer: (_, [id = '']) => payment(context, id) },
    {
      operation: 'xendit.transactions',
      method: 'GET',
      path: at('/transactions'),
      answer: ({ query }) => {
        const reference = query.get('reference_id');
        if (reference === null) return { status: 200, body: xenditReportPage(store, query) };
        const charges = store.list('charge', reference).filter(({ gateway }) => gateway === 'xendit');
        return { status: 200, body: { has_more: false, data: charges.flatMap(transactionBodies), links: [] } };
      },
    },
    { operation: 'xendit.refund', method: 'POST', path: at('/refunds'), answer: (request) => refund(context, request) },
    {
      operation: 'xendit.refunds',
      method: 'GET',
      path: at('/refunds'),
      answer: ({ query }) => {
        const charge = store.get('charge', query.get('payment_request_id') ?? '');
        return { status: 200, body: { has_more: false, data: charge?.refunds.map((refund) => refundBody(charge, refund)) ?? [] } };
      },
    },
    { operation: 'xendit.send', method: 'POST', path: at('/v2/payouts'), answer: (request) => payout(context, request) },
    {
      operation: 'xendit.payout',
      method: 'GET',
      path: at('/v2/payouts'),
      answer: ({ query }) => {
        const payouts = store.list('payout', query.get('reference_id') ?? '').filter(({ gateway }) => gateway === 'xendit');
        return { status: 200, body: payouts.map(xenditPayoutBody) };
      },
    },
  ];
  return routes.map(({ operation, method, path, answer }) => ({ operation, method, path, answer: guarded(context, answer) }));
}

function guarded({ keys }: SandboxContext, answer: Route['answer']): Route['answer'] {
  return (request, parts) =>
    hasKey(request, keys.xenditSecretKey) ? answer(request, parts) : failed(401, 'INVALID_API_KEY', 'The API key provided is invalid.');
}

const failed = (status: number, code: string, message: string): SandboxAnswer => ({ status, body: { error_code: code, message } });

function charge(context: SandboxContext, body: unknown): SandboxAnswer {
  const { data, error } = chargeSchema.safeParse(body);
  if (data === undefined) return failed(400, 'API_VALIDATION_ERROR', z.prettifyError(error));
  const { reference_id, channel_code, request_amount, channel_properties } = data;
  const id = context.store.nextId();
  const bank = channel_code.endsWith('_VIRTUAL_ACCOUNT') ? channel_code.slice(0, -'_VIRTUAL_ACCOUNT'.length).toLowerCase() : null;
  const opened = openCharge(context, {
    id: `pr-${uuidOf(id)}`,
    reference: reference_id,
    gateway: 'xendit',
    amountRupiah: request_amount,
    channel: channel_code,
    bank,
    code: codeOf(channel_code, {
      id,
      bank,
      amountRupiah: request_amount,
      walletUrl: walletUrl(context, { gateway: 'xendit', reference: reference_id }),
    }),
    expiresMs: expiryOf(context.clock.now(), channel_code, channel_properties.expires_at),
  });
  return { status: 201, body: requestBody(opened) };
}

/** A QRIS code's cannot be chosen. */
function expiryOf(now: number, channel: string, expiresAt: string | undefined): number {
  if (channel === 'QRIS') return now + codeExpiryMs;
  return expiresAt === undefined ? now + accountExpiryMs : Date.parse(expiresAt);
}

interface Coded {
  readonly id: string;
  readonly bank: string | null;
  readonly amountRupiah: number;
  readonly walletUrl: string;
}

function codeOf(channel: string, { id, bank, amountRupiah, walletUrl }: Coded): string {
  if (channel === 'QRIS') return qrOf(id, amountRupiah);
  return bank === null ? walletUrl : `38165${digitsOf(id, 10)}`;
}

function payment({ store }: SandboxContext, id: string): SandboxAnswer {
  const charge = store.get('charge', store.get('payment', id)?.reference ?? '');
  const found = charge?.payments.find((payment) => payment.id === id);
  return charge?.gateway === 'xendit' && found !== undefined
    ? { status: 200, body: paymentBody(charge, found) }
    : failed(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.');
}

const refundSchema = z.looseObject({
  payment_request_id: z.string(),
  reference_id: z.string().min(1).max(255),
  currency: z.literal('IDR'),
  amount: z.int().min(1),
  reason: z.enum(['FRAUDULENT', 'DUPLICATE', 'REQUESTED_BY_CUSTOMER', 'CANCELLATION', 'OTHERS']),
});

function refund(context: SandboxContext, { body }: SandboxRequest): SandboxAnswer {
  const { data, error } = refundSchema.safeParse(body);
  if (data === undefined) return failed(400, 'API_VALIDATION_ERROR', z.prettifyError(error));
  const charge = context.store.get('charge', data.payment_request_id);
  if (charge?.gateway !== 'xendit') return failed(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.');
  try {
    const changed = withRefund(context, charge, { key: data.reference_id, amountRupiah: data.amount });
    context.store.put('charge', changed);
    announceCharge(context, changed);
    const made = changed.refunds.at(-1);
    return { status: 200, body: made === undefined ? {} : refundBody(changed, made) };
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    if (error.message === 'more than is left') return failed(400, 'REFUND_AMOUNT_EXCEEDED', error.message);
    return charge.bank === null
      ? failed(400, 'INELIGIBLE_TRANSACTION_STATUS', error.message)
      : failed(403, 'REFUND_NOT_SUPPORTED', error.message);
  }
}

const payoutSchema = z.looseObject({
  reference_id: z.string().min(1).max(255),
  channel_code: z.string().regex(/^ID_[A-Z]+$/),
  channel_properties: z.object({ account_number: z.string().min(1).max(30), account_holder_name: z.string().min(1).max(100) }),
  amount: z.int().min(1).max(250_000_000),
  currency: z.literal('IDR'),
});

function payout(context: SandboxContext, request: SandboxRequest): SandboxAnswer {
  const { data, error } = payoutSchema.safeParse(request.body);
  const key = headerOf(request, 'idempotency-key');
  if (data === undefined || key === undefined || key.length > 100)
    return failed(400, 'API_VALIDATION_ERROR', error === undefined ? 'Idempotency-key' : z.prettifyError(error));
  const conflict = failed(409, 'DUPLICATE_ERROR', 'Idempotency key has been used before. Use a unique idempotency key and try again.');
  const answer = (): SandboxAnswer => ({
    status: 200,
    body: xenditPayoutBody(
      openPayout(context, {
        id: `disb-${context.store.nextId().slice(0, 24)}`,
        reference: data.reference_id,
        gateway: 'xendit',
        amountRupiah: data.amount,
        bank: data.channel_code,
        accountNumber: data.channel_properties.account_number,
        accountName: data.channel_properties.account_holder_name,
        status: 'ACCEPTED',
      }),
    ),
  });
  return once(context, { scope: 'xendit', key, lifetimeMs: Number.POSITIVE_INFINITY, conflict }, { body: request.body, answer });
}
