/**
 * A member's bank accounts: where withdrawals may go.
 */
import * as z from 'zod';
import { isAccountNumber } from '#shared/payments/account-number.ts';
import { banks } from '#shared/payments/payment.ts';
import { checkedNames, nameChecks } from './name-check.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export const bankAccountSchema = z.object({
  id: z.string().regex(/^bnk_[0-9a-z]{22}$/),
  memberId: z.string(),
  bank: z.enum(banks),
  accountNumber: z.string(),
  /** The holder as the member says. */
  accountName: z.string(),
  /** The holder as the bank says; null where the gateway does not tell. */
  holderName: z.string().nullable(),
  nameCheck: z.enum(nameChecks),
  checkedAgainst: z.enum(checkedNames),
  createdAtMs: z.int().nonnegative(),
});
export type BankAccount = z.output<typeof bankAccountSchema>;

const { min, max } = withdrawalLimits.accountNameCharacters;

/** What a member gives. */
export const newBankAccountSchema = z
  .strictObject({
    bank: z.enum(banks),
    accountNumber: z
      .string()
      .regex(/^\d{5,20}$/, 'Digits alone.')
      .meta({ example: '1234567890' }),
    accountName: z.string().trim().min(min).max(max).meta({ description: 'The holder, as the bank writes it.', example: 'Sari Dewi' }),
  })
  .refine(({ bank, accountNumber }) => isAccountNumber(bank, accountNumber), {
    path: ['accountNumber'],
    message: 'Not as many digits as accounts of this bank have.',
  });
