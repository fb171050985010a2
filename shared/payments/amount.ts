/**
 * Amounts of gateways as integer rupiah, exactly. Gateways write them as "10000.00", "12333.0", 10000 or "10000"; a fraction that is
 * not zero is no amount of rupiah, and is refused rather than rounded.
 */
import * as z from 'zod';
import { paymentLimits } from './payment-limits.ts';

const { amountRupiahMin, amountRupiahMax } = paymentLimits;

/** An amount that is charged, refunded or sent: at least one rupiah. */
export const amountRupiahSchema = z.int().min(amountRupiahMin).max(amountRupiahMax);

/** Digits, then zeros behind a point at most: no sign, no exponent, no blanks, no grouping, no leading zero. */
const written = /^(0|[1-9]\d{0,12})(?:\.0{1,4})?$/;

/** Undefined for everything that is not a whole, bounded number of rupiah. Zero is one. */
export function rupiahOf(value: unknown): number | undefined {
  const amount = typeof value === 'string' ? rupiahIn(value) : value;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined;
  return amount >= 0 && amount <= amountRupiahMax ? amount : undefined;
}

function rupiahIn(text: string): number | undefined {
  const digits = written.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A gateway's amount, in any of their spellings. */
export const gatewayAmount = z.union([z.string(), z.number()]).transform((value, context): number => {
  const amount = rupiahOf(value);
  if (amount !== undefined) return amount;
  context.addIssue({ code: 'custom', message: 'not a whole number of rupiah' });
  return z.NEVER;
});
