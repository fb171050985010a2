/**
 * Charges by Midtrans' Core API: what is asked for, and what comes back to be shown.
 * https://docs.midtrans.com/reference/charge-transactions-1
 */
import { createHash } from 'node:crypto';
import { paymentLimits } from './payment-limits.ts';
import type { Bank, GatewayMethod, Instructions } from './payment.ts';
import type { ChargeRequest } from './ports.ts';
import { type MidtransTransaction, wibText } from './midtrans-transaction.ts';

export interface MidtransChargeContext {
  readonly nowMs: number;
  /** Where a wallet's app sends the member back to. */
  readonly returnUrl: string;
}

/** Undefined when the request lacks what the method needs. */
export function midtransChargeBody(request: ChargeRequest, { nowMs, returnUrl }: MidtransChargeContext): object | undefined {
  const particulars = particularsOf(request, returnUrl);
  if (particulars === undefined) return undefined;
  return {
    ...particulars,
    transaction_details: { order_id: request.depositId, gross_amount: request.amountRupiah },
    custom_field1: request.memberRef,
    // OVO gives its payers 55 seconds, whatever it is asked for.
    ...(request.method !== 'ewallet-ovo' && { custom_expiry: customExpiry(request.expiresAtMs, nowMs) }),
  };
}

/** Rounded up, so that the gateway never stops before we do. */
function customExpiry(expiresAtMs: number, nowMs: number): object {
  // Their order time has no milliseconds, so that it lies before now.
  const fromMs = Math.floor(nowMs / 1_000) * 1_000;
  const seconds = Math.max(Math.ceil((expiresAtMs - fromMs) / 1_000), paymentLimits.midtransExpirySecondsMin);
  return { order_time: `${wibText(fromMs)} +0700`, expiry_duration: seconds, unit: 'second' };
}

function particularsOf({ method, phone }: ChargeRequest, returnUrl: string): object | undefined {
  if (method === 'va-mandiri') return { payment_type: 'echannel', echannel: { bill_info1: 'Pembayaran:', bill_info2: 'Isi saldo' } };
  if (method.startsWith('va-')) return { payment_type: 'bank_transfer', bank_transfer: { bank: bankOf(method) } };
  const wallets: Readonly<Record<string, object>> = {
    qris: { payment_type: 'qris', qris: { acquirer: 'gopay' } },
    'ewallet-gopay': { payment_type: 'gopay', gopay: { enable_callback: true, callback_url: returnUrl } },
    'ewallet-shopeepay': { payment_type: 'shopeepay', shopeepay: { callback_url: returnUrl } },
    ...(phone !== undefined && { 'ewallet-ovo': { payment_type: 'ovo', ovo: { payer_phone_number: phone.replace(/^\+62/, '0') } } }),
  };
  return wallets[method];
}

const bankOf = (method: GatewayMethod): Bank => method.slice('va-'.length) as Bank;

/** Undefined when the answer lacks what the member needs; a status has all of it but the QR code and the wallets' links. */
export function midtransInstructions(method: GatewayMethod, transaction: MidtransTransaction): Instructions | undefined {
  if (method === 'ewallet-ovo') return { kind: 'push' };
  if (method === 'qris') return codeOf(transaction);
  return method.startsWith('va-') ? accountOf(bankOf(method), transaction) : linksOf(transaction);
}

/** One of their samples has the payload, another only where its picture is. */
function codeOf({ qr_string, actions = [] }: MidtransTransaction): Instructions | undefined {
  if (qr_string !== undefined) return { kind: 'qr', qrPayload: qr_string };
  const imageUrl = urlIn(actions, 'generate-qr-code-v2') ?? urlIn(actions, 'generate-qr-code');
  return imageUrl === null ? undefined : { kind: 'qr-image', imageUrl };
}

function urlIn(actions: NonNullable<MidtransTransaction['actions']>, name: string): string | null {
  return actions.find((action) => action.name === name)?.url ?? null;
}

function accountOf(bank: Bank, transaction: MidtransTransaction): Instructions | undefined {
  const { va_numbers, permata_va_number, bill_key, biller_code } = transaction;
  if (bank === 'mandiri')
    return bill_key === undefined || biller_code === undefined
      ? undefined
      : { kind: 'bill', bank, billKey: bill_key, billerCode: biller_code };
  const vaNumber = bank === 'permata' ? permata_va_number : va_numbers?.find((number) => number.bank.toLowerCase() === bank)?.va_number;
  return vaNumber === undefined ? undefined : { kind: 'virtual-account', bank, vaNumber };
}

function linksOf({ actions = [], qr_string }: MidtransTransaction): Instructions | undefined {
  const deeplinkUrl = urlIn(actions, 'deeplink-redirect');
  return deeplinkUrl === null ? undefined : { kind: 'redirect', webUrl: null, deeplinkUrl, qrPayload: qr_string ?? null };
}

/** Banks that the idempotency key does nothing for. */
const keyless: ReadonlySet<GatewayMethod> = new Set(['va-permata']);

/** Undefined where it would be ignored. Their keys are one space for all operations. */
export function midtransChargeKey({ method, depositId }: ChargeRequest): string | undefined {
  if (keyless.has(method)) return undefined;
  const key = `charge-${depositId}`;
  return key.length <= paymentLimits.midtransKeyCharactersMax ? key : createHash('sha1').update(key).digest('hex');
}
