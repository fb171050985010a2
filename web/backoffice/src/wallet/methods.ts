import type { InLanguages } from '../shell/language.ts';
import type { Deposit } from './deposits/deposit-source.ts';

type Method = Deposit['method'];

/** In the order of their filter. The API's own list would bring the gateways with it. */
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
] as const satisfies readonly Method[];

const names = {
  qris: 'QRIS',
  'va-bca': 'VA BCA',
  'va-bni': 'VA BNI',
  'va-bri': 'VA BRI',
  'va-mandiri': 'VA Mandiri',
  'va-permata': 'VA Permata',
  'va-cimb': 'VA CIMB Niaga',
  'ewallet-gopay': 'GoPay',
  'ewallet-ovo': 'OVO',
  'ewallet-dana': 'DANA',
  'ewallet-shopeepay': 'ShopeePay',
} as const;

export const methodNames: InLanguages<Readonly<Record<Method, string>>> = {
  id: { ...names, 'manual-transfer': 'Transfer manual' },
  en: { ...names, 'manual-transfer': 'Manual transfer' },
};

/** What came by a bank account cannot go back by itself. */
export const isRefundable = (method: Method): boolean => method === 'qris' || method.startsWith('ewallet-');
