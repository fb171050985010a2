/**
 * Money is whole rupiah: integers that JavaScript counts exactly, never fractions, never texts.
 */
import * as z from 'zod';
import { ledgerLimits } from './limits.ts';

/** What is moved: at least Rp 1. */
export const amountRupiahSchema = z.int().min(1).max(ledgerLimits.amountRupiahMax).meta({ description: 'Whole rupiah.', example: 150_000 });

/** What an account holds or what changes it: either sign. */
export const signedRupiahSchema = z.int().min(-ledgerLimits.accountRupiahMax).max(ledgerLimits.accountRupiahMax);

/** Exact, or a RangeError: no sum silently leaves the integers. */
export function sumRupiah(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError(`A sum of rupiah that JavaScript cannot count: ${sum}`);
  }
  return sum;
}
