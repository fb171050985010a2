/**
 * The whole wallet in one process: the real use cases over the real adapters, on a table in memory, with gateways that fail, queues that deliver
 * again, timers that get lost, and processes that die between any two calls.
 */
import type { StaffRecord } from '#shared/identity/staff/staff-record.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Chance } from '#shared/platform/chance.ts';
import { Fault } from '#shared/platform/fault.ts';
import type { PaymentGateway, PayoutGateway, WebhookRequest } from '#shared/payments/ports.ts';
import { clearingBook, memberBook } from '#shared/wallet/account.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { dynamodbWalletWriter } from '#shared/wallet/dynamodb-wallet-writer.ts';
import { dynamodbDepositStore } from '#shared/wallet/deposits/dynamodb-deposit-store.ts';
import type { TransferAccount } from '#shared/wallet/deposits/ports.ts';
import { dynamodbExceptionStore } from '#shared/wallet/reconciliation/dynamodb-exception-store.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { dynamodbWebhookStore } from '#shared/wallet/webhooks/dynamodb-webhook-store.ts';
import type { WebhookChannel, WebhookNews } from '#shared/wallet/webhooks/webhook.ts';
import { dynamodbBankAccountBook } from '#shared/wallet/withdrawals/dynamodb-bank-account-book.ts';
import { dynamodbWithdrawalStore } from '#shared/wallet/withdrawals/dynamodb-withdrawal-store.ts';
import type { PayoutGateways } from '#shared/wallet/withdrawals/ports.ts';
import { withdrawalTerms } from '#shared/wallet/withdrawals/withdrawal-terms.ts';
import { seededChance } from './chance.ts';
import { fakeClock } from './clock.ts';
import { fakeLevels } from './fake-ledger.ts';
import { fakePaymentGateway } from './fake-payment-gateway.ts';
import { fakePayoutGateway } from './fake-payout-gateway.ts';
import { exposedGateway, exposedPayouts, newsOf } from './wallet-simulation-gateways.ts';
import { Scheduler, type Death, type End, type Life } from './wallet-simulation-scheduler.ts';
import { MemoryTables, type Around } from './wallet-simulation-table.ts';
import { PromiseWatch } from './wallet-simulation-watch.ts';

export const walletTable = 'wallet';
/** Of each member. */
export const openingRupiah = 1_000_000;
export const members = ['100000000000000001', '100000000000000002'] as const;
const transferAccount: TransferAccount = { bank: 'bca', accountNumber: '1234567890', accountName: 'PT XM' };

/** A webhook that a gateway keeps sending until it is taken. */
interface Sending {
  readonly channel: WebhookChannel;
  readonly rawBody: Uint8Array;
  readonly headers: WebhookRequest['headers'];
}

export type Message = { readonly queue: 'payments' | 'payouts'; readonly news: WebhookNews } | { readonly withdrawalId: string };

type Deps = ReturnType<WalletSimulation['depsOf']>;

export class WalletSimulation {
  readonly clock = fakeClock();
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly midtrans = fakePaymentGateway({ clock: this.clock });
  readonly xendit = fakePaymentGateway({ clock: this.clock, name: 'xendit' });
  readonly iris = fakePayoutGateway();
  readonly watch = new PromiseWatch(this.clock);
  readonly tables: MemoryTables;
  /** What stands between the parts: each outlives any process. */
  readonly sendings: Sending[] = [];
  readonly messages: { readonly message: Message; receives: number }[] = [];
  readonly started: { readonly depositId: string; readonly expiresAtMs: number }[] = [];
  readonly timers = new Map<string, { readonly expiresAtMs: number; attempts: number }>();
  /** What came in at the bank by hand. */
  readonly transfers: { readonly depositId: string; readonly reference: string; readonly amountRupiah: number }[] = [];
  /** Ids that were answered, by member and key. */
  readonly answered = new Map<string, Set<string>>();
  readonly errors: unknown[] = [];
  /** What became of how many processes, and of which acts. */
  readonly ends = { done: 0, died: 0, failed: 0 };
  /** Of a hundred: calls of gateways that fail, processes that die. None while everything is brought to its end. */
  faultPercent = 6;
  deathPercent = 20;
  private news = 0;

  constructor(
    seed: number,
    { conflictPercent = 2, countsUnits = false }: { readonly conflictPercent?: number; readonly countsUnits?: boolean } = {},
  ) {
    this.chance = seededChance(seed);
    this.scheduler = new Scheduler(this.chance);
    this.tables = new MemoryTables({
      chance: this.chance,
      conflictPercent,
      countsUnits,
      onWritten: (written) => {
        this.watch.look(written);
        for (const { after } of written)
          if (after['sk'] === 'DEPOSIT' && after['status'] === 'pending')
            this.started.push({ depositId: String(after['id']), expiresAtMs: Number(after['expiresAtMs']) });
      },
    });
  }

  below = (bound: number): number => Math.floor(this.chance.fraction() * bound);
  isOneOf = (number: number): boolean => this.below(number) === 0;
  anyOf = <T>(all: readonly T[]): T | undefined => all[this.below(all.length)];

  /** Starts what one invocation of a function does. It may die; `again` is called when it did not come to its end, as a queue would be. */
  process(body: (deps: Deps) => Promise<unknown>, again: () => void = () => {}): void {
    const death = this.chance.fraction() * 100 < this.deathPercent ? this.death() : undefined;
    const ended = (end: End): void => {
      this.ends[end.state] += 1;
      if (end.state === 'failed' && !isExpected(end.error)) this.errors.push(end.error);
      if (end.state !== 'done') again();
    };
    this.scheduler.start((life) => body(this.depsOf(life)), { death, ended });
  }

