import type { Method, MethodOffer } from '../api/contract.ts';

const methodGroups = ['qris', 'va', 'ewallet', 'manual'] as const;
export type MethodGroup = (typeof methodGroups)[number];

/** The methods that are offered, by groups in their order; no empty group. */
export function groupedMethods(offers: readonly MethodOffer[]): { readonly group: MethodGroup; readonly offers: readonly MethodOffer[] }[] {
  return methodGroups
    .map((group) => ({ group, offers: offers.filter(({ method }) => groupOf(method) === group) }))
    .filter(({ offers }) => offers.length > 0);
}

function groupOf(method: Method): MethodGroup | undefined {
  return methodGroups.find((group) => method === group || method.startsWith(`${group}-`));
}

/** Amounts that people top up by, in rupiah. */
const usual = [20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

/** Those that may come in, and that the method takes if one is chosen. */
export function quickAmounts(offer: MethodOffer | undefined, roomRupiah: number): number[] {
  const { amountRupiahMin: min, amountRupiahMax: max } = offer ?? { amountRupiahMin: 0, amountRupiahMax: roomRupiah };
  return usual.filter((amount) => amount >= min && amount <= Math.min(max, roomRupiah));
}
