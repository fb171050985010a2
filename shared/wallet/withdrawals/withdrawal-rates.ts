import type { RateRule } from '#shared/platform/rate-limit/rate-rule.ts';

/** For each member. A bank account is asked for at the bank, which counts, too. */
export const withdrawalRates = {
  submit: { name: 'withdrawals', limit: 20, windowSeconds: 3_600 },
  bankAccounts: { name: 'bank-accounts', limit: 10, windowSeconds: 3_600 },
} as const satisfies Record<string, RateRule>;