  /** A gateway tells of something, as often as it likes. */
  notify(channel: WebhookChannel, request: WebhookRequest, copies = 1): void {
    this.news += 1;
    const rawBody = newsOf(request, this.news);
    for (let copy = 0; copy < copies; copy += 1) this.sendings.push({ channel, rawBody, headers: request.headers });
  }

  /** What members have at the beginning, so that there is something to withdraw. */
  async fund(): Promise<void> {
    const { ledger } = this.audit();
    for (const memberId of members) {
      const moves = [{ from: clearingBook('manual'), to: memberBook(memberId), amountRupiah: openingRupiah }];
      const why = { reference: 'opening', reason: 'Before the simulation', actor: 'system:simulation' };
      await ledger.post({ id: `opening:${memberId}`, kind: 'deposit', moves, ...why });
    }
  }

  /** What everybody can see at the end. */
  audit() {
    const table = {
      client: this.tables.client(atOnce),
      name: walletTable,
      chance: { ...this.chance, fraction: () => 0 },
    };
    return { table, ledger: this.ledgerOn(table, async () => {}), links: dynamodbLedgerAudit(table) };
  }

  private death(): Death {
    return { at: 1 + this.below(6), after: this.isOneOf(2) };
  }

  private ledgerOn(table: Parameters<typeof dynamodbLedger>[0], pause: () => Promise<unknown>) {
    return dynamodbLedger(table, { clock: this.clock, levels: fakeLevels(), limits: walletLimits, pause });
  }

  depsOf({ around, die }: Life) {
    const { clock, chance } = this;
    const client = this.tables.client(around);
    const sleepers = this.scheduler.sleepersChance;
    const table = { client, name: walletTable, chance: sleepers };
    const ledger = this.ledgerOn(table, this.scheduler.step);
    const write = dynamodbWalletWriter(table, { ledger, audit: dynamodbAuditLog({ client, name: 'audit', chance: sleepers }, clock) });
    const { payments, payoutGateways, admissions } = this.gatewaysFor(around);
    const all = {
      clock,
      chance,
      ledger,
      admissions,
      transferAccount,
      limits: walletLimits,
      terms: withdrawalTerms,
      levels: fakeLevels(),
      ...this.queuesFor(around),
      pause: patience(around, die),
      deposits: dynamodbDepositStore(table, write),
      withdrawals: dynamodbWithdrawalStore(table, write),
      bankAccounts: dynamodbBankAccountBook(table),
      webhooks: dynamodbWebhookStore(table),
      exceptions: dynamodbExceptionStore(table),
      staff: { get: async (staffId: string) => staffNamed(staffId) },
      cardNames: { of: async () => undefined },
      phoneOf: async () => '+6281234567890',
      onFailed: (_id: string, error: unknown) => {
        if (!isExpected(error)) this.errors.push(error);
      },
      onRefused: () => {},
    };
    return { around, deposit: { ...all, gateways: payments }, withdrawal: { ...all, gateways: payoutGateways, channels: payoutGateways } };
  }

  private gatewaysFor(around: Around) {
    const weather = { chance: this.chance, faultPercent: () => this.faultPercent };
    const [midtrans, xendit] = [exposedGateway(this.midtrans, around, weather), exposedGateway(this.xendit, around, weather)];
    const iris = exposedPayouts(this.iris, around, weather);
    const payoutGateways: PayoutGateways = new Map([['iris', iris]]);
    const admit = (gateway: PaymentGateway | PayoutGateway) => (request: WebhookRequest) => gateway.parseWebhook(request);
    return {
      payments: { midtrans, xendit },
      payoutGateways,
      admissions: { midtrans: admit(midtrans), xendit: admit(xendit), iris: admit(iris), 'xendit-payouts': admit(iris) },
    };
  }

  private queuesFor(around: Around) {
    const push = (message: Message) => around(() => void this.messages.push({ message, receives: 0 }));
    const queue = (name: 'payments' | 'payouts') => ({ send: (news: WebhookNews) => push({ queue: name, news }) });
    const [payments, payouts] = [queue('payments'), queue('payouts')];
    return {
      queues: { midtrans: payments, xendit: payments, iris: payouts, 'xendit-payouts': payouts },
      payouts: { wake: (withdrawalId: string) => push({ withdrawalId }) },
    };
  }
}

/** Whoever waits for their twin goes away after a while, and comes again later. */
function patience(around: Around, die: () => Promise<never>): () => Promise<unknown> {
  let waits = 0;
  return () => {
    waits += 1;
    return waits > 4 ? die() : around(() => {});
  };
}

/** Faults are answers; a timer that is early and news of a payout that is not known yet come again. Everything else is a bug. */
function isExpected(error: unknown): boolean {
  return error instanceof Fault || (error instanceof Error && (error.name === 'TooEarly' || error.message.includes('is not known yet')));
}

/** `stf_olivia` is called Olivia. */
function staffNamed(id: string): StaffRecord {
  const name = id.replace('stf_', '');
  const called = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const email = `${name}@example.com`;
  return { id, email, name: called, roles: ['owner'], status: 'active', locale: 'id', createdAtMs: 0, lastSeenAtMs: null };
}

const atOnce: Around = async <T>(call: () => T): Promise<Awaited<T>> => await call();
