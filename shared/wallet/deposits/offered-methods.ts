/**
 * Which methods are offered, by which gateway, and in what amounts.
 */
import type { PaymentGateways } from '#shared/payments/configured-gateways.ts';
import { methodsServed, paymentMethods, type GatewayName, type PaymentMethod } from '#shared/payments/payment.ts';
import { depositLimits } from './deposit-limits.ts';
import type { TransferAccount } from './ports.ts';

export interface OfferDeps {
  readonly gateways: PaymentGateways;
  /** Where transfers go to; undefined takes none. */
  readonly transferAccount: TransferAccount | undefined;
}

export interface OfferedMethod {
  readonly method: PaymentMethod;
  readonly gateway: GatewayName | 'manual';
  readonly amountRupiahMin: number;
  readonly amountRupiahMax: number;
  readonly lifetimeSeconds: number;
}

/** Who is asked first. Midtrans can always be asked by our own id, so it has whatever both serve. */
const preferred: Readonly<Partial<Record<PaymentMethod, GatewayName>>> = {
  'va-cimb': 'xendit',
  'ewallet-ovo': 'xendit',
  'ewallet-dana': 'xendit',
  'ewallet-shopeepay': 'xendit',
};

/** To a member with a phone, or to one without. */
export function offeredMethods(deps: OfferDeps, { hasPhone }: { readonly hasPhone: boolean }): OfferedMethod[] {
  return paymentMethods.filter((method) => hasPhone || !needsPhone(method)).flatMap((method) => offerOf(deps, method) ?? []);
}

/** Whether the wallet asks its payer on the phone, and cannot without one. */
export const needsPhone = (method: PaymentMethod): boolean => method === 'ewallet-ovo';

export function offerOf({ gateways, transferAccount }: OfferDeps, method: PaymentMethod): OfferedMethod | undefined {
  const lifetimeSeconds = depositLimits.lifetimeSeconds[method];
  const { min, max } = depositLimits.amountRupiah;
  if (method === 'manual-transfer')
    return transferAccount && { method, gateway: 'manual', amountRupiahMin: min, amountRupiahMax: max, lifetimeSeconds };
  const order: readonly GatewayName[] = preferred[method] === 'xendit' ? ['xendit', 'midtrans'] : ['midtrans', 'xendit'];
  const gateway = order.find((name) => gateways[name] !== undefined && methodsServed[name][method] !== undefined);
  const range = gateway && methodsServed[gateway][method];
  if (gateway === undefined || range === undefined) return undefined;
  return { method, gateway, amountRupiahMin: Math.max(min, range.min), amountRupiahMax: Math.min(max, range.max), lifetimeSeconds };
}
