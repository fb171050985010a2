/**
 * What has to be true of the wallet when everything has come to its end. None of it asks the code that is tested what would be right: books are
 * compared with what gateways, banks and members say.
 */
import { expect } from 'vitest';
import { memberBook } from '#shared/wallet/account.ts';
import { depositOfItem } from '#shared/wallet/deposits/dynamodb-deposit-items.ts';
import type { BookedPayment, Deposit } from '#shared/wallet/deposits/deposit.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { withdrawalOf } from '#shared/wallet/withdrawals/dynamodb-withdrawal-keys.ts';
import type { Withdrawal } from '#shared/wallet/withdrawals/withdrawal.ts';
import type { FakePaymentGateway } from './fake-payment-gateway.ts';
import { members, openingRupiah, walletTable, type WalletSimulation } from './wallet-simulation.ts';

export const depositsOf = ({ tables }: WalletSimulation): Deposit[] =>
  tables
    .all(walletTable)
    .filter(({ sk }) => sk === 'DEPOSIT')
    .map((item) => depositOfItem(item));

export const withdrawalsOf = ({ tables }: WalletSimulation): Withdrawal[] =>
  tables
    .all(walletTable)
    .filter(({ pk, sk }) => sk === 'WITHDRAWAL' && String(pk).startsWith('WITHDRAWAL#'))
    .map((item) => withdrawalOf(item));

/** Everything that was promised of a simulation that has come to its end. */
export async function expectKept(simulation: WalletSimulation): Promise<void> {
  expect(simulation.errors).toEqual([]);
  expect(simulation.watch.violations).toEqual([]);
  const { problems, sum } = await verifyLedger(simulation.audit().links);
  expect({ problems, sum }).toEqual({ problems: [], sum: 0 });
  const deposits = depositsOf(simulation);
  const withdrawals = withdrawalsOf(simulation);
  expect(deposits.filter(({ status }) => status === 'creating' || status === 'pending')).toEqual([]);
  expect(withdrawals.filter(({ state }) => !['completed', 'failed', 'reversed', 'rejected', 'cancelled'].includes(state))).toEqual([]);
  for (const [key, ids] of simulation.answered) expect([key, ids.size]).toEqual([key, 1]);
  expectEveryPaymentOnce(simulation, deposits);
  expectPayouts(simulation, withdrawals);
  await expectMoney(simulation, { deposits, withdrawals });
}

/** Each payment that a gateway took is in its deposit, once, with what it was; and nothing else is. */
function expectEveryPaymentOnce(simulation: WalletSimulation, deposits: readonly Deposit[]): void {
  const { midtrans, xendit, transfers } = simulation;
  const taken = [midtrans, xendit].flatMap((gateway) =>
    [...gateway.charges].flatMap(([id, { payments }]) =>
      payments.map(({ paymentId, amountRupiah }) => `${id} ${paymentId} ${amountRupiah}`),
    ),
  );
  const atBank = transfers.map(({ depositId, reference, amountRupiah }) => `${depositId} ${reference} ${amountRupiah}`);
  const booked = deposits.flatMap(({ id, payments }) =>
    payments.map(({ paymentId, amountRupiah }) => `${id} ${paymentId} ${amountRupiah}`),
  );
  expect(booked.toSorted()).toEqual([...taken, ...atBank].toSorted());
  // For ever, and not only as long as its deposit remembers it.
  const claimed = simulation.tables.all(walletTable).filter(({ sk, kind }) => sk === 'CLAIM' && kind === 'CREDIT');
  const payments = deposits.flatMap(({ gateway, payments }) => payments.map(({ paymentId }) => `${gateway} ${paymentId}`));
  expect(claimed.map(({ gateway, transactionId }) => `${String(gateway)} ${String(transactionId)}`).toSorted()).toEqual(
    payments.toSorted(),
  );
}

/** Nothing goes out that people have not approved, nothing twice, and what went out is what is told. */
function expectPayouts({ iris }: WalletSimulation, withdrawals: readonly Withdrawal[]): void {
  for (const { id, state, attemptsMade, approvals, approvalsNeeded } of withdrawals) {
    const attempts = [...iris.payouts].filter(([attempt]) => attempt.replace(/-\d+$/, '') === id);
    const arrived = attempts.filter(([, { status }]) => status.state === 'completed').length;
    expect([id, arrived]).toEqual([id, state === 'completed' ? 1 : 0]);
    if (attemptsMade + attempts.length > 0) expect(new Set(approvals.map(({ staffId }) => staffId)).size).toBe(approvalsNeeded);
  }
}

interface Ended {
  readonly deposits: readonly Deposit[];
  readonly withdrawals: readonly Withdrawal[];
}

/** Books hold what gateways, banks and members say, added up by hand. */
async function expectMoney(simulation: WalletSimulation, { deposits, withdrawals }: Ended): Promise<void> {
  const { ledger } = simulation.audit();
  const posted = async (book: string): Promise<number> => (await ledger.balanceOf(book)).posted;
  const remaining = ({ amountRupiah, refundedRupiah, reversedRupiah }: BookedPayment): number =>
    amountRupiah - refundedRupiah - reversedRupiah;
  const placed = (place: string, of: readonly Deposit[]): number =>
    sum(of.flatMap(({ payments }) => payments.filter((one) => one.place === place).map((one) => remaining(one))));
  const completed = withdrawals.filter(({ state }) => state === 'completed');
  const books = {
    'clearing:midtrans': 0 - heldBy(simulation.midtrans),
    'clearing:xendit': 0 - heldBy(simulation.xendit),
    'clearing:manual': 0 - openingRupiah * members.length - sum(simulation.transfers.map(({ amountRupiah }) => amountRupiah)),
    suspense: placed('suspense', deposits),
    fees: sum(completed.map(({ feeRupiah }) => feeRupiah)),
    'payouts:iris': sum(completed.map(({ amountRupiah, feeRupiah }) => amountRupiah - feeRupiah)),
  };
  for (const [book, expected] of Object.entries(books)) expect([book, await posted(book)]).toEqual([book, expected]);
  for (const memberId of members) {
    const own = <T extends { memberId: string }>(all: readonly T[]): T[] => all.filter((one) => one.memberId === memberId);
    const expected = openingRupiah + placed('member', own(deposits)) - sum(own(completed).map(({ amountRupiah }) => amountRupiah));
    expect(await ledger.balanceOf(memberBook(memberId))).toMatchObject({ posted: expected, held: 0 });
  }
}

/** What a gateway has taken and not given back. */
function heldBy({ charges }: FakePaymentGateway): number {
  const kept = [...charges.values()].filter(({ state }) => state !== 'reversed');
  const taken = kept.flatMap(({ payments }) => payments.map(({ amountRupiah }) => amountRupiah));
  const given = kept.flatMap(({ refunds }) => refunds.filter(({ state }) => state === 'confirmed').map(({ amountRupiah }) => amountRupiah));
  return sum(taken) - sum(given);
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
