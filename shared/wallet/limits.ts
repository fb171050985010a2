/**
 * Every bound of the ledger, in one place. What a member may own is the law's business and stands in `wallet-limits.ts`.
 */
export const ledgerLimits = {
  /** One move of money: Rp 1 up to a trillion. */
  amountRupiahMax: 1_000_000_000_000,
  /** What an account can come to, either way; up to here JavaScript counts every rupiah. */
  accountRupiahMax: 9_000_000_000_000_000,
  /** Accounts that one posting touches, and moves between them. */
  accountsPerPostingMax: 16,
  movesPerPostingMax: 16,
  /** Writes of one posting: balance and entry of each account, the posting itself, a claim and a hold. */
  itemsPerPostingMax: 2 * 16 + 3,
  /** What DynamoDB takes in one transaction: `itemsPerTransactionMax - itemsPerPostingMax` are the caller's. */
  itemsPerTransactionMax: 100,

  idCharactersMax: 120,
  referenceCharactersMax: 120,
  reasonCharactersMax: 500,
  transactionIdCharactersMax: 128,

  /** Accounts that a platform account is spread over, so that postings of different members do not wait for each other. */
  shards: 16,

  /** Attempts at one posting while others change the same accounts; the waits add up to 6 s on average. */
  attemptsMax: 20,
  retryWait: { firstMs: 10, mostMs: 1_000 },
  /** Seconds after which trying again makes sense for whoever lost all of them. */
  busyRetryAfterSeconds: 1,

  /** Entries of one page of a statement, and of one read of the verification. */
  entriesPerPage: 200,
  holdsPerPage: 200,
  /** Problems that a verification names one by one; all are counted. */
  problemsNamedMax: 1_000,
  /** Accounts that a verification walks side by side. */
  accountsAtOnce: 8,
} as const;
