/**
 * Midtrans' Core API, as far as payments go. As at Midtrans, most answers are 200 of HTTP, and the code that counts is in the body.
 */
import * as z from 'zod';
import { crc16 } from '#shared/payments/qris.ts';
import { isOpen, type SandboxCharge } from './charge.ts';
import { act, announceCharge, type ChargeAction, CommandRefused, openCharge, withRefund } from './charges.ts';
import type { SandboxContext } from './context.ts';
import { once } from './idempotency.ts';
import { fromWib, statusCode, transactionBody, transactionStatus } from './midtrans-words.ts';
import { hasKey, headerOf, type Route, type SandboxAnswer, type SandboxRequest } from './routes.ts';
import { digitsOf, uuidOf } from './store.ts';
import { walletUrl } from './wallet-page.ts';

const chargeSchema = z.looseObject({
  payment_type: z.enum(['qris', 'bank_transfer', 'echannel', 'gopay', 'shopeepay', 'ovo', 'permata']),
  transaction_details: z.object({
    order_id: z.string().regex(/^[A-Za-z0-9_~.-]{1,50}$/),
    gross_amount: z.int().min(1).max(1_000_000_000_000),
  }),
  bank_transfer: z.looseObject({ bank: z.enum(['bca', 'bni', 'bri', 'permata', 'cimb']) }).optional(),
  ovo: z.looseObject({ payer_phone_number: z.string().regex(/^0\d{8,14}$/) }).optional(),
  custom_expiry: z
    .object({ order_time: z.string().optional(), expiry_duration: z.int().min(1), unit: z.enum(['second', 'minute', 'hour', 'day']) })
    .optional(),
});
type ChargeBody = z.output<typeof chargeSchema>;

const keyLifetimeMs = 5 * 60_000;
const keyCharactersMax = 46;
const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const expiryMsMin = 20_000;
const defaultExpiryMs = 15 * 60_000;
const defaultAccountExpiryMs = 24 * 3_600_000;
const ovoExpiryMs = 65_000;

/** `basePath` is where the API is mounted; behind it are Midtrans' own paths. */
export function midtransRoutes(context: SandboxContext, basePath: string): Route[] {
  const guarded =
    (answer: Route['answer']): Route['answer'] =>
    (request, parts) =>
      hasKey(request, context.keys.midtransServerKey) ? answer(request, parts) : unauthorized;
  const about =
    (answer: (charge: SandboxCharge, request: SandboxRequest) => SandboxAnswer): Route['answer'] =>
    (request, [id = '']) => {
      const charge = chargeOf(context, id);
      return charge === undefined ? coded('404', "Transaction doesn't exist.") : answer(charge, request);
    };
  const at = (path: string): RegExp => new RegExp(`^${basePath}${path}$`);
  const routes: Route[] = [
    { operation: 'midtrans.charge', method: 'POST', path: at('/v2/charge'), answer: (request) => charge(context, request) },
    { operation: 'midtrans.status', method: 'GET', path: at('/v2/([^/]+)/status'), answer: about(statusAnswer) },
    {
      operation: 'midtrans.cancel',
      method: 'POST',
      path: at('/v2/([^/]+)/cancel'),
      answer: about((charge) => close(context, charge, 'cancel')),
    },
    {
      operation: 'midtrans.expire',
      method: 'POST',
      path: at('/v2/([^/]+)/expire'),
      answer: about((charge) => close(context, charge, 'expire')),
    },
    {
      operation: 'midtrans.refund',
      method: 'POST',
      path: at('/v2/([^/]+)/refund/online/direct'),
      answer: about((charge, request) => refund(context, charge, request.body)),
    },
  ];
  return routes.map(({ operation, method, path, answer }) => ({ operation, method, path, answer: guarded(answer) }));
}

const unauthorized: SandboxAnswer = {
  status: 401,
  body: { status_code: '401', status_message: 'Transaction cannot be authorized with the current client/server key.' },
};

const coded = (code: string, message: string, more: object = {}): SandboxAnswer => ({
  status: 200,
  body: { status_code: code, status_message: message, ...more },
});

/** By the merchant's id or by Midtrans' own. */
function chargeOf({ store }: SandboxContext, id: string): SandboxCharge | undefined {
  const charge = store.get('charge', id) ?? store.list('charge', id).find(({ gateway }) => gateway === 'midtrans');
  return charge?.gateway === 'midtrans' ? charge : undefined;
}

function charge(context: SandboxContext, request: SandboxRequest): SandboxAnswer {
  const { data, error } = chargeSchema.safeParse(request.body);
  if (data === undefined)
    return coded('400', 'One or more parameters in the payload is invalid.', { validation_messages: [z.prettifyError(error)] });
  const key = headerOf(request, 'idempotency-key');
  const isKeyed = key !== undefined && key.length <= keyCharactersMax && data.bank_transfer?.bank !== 'permata';
  // Whatever the body is: their keys look at nothing else.
  const rule = { scope: 'midtrans', key: isKeyed ? key : undefined, lifetimeMs: keyLifetimeMs, conflict: undefined } as const;
  return once(context, rule, { body: request.body, answer: () => chargeAnew(context, data) });
}

