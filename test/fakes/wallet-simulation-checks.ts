/**
 * What has to be true of the wallet when everything has come to its end. None of it asks the code that is tested what would be right: books are
 * compared with what gateways, banks and members say.
 */
import { expect } from 'vitest';
import type { Item } from '#shared/platform/dynamodb.ts';
import { memberBook } from '#shared/wallet/account.ts';
import { depositOfItem } from '#shared/wallet/deposits/dynamodb-deposit-items.ts';
import type { BookedPayment, Deposit } from '#shared/wallet/deposits/deposit.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { withdrawalOf } from '#shared/wallet/withdrawals/dynamodb-withdrawal-keys.ts';
import type { Withdrawal } from '#shared/wallet/withdrawals/withdrawal.ts';
import { keptRupiah, type FakePaymentGateway } from './fake-payment-gateway.ts';
import { members, openingRupiah, walletTable, type WalletSimulation } from './wallet-simulation.ts';

export const depositsOf = ({ tables }: WalletSimulation): Deposit[] =>
  tables
    .all(walletTable)
    .filter(({ sk }) => sk === 'DEPOSIT')
    .map((item) => parsedOnce(item, depositOfItem));

export const withdrawalsOf = ({ tables }: WalletSimulation): Withdrawal[] =>
  tables
    .all(walletTable)
    .filter(({ pk, sk }) => sk === 'WITHDRAWAL' && String(pk).startsWith('WITHDRAWAL#'))
    .map((item) => parsedOnce(item, withdrawalOf));

/** Items are never changed, only replaced. */
const parsed = new WeakMap<Item, unknown>();

function parsedOnce<T>(item: Item, parse: (item: Item) => T): T {
  const known = parsed.get(item) ?? parse(item);
  parsed.set(item, known);
  return known as T;
}

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
  for (const deposit of deposits) expectRefunds(simulation, deposit);
  expectTold(simulation, deposits);
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
  // Money that came in time, and before anybody had ended the deposit, is no late one.
  const punctual = deposits.filter(({ payments: [first], expiresAtMs, endedAtMs }) => {
    const paidAtMs = first?.issue === null ? (first.paidAtMs ?? 0) : Infinity;
    return paidAtMs <= expiresAtMs && paidAtMs < (endedAtMs ?? 0);
  });
  expect(punctual.filter(({ status }) => status === 'paid_late')).toEqual([]);
  // For ever, and not only as long as its deposit remembers it.
  const claimed = simulation.tables.all(walletTable).filter(({ sk, kind }) => sk === 'CLAIM' && kind === 'CREDIT');
  const payments = deposits.flatMap(({ gateway, payments }) => payments.map(({ paymentId }) => `${gateway} ${paymentId}`));
  expect(claimed.map(({ gateway, transactionId }) => `${String(gateway)} ${String(transactionId)}`).toSorted()).toEqual(
    payments.toSorted(),
  );
}

/** What a bank has confirmed is booked once and has ended, and nothing goes back by us that nobody has decided. */
function expectRefunds(simulation: WalletSimulation, { id, gateway, payments, refunds, unclearReversal }: Deposit): void {
  const named = (found: readonly { readonly refundKey: string; readonly amountRupiah: number }[]): string[] =>
    found.map(({ refundKey, amountRupiah }) => `${id} ${refundKey} ${amountRupiah}`).toSorted();
  const booked = refunds.filter(({ state }) => state === 'confirmed');
  expect([id, refunds.filter(({ state }) => state === 'asked'), unclearReversal?.isDecided ?? true]).toEqual([id, [], true]);
  expect(sum(booked.map(({ amountRupiah }) => amountRupiah))).toBe(sum(payments.map(({ refundedRupiah }) => refundedRupiah)));
  const charge = gateway === 'manual' ? undefined : simulation[gateway].charges.get(id);
  if (charge === undefined) return;
  const confirmed = charge.refunds.filter(({ state }) => state === 'confirmed');
  // What a gateway took back whole went with the refunds that it had confirmed and nobody had seen.
  if (charge.reversed.size === 0) expect(named(booked)).toEqual(named(confirmed));
  expect(named(confirmed)).toEqual(expect.arrayContaining(named(booked)));
  const decided = new Set(refunds.filter(({ askedBy }) => askedBy !== null).map(({ refundKey }) => refundKey));
  expect(charge.refunds.filter(({ refundKey }) => refundKey.startsWith(id) && !decided.has(refundKey))).toEqual([]);
}

/** Every version of a deposit has its line, every decision its record, and what was decided is no exception any more. */
function expectTold(simulation: WalletSimulation, deposits: readonly Deposit[]): void {
  const items = simulation.tables.all(walletTable);
  const lines = items.filter(({ pk, sk }) => String(pk).startsWith('DEPOSIT#') && /#v\d+$/.test(String(sk)));
  for (const { id, version } of deposits) expect([id, lines.filter(({ pk }) => pk === `DEPOSIT#${id}`).length]).toEqual([id, version]);
  const isManual = (pk: unknown): boolean => deposits.some(({ id, gateway }) => gateway === 'manual' && pk === `DEPOSIT#${id}`);
  const decided = lines.filter(({ pk, kind }) => kind === 'decision' || (kind === 'payment' && isManual(pk)));
  const recorded = simulation.tables.all('audit').filter(({ action }) => String(action).startsWith('deposit.'));
  const actors = (of: readonly Item[]): string[] => of.map(({ actor }) => String(actor)).toSorted();
  expect(actors(recorded)).toEqual(actors(decided));
  const charges = new Set(deposits.map(({ gatewayTransactionId }) => gatewayTransactionId));
  const open = items.filter((one) => one['sk'] === 'EXCEPTION' && one['kind'] === 'unclear' && one['state'] === 'open');
  expect(open.filter(({ gatewayReference }) => charges.has(String(gatewayReference)))).toEqual([]);
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
const heldBy = ({ charges }: FakePaymentGateway): number =>
  sum([...charges.values()].map((charge) => keptRupiah(charge, ({ state }) => state === 'confirmed')));

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
