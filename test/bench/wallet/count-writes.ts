/**
 * What a deposit costs in DynamoDB, counted over the real adapters on a table in memory: every run counts the same.
 */
import { expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import { openDeposit } from '#shared/wallet/deposits/open-deposit.ts';
import { processPaymentWebhook } from '#shared/wallet/deposits/process-payment-webhook.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import { members, WalletSimulation } from '#test/fakes/wallet-simulation.ts';

interface Spent {
  readonly calls: number;
  /** Of the table; every index that an item is in takes as much again, outside transactions' doubling. */
  readonly writeUnits: number;
}

export interface DepositCosts {
  /** Stored, charged, and its instructions kept. */
  readonly opened: Spent;
  /** From the webhook to the credit. */
  readonly paid: Spent;
  /** A webhook that tells what is known. */
  readonly toldAgain: Spent;
  readonly expired: Spent;
}

/** Throws when anything is refused. */
export async function countWrites(): Promise<DepositCosts> {
  const wallet = new WalletSimulation(1, { conflictPercent: 0, countsUnits: true });
  wallet.faultPercent = 0;
  const [first, second] = [await open(wallet, 'first'), await open(wallet, 'second')];
  wallet.midtrans.pay(first.id);
  const paid = await spentBy(wallet, () => told(wallet, first.id));
  const toldAgain = await spentBy(wallet, () => told(wallet, first.id));
  wallet.clock.advance(3_600_000);
  const expired = await spentBy(wallet, (deps) => expireDeposit(deps.deposit, { depositId: second.id, actor: 'system:timer' }));
  return { opened: second.spent, paid, toldAgain, expired };
}

type Deps = ReturnType<WalletSimulation['depsOf']>;

async function open(wallet: WalletSimulation, idempotencyKey: string): Promise<{ readonly id: string; readonly spent: Spent }> {
  let id = '';
  const spent = await spentBy(wallet, async ({ deposit }) => {
    ({
      answer: { id },
    } = await openDeposit(deposit, { memberId: members[0], idempotencyKey, method: 'qris', amountRupiah: 50_000 }));
  });
  return { id, spent };
}

/** Taken in and worked on, which are two processes of their own. */
async function told(wallet: WalletSimulation, depositId: string): Promise<void> {
  const deps = ownDeps(wallet);
  await receiveWebhook(deps.deposit, { channel: 'midtrans', ...wallet.midtrans.webhook(depositId, 'paid') });
  for (const { message } of wallet.messages.splice(0)) if ('news' in message) await processPaymentWebhook(deps.deposit, message.news);
}

async function spentBy(wallet: WalletSimulation, work: (deps: Deps) => Promise<unknown>): Promise<Spent> {
  const { calls, writeUnits } = wallet.tables.spent;
  await work(ownDeps(wallet));
  return { calls: wallet.tables.spent.calls - calls, writeUnits: wallet.tables.spent.writeUnits - writeUnits };
}

/** Of a process that is alone. */
const ownDeps = (wallet: WalletSimulation): Deps =>
  wallet.depsOf({
    around: async <T>(call: () => T): Promise<Awaited<T>> => await call(),
    die: () => Promise.reject(new Error('Nobody waits here')),
  });
