/**
 * Payments as this house speaks of them, whichever gateway carries them out.
 */

export const gatewayNames = ['midtrans', 'xendit'] as const;
export type GatewayName = (typeof gatewayNames)[number];

/** Banks that virtual accounts and payouts are at. */
export const banks = ['bca', 'bni', 'bri', 'mandiri', 'permata', 'cimb'] as const;
export type Bank = (typeof banks)[number];

export const paymentMethods = [
  'qris',
  'va-bca',
  'va-bni',
  'va-bri',
  'va-mandiri',
  'va-permata',
  'va-cimb',
  'ewallet-gopay',
  'ewallet-ovo',
  'ewallet-dana',
  'ewallet-shopeepay',
  'manual-transfer',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Everything but what an administrator confirms from a bank statement. */
export type GatewayMethod = Exclude<PaymentMethod, 'manual-transfer'>;

/** The codes of tills and the accounts of banks are the same by whichever gateway. QRIS ends at ten million by rule. */
const servedByBoth = {
  qris: { min: 1, max: 10_000_000 },
  'va-bca': { min: 10_000, max: 50_000_000 },
  'va-bni': { min: 1, max: 50_000_000_000 },
  'va-bri': { min: 1, max: 50_000_000_000 },
  'va-mandiri': { min: 1, max: 50_000_000_000 },
  'va-permata': { min: 1, max: 9_999_999_999 },
  'va-cimb': { min: 1, max: 50_000_000_000 },
} as const satisfies Partial<Record<GatewayMethod, AmountRange>>;

/**
 * Which gateway serves which method, and in what amounts (rupiah). Midtrans offers DANA through its own page alone, and GoPay is not
 * among Xendit's.
 */
export const methodsServed: Readonly<Record<GatewayName, Readonly<Partial<Record<GatewayMethod, AmountRange>>>>> = {
  midtrans: {
    ...servedByBoth,
    'ewallet-gopay': { min: 1, max: 20_000_000 },
    'ewallet-ovo': { min: 1, max: 20_000_000 },
    'ewallet-shopeepay': { min: 1, max: 20_000_000 },
  },
  xendit: {
    ...servedByBoth,
    'ewallet-ovo': { min: 100, max: 20_000_000 },
    'ewallet-dana': { min: 100, max: 20_000_000 },
    'ewallet-shopeepay': { min: 100, max: 20_000_000 },
  },
};

export interface AmountRange {
  readonly min: number;
  readonly max: number;
}

/** Whether the gateway takes this amount by this method at all: asked before anything is stored or sent. */
export function serves(gateway: GatewayName, method: PaymentMethod, amountRupiah: number): boolean {
  const range = method === 'manual-transfer' ? undefined : methodsServed[gateway][method];
  return range !== undefined && amountRupiah >= range.min && amountRupiah <= range.max;
}

/**
 * What a gateway says of a charge.
 *
 * - `pending`: nothing has been paid yet. It may still be after our own deadline: gateways expire late.
 * - `paid`: money has come in, also after the gateway's own expiry.
 * - `expired`, `cancelled`, `failed`: nothing was paid, and the gateway takes no more for it, unless it does anyway: late payments happen.
 *   `failed` after `paid` is money taken back.
 * - `reversed`: money came in and was taken back: denied after settlement, a chargeback.
 * - `refunded`, `partially-refunded`: we gave it back, and the bank has confirmed.
 * - `unknown`: the gateway says something this house has no word for, or cannot be asked. Never acted upon without a person.
 */
export const chargeStates = [
  'pending',
  'paid',
  'expired',
  'cancelled',
  'failed',
  'reversed',
  'refunded',
  'partially-refunded',
  'unknown',
] as const;
export type ChargeState = (typeof chargeStates)[number];

/** What to show the member, so that they can pay. */
export type Instructions =
  /** EMVCo payload, to be rendered. */
  | { readonly kind: 'qr'; readonly qrPayload: string }
  /** A picture of it, where the gateway gives no payload. */
  | { readonly kind: 'qr-image'; readonly imageUrl: string }
  | { readonly kind: 'virtual-account'; readonly bank: Bank; readonly vaNumber: string }
  /** Mandiri's bill payment by Midtrans. */
  | { readonly kind: 'bill'; readonly bank: Bank; readonly billKey: string; readonly billerCode: string }
  /** At least one of the two is there. */
  | { readonly kind: 'redirect'; readonly webUrl: string | null; readonly deeplinkUrl: string | null; readonly qrPayload: string | null }
  /** A message has been pushed to the member's phone, by their wallet. */
  | { readonly kind: 'push' };