function chargeAnew(context: SandboxContext, body: ChargeBody): SandboxAnswer {
  const { order_id, gross_amount } = body.transaction_details;
  if (chargeOf(context, order_id) !== undefined)
    return coded(
      '406',
      'The request could not be completed due to a conflict with the current state of the target resource, please try again',
      {
        id: uuidOf(context.store.nextId()),
      },
    );
  const now = context.clock.now();
  const id = context.store.nextId();
  const bank = body.bank_transfer?.bank ?? null;
  const opened = openCharge(context, {
    id: uuidOf(id),
    reference: order_id,
    gateway: 'midtrans',
    amountRupiah: gross_amount,
    channel: body.payment_type,
    bank,
    code: codeOf(body, {
      id,
      bank,
      amountRupiah: gross_amount,
      walletUrl: walletUrl(context, { gateway: 'midtrans', reference: order_id }),
    }),
    expiresMs: expiryOf(body, now),
  });
  return coded('201', 'Success, transaction is created', { ...transactionBody(opened), ...shownOnce(opened) });
}

function expiryOf({ payment_type, custom_expiry }: ChargeBody, now: number): number {
  if (payment_type === 'ovo') return now + ovoExpiryMs;
  if (custom_expiry === undefined)
    return now + (payment_type === 'bank_transfer' || payment_type === 'echannel' ? defaultAccountExpiryMs : defaultExpiryMs);
  const fromMs = fromWib(custom_expiry.order_time ?? '') ?? now;
  return fromMs + Math.max(custom_expiry.expiry_duration * unitMs[custom_expiry.unit], expiryMsMin);
}

function codeOf(
  { payment_type }: ChargeBody,
  { id, bank, amountRupiah, walletUrl }: { id: string; bank: string | null; amountRupiah: number; walletUrl: string },
): string {
  if (payment_type === 'qris') return qrOf(id, amountRupiah);
  if (payment_type === 'echannel') return digitsOf(id, 12);
  if (bank !== null)
    return `${{ bca: '80777', bni: '98800', bri: '85780', permata: '85000', cimb: '20890' }[bank] ?? '00000'}${digitsOf(id, 11)}`;
  return walletUrl;
}

/** As the gateway's own codes are: the amount behind the postal code, and with two decimals. */
export function qrOf(id: string, amountRupiah: number): string {
  const field = (tag: string, value: string): string => `${tag}${String(value.length).padStart(2, '0')}${value}`;
  const account = [field('00', 'ID.CO.SANDBOX.WWW'), field('01', `9360${digitsOf(id, 15)}`), field('03', 'UMI')].join('');
  const national = [field('00', 'ID.CO.QRIS.WWW'), field('02', `ID${digitsOf(id, 13)}`), field('03', 'UMI')].join('');
  const head = [field('00', '01'), field('01', '12'), field('26', account), field('51', national), field('52', '6540'), field('53', '360')];
  const tail = [
    field('58', 'ID'),
    field('59', 'XM SANDBOX'),
    field('60', 'JAKARTA'),
    field('61', '10110'),
    field('54', `${amountRupiah}.00`),
  ];
  const body = `${[...head, ...tail].join('')}${field('62', field('05', id.slice(0, 20)))}6304`;
  return `${body}${crc16(body)}`;
}

/** In the charge's answer, and never again. */
function shownOnce({ channel, code }: SandboxCharge): object {
  if (channel === 'qris') return { qr_string: code, acquirer: 'gopay' };
  return channel === 'gopay' || channel === 'shopeepay' ? { actions: [{ name: 'deeplink-redirect', method: 'GET', url: code }] } : {};
}

function statusAnswer(charge: SandboxCharge): SandboxAnswer {
  return coded(statusCode(transactionStatus(charge)), 'Success, transaction is found', transactionBody(charge));
}

const cannotModify = coded('412', 'Merchant cannot modify the status of the transaction');

function close(context: SandboxContext, charge: SandboxCharge, action: Extract<ChargeAction, 'cancel' | 'expire'>): SandboxAnswer {
  if (!isOpen(charge)) return cannotModify;
  const changed = act(context, { charge, action, input: { webhook: {} } });
  return coded(statusCode(transactionStatus(changed)), 'Success, transaction is changed', transactionBody(changed));
}

const refundSchema = z.object({ refund_key: z.string().min(1).max(100), amount: z.int().min(1), reason: z.string().optional() });

function refund(context: SandboxContext, charge: SandboxCharge, body: unknown): SandboxAnswer {
  const { data } = refundSchema.safeParse(body);
  if (data === undefined) return coded('400', 'One or more parameters in the payload is invalid.');
  if (charge.refunds.some(({ key }) => key === data.refund_key)) return coded('406', 'Duplicate refund ID');
  try {
    const changed = withRefund(context, charge, { key: data.refund_key, amountRupiah: data.amount });
    context.store.put('charge', changed);
    announceCharge(context, changed);
    const more = { ...transactionBody(changed), refund_amount: `${data.amount}.00`, refund_key: data.refund_key };
    return coded('200', 'Success, refund request is approved by the bank', more);
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    return error.message === 'more than is left' ? coded('414', 'Refund request is rejected due to invalid amount') : cannotModify;
  }
}
