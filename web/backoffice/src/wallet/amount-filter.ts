import type { Filter } from '../shell/list/filters.ts';

/** The most that the API looks for. */
const rupiahMax = 1_000_000_000_000;

/** Whole rupiah, with thousands apart or not: `Rp 250.000`, `250,000`, `250000`. What may mean hundredths is no amount. */
export const amount: Filter = (text) => {
  const figure = text.trim().replace(/^rp\.?\s*/i, '');
  if (!/^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)$/.test(figure)) return undefined;
  const rupiah = Number(figure.replaceAll(/[.,]/g, ''));
  return rupiah <= rupiahMax ? String(rupiah) : undefined;
};
