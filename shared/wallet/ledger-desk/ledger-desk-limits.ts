/** Bounds of reading the ledger over the API. */
export const ledgerDeskLimits = {
  rowsPerPageDefault: 50,
  rowsPerPageMax: 200,
  /** Rows of one export: some 130 characters each stay below what a function may answer, which is 6 MB. */
  csvRowsMax: 30_000,
} as const;
