import type { Bank } from '#shared/payments/payment.ts';

/** Names that are the same in every language. */
export const bankNames: Readonly<Record<Bank, string>> = {
  bca: 'BCA',
  bni: 'BNI',
  bri: 'BRI',
  mandiri: 'Mandiri',
  permata: 'Permata',
  cimb: 'CIMB Niaga',
};
