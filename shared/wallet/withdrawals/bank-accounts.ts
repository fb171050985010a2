/**
 * A member's book of bank accounts. Each is asked for at the bank when it is added, and its holder's name held against the member's.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import type { Bank } from '#shared/payments/payment.ts';
import type { AccountCheck } from '#shared/payments/ports.ts';
import type { BankAccount } from './bank-account.ts';
import { checkedNameOf } from './name-check.ts';
import type { BankAccountBook, CardNames, PayoutChannels } from './ports.ts';
import { presentBankAccount, type BankAccountView } from './present-withdrawal.ts';
import { withdrawalFault } from './withdrawal-faults.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

interface Deps {
  readonly bankAccounts: BankAccountBook;
  readonly channels: PayoutChannels;
  readonly cardNames: CardNames;
  readonly clock: Clock;
  readonly chance: Chance;
}

interface NewAccount {
  readonly memberId: string;
  readonly bank: Bank;
  readonly accountNumber: string;
  readonly accountName: string;
}

/** Adding the same account again gives the one that is there. */
export async function addBankAccount(deps: Deps, { memberId, bank, accountNumber, accountName }: NewAccount): Promise<BankAccountView> {
  const { bankAccounts, cardNames, clock } = deps;
  const kept = await bankAccounts.of(memberId);
  const same = (one: BankAccount) => one.bank === bank && one.accountNumber === accountNumber;
  const former = kept.find(same);
  if (former !== undefined) return presentBankAccount(former);
  if (kept.length >= withdrawalLimits.bankAccountsMax) throw withdrawalFault('withdrawals.bank-accounts-full');
  const [holderName, cardName] = [await holderOf(deps.channels, { bank, accountNumber }), await cardNames.of(memberId)];
  const account: BankAccount = {
    id: prefixedId('bnk', deps),
    memberId,
    bank,
    accountNumber,
    accountName,
    holderName,
    ...checkedNameOf({ accountName, holderName, cardName }),
    createdAtMs: clock.now(),
  };
  if (await bankAccounts.add(account)) return presentBankAccount(account);
  const meanwhile = (await bankAccounts.of(memberId)).find(same);
  return presentBankAccount(meanwhile ?? account);
}

export async function listBankAccounts(
  { bankAccounts }: Pick<Deps, 'bankAccounts'>,
  memberId: string,
): Promise<{ bankAccounts: BankAccountView[] }> {
  return { bankAccounts: (await bankAccounts.of(memberId)).map(presentBankAccount) };
}

export async function removeBankAccount(
  { bankAccounts }: Pick<Deps, 'bankAccounts'>,
  request: { readonly memberId: string; readonly bankAccountId: string },
): Promise<undefined> {
  await bankAccounts.remove(await requireBankAccount(bankAccounts, request));
}

export async function requireBankAccount(
  bankAccounts: BankAccountBook,
  { memberId, bankAccountId }: { readonly memberId: string; readonly bankAccountId: string },
): Promise<BankAccount> {
  const account = await bankAccounts.get(memberId, bankAccountId);
  if (account === undefined) throw withdrawalFault('withdrawals.bank-account-not-found');
  return account;
}

/** The first gateway that tells; null when none does. Throws for an account that a bank says is not there. */
async function holderOf(
  channels: PayoutChannels,
  account: { readonly bank: Bank; readonly accountNumber: string },
): Promise<string | null> {
  for (const holders of channels.values()) {
    const check: AccountCheck = await holders.validateAccount(account);
    if (check.kind === 'found') return check.accountName;
    if (check.kind === 'not-found') {
      const detail = 'The bank knows no such account.';
      throw withdrawalFault('withdrawals.bank-account-refused', { errors: [{ pointer: '/accountNumber', detail }] });
    }
  }
  return null;
}
