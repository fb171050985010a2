import type { MethodOffer } from '../api/contract.ts';
import type { Texts } from '../text/id.ts';

export interface WishErrors {
  readonly amount?: string;
  readonly method?: string;
}

interface Wished {
  /** As typed: digits, or nothing. */
  readonly digits: string;
  readonly offer: MethodOffer | undefined;
  /** What may still come in. */
  readonly roomRupiah: number;
}

/** What is missing or out of range, in words; empty when the wish can be sent. The API judges again. */
export function wishErrors(
  { digits, offer, roomRupiah }: Wished,
  { open, methods }: Texts,
  rupiah: (amount: number) => string,
): WishErrors {
  const method = offer === undefined ? { method: open.methodMissing } : {};
  if (digits === '' || Number(digits) === 0) return { amount: open.amountMissing, ...method };
  if (offer === undefined) return method;
  const { amountRupiahMin: min, amountRupiahMax: max } = offer;
  const amount = Number(digits);
  const name = methods[offer.method];
  if (amount < min) return { amount: open.tooLittle(name, rupiah(min)) };
  if (amount > max) return { amount: open.tooMuch(name, rupiah(max)) };
  return amount > roomRupiah ? { amount: open.noRoom(rupiah(roomRupiah)) } : {};
}

const fields: Readonly<Record<string, keyof WishErrors>> = {
  'deposits.amount-out-of-range': 'amount',
  'deposits.over-limit': 'amount',
  'deposits.amounts-taken': 'amount',
  'deposits.method-unavailable': 'method',
};

/** The field that a fault of the API belongs to. */
export const fieldOf = (code = ''): keyof WishErrors | undefined => fields[code];
