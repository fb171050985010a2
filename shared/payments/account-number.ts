import type { Bank } from './payment.ts';

/** Digits of an account, by bank: what payouts take. CIMB's are 10 to 14. */
const digitsOf: Readonly<Record<Bank, readonly [min: number, max: number]>> = {
  bca: [10, 10],
  bni: [7, 11],
  bri: [13, 17],
  mandiri: [12, 17],
  permata: [7, 16],
  cimb: [10, 14],
};

/** Whether a bank can have an account of that number: catches slips before anything is sent. */
export function isAccountNumber(bank: Bank, accountNumber: string): boolean {
  const [min, max] = digitsOf[bank];
  return /^\d+$/.test(accountNumber) && accountNumber.length >= min && accountNumber.length <= max;
}
