export const sumRupiah = (rows: readonly { readonly amountRupiah: number }[]): number =>
  rows.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
