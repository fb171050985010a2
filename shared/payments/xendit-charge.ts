/**
 * Charges by Xendit's payment requests: what is asked for, and what comes back to be shown.
 * https://docs.xendit.co/apidocs/create-payment-request
 */
import type { Bank, GatewayMethod, Instructions } from './payment.ts';
import type { ChargeRequest } from './ports.ts';
import type { XenditRequest } from './xendit-answers.ts';

const channelCodes: Readonly<Partial<Record<GatewayMethod, string>>> = {
  qris: 'QRIS',
  'va-bca': 'BCA_VIRTUAL_ACCOUNT',
  'va-bni': 'BNI_VIRTUAL_ACCOUNT',
  'va-bri': 'BRI_VIRTUAL_ACCOUNT',
  'va-mandiri': 'MANDIRI_VIRTUAL_ACCOUNT',
  'va-permata': 'PERMATA_VIRTUAL_ACCOUNT',
  'va-cimb': 'CIMB_VIRTUAL_ACCOUNT',
  'ewallet-ovo': 'OVO',
  'ewallet-dana': 'DANA',
  'ewallet-shopeepay': 'SHOPEEPAY',
};

export interface XenditChargeContext {
  /** Where a wallet's app sends the member back to. */
  readonly returnUrl: string;
  /** What a bank's app shows as the payee of a virtual account. */
  readonly displayName: string;
}

/** Undefined when the request lacks what the method needs, or Xendit does not offer it. */
export function xenditChargeBody(request: ChargeRequest, context: XenditChargeContext): object | undefined {
  const channelProperties = propertiesOf(request, context);
  const channelCode = channelCodes[request.method];
  if (channelProperties === undefined || channelCode === undefined) return undefined;
  return {
    reference_id: request.depositId,
    // Takes one payment.
    type: 'PAY',
    country: 'ID',
    currency: 'IDR',
    request_amount: request.amountRupiah,
    capture_method: 'AUTOMATIC',
    channel_code: channelCode,
    channel_properties: channelProperties,
    metadata: { member: request.memberRef },
  };
}

function propertiesOf({ method, expiresAtMs, phone }: ChargeRequest, { returnUrl, displayName }: XenditChargeContext) {
  // A QRIS code of theirs lasts 48 hours, whatever it is asked for: it has to be cancelled.
  if (method === 'qris') return {};
  if (method.startsWith('va-')) return { display_name: displayName, expires_at: new Date(roundedUp(expiresAtMs)).toISOString() };
  const returns = { success_return_url: returnUrl, failure_return_url: returnUrl };
  if (method !== 'ewallet-ovo') return returns;
  return phone === undefined ? undefined : { ...returns, account_mobile_number: phone };
}

/** To the second, so that the gateway never stops before we do. */
const roundedUp = (ms: number): number => Math.ceil(ms / 1_000) * 1_000;

/** Undefined when the answer lacks what the member needs. */
export function xenditInstructions(method: GatewayMethod, { actions }: XenditRequest): Instructions | undefined {
  const valueOf = (descriptor: string): string | null => actions.find((action) => action.descriptor === descriptor)?.value ?? null;
  if (method === 'ewallet-ovo') return { kind: 'push' };
  if (method === 'qris') {
    const qrPayload = valueOf('QR_STRING');
    return qrPayload === null ? undefined : { kind: 'qr', qrPayload };
  }
  if (method.startsWith('va-')) {
    const vaNumber = valueOf('VIRTUAL_ACCOUNT_NUMBER');
    return vaNumber === null || !/^\d{1,32}$/.test(vaNumber)
      ? undefined
      : { kind: 'virtual-account', bank: method.slice('va-'.length) as Bank, vaNumber };
  }
  const [webUrl, deeplinkUrl] = [valueOf('WEB_URL'), valueOf('DEEPLINK_URL')];
  return webUrl === null && deeplinkUrl === null ? undefined : { kind: 'redirect', webUrl, deeplinkUrl, qrPayload: valueOf('QR_STRING') };
}
