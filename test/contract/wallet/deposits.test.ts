import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { clearingBook, memberBook } from '#shared/wallet/account.ts';
import { depositLimits } from '#shared/wallet/deposits/deposit-limits.ts';
import { changed, movedTo, type Deposit } from '#shared/wallet/deposits/deposit.ts';
import { depositEvent } from '#shared/wallet/deposits/deposit-event.ts';
import { dynamodbDepositStore } from '#shared/wallet/deposits/dynamodb-deposit-store.ts';
import type { DepositStore, Opening } from '#shared/wallet/deposits/ports.ts';
import { answerWith } from '#shared/wallet/deposits/present-deposit.ts';
import { nextStep } from '#shared/wallet/deposits/settlement.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbWalletWriter } from '#shared/wallet/dynamodb-wallet-writer.ts';
import { exceptionOf } from '#shared/wallet/reconciliation/exception.ts';
import { dynamodbExceptionStore } from '#shared/wallet/reconciliation/dynamodb-exception-store.ts';
import type { Ledger } from '#shared/wallet/ports.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { dynamodbWebhookStore } from '#shared/wallet/webhooks/dynamodb-webhook-store.ts';
import type { WebhookStore } from '#shared/wallet/webhooks/ports.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { sampleDeposit } from '#test/fakes/deposit-samples.ts';
import { fakeLevels } from '#test/fakes/fake-ledger.ts';
import { MemoryTables } from '#test/fakes/wallet-simulation-table.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const clock = fakeClock();
const chance = seededChance();
const sari = '100000000000000001';
const hash = 'a'.repeat(64);

/** The table of simulations, which has to keep the same promises as the engine. */
async function memoryTables(): Promise<[Table, Table]> {
  const tables = new MemoryTables({ chance, conflictPercent: 0, onWritten: () => {} });
  const client = tables.client(async (call) => Promise.resolve(call()) as never);
  return [
    { client, chance, name: 'wallet' },
    { client, chance, name: 'audit' },
  ];
}

const engineTables = async (): Promise<[Table, Table]> => [
  await engine.table(['gsi1', 'gsi2', 'gsi3']),
  await engine.table(['gsi1', 'gsi2']),
];

/** A wish that is being charged. */
function newDeposit(over: Partial<Deposit> = {}): Deposit {
  const nowMs = clock.now();
  return sampleDeposit({
    id: prefixedId('dep', { clock, chance }),
    memberId: sari,
    idempotencyKey: `key-${prefixedId('k', { clock, chance })}`,
    status: 'creating',
    createdAtMs: nowMs,
    charging: { untilMs: nowMs + 25_000, isUncertain: false },
    gatewayTransactionId: null,
    instructions: null,
    version: 1,
    ...over,
  });
}

const openingOf = (deposit: Deposit): Opening => ({
  deposit,
  wishHash: hash,
  event: depositEvent({ atMs: deposit.createdAtMs, kind: 'opened', actor: `member:${deposit.memberId}` }),
  answer: null,
});

const eventOf = (kind: 'charged' | 'status' | 'decision') => depositEvent({ atMs: clock.now(), kind, actor: 'system:test' });

const pendingOf = (deposit: Deposit): Deposit =>
  movedTo(deposit, 'pending', {
    nowMs: clock.now(),
    charging: null,
    gatewayTransactionId: `tx-${deposit.id}`,
    instructions: { kind: 'qr', qrPayload: '000201' },
  });

describe.each([
  ['in memory', memoryTables],
  ['in the engine of the local stack', engineTables],
])('deposits %s', (_, tablesOf) => {
  let deposits: DepositStore;
  let webhooks: WebhookStore;
  let ledger: Ledger;
  let exceptions: ReturnType<typeof dynamodbExceptionStore>;

  beforeEach(async () => {
    const [table, auditTable] = await tablesOf();
    const joined = dynamodbLedger(table, { clock, levels: fakeLevels(), limits: walletLimits, pause: async () => {} });
    const audit = dynamodbAuditLog(auditTable, clock);
    deposits = dynamodbDepositStore(table, dynamodbWalletWriter(table, { ledger: joined, audit }));
    webhooks = dynamodbWebhookStore(table);
    exceptions = dynamodbExceptionStore(table, audit);
    ledger = joined;
  });

  async function opened(over: Partial<Deposit> = {}): Promise<Deposit> {
    const deposit = newDeposit(over);
    expect(await deposits.open(openingOf(deposit))).toBe('opened');
    return deposit;
  }

  async function pending(over: Partial<Deposit> = {}): Promise<Deposit> {
    const before = await opened(over);
    const after = pendingOf(before);
    expect(await deposits.commit({ before, after, event: eventOf('charged') })).toEqual({ state: 'committed' });
    return after;
  }

  it('are opened once for one key, also by twenty at once, and remember what was wished for', async () => {
    const wishes = Array.from({ length: 20 }, () => newDeposit({ idempotencyKey: 'one-key' }));
    const outcomes = await Promise.all(wishes.map((deposit) => deposits.open(openingOf(deposit))));
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'key-known')).toHaveLength(19);
    const wish = await deposits.wish(sari, 'one-key');
    expect(wish).toEqual({ hash, answer: null, depositId: wishes[outcomes.indexOf('opened')]?.id });
    expect(await deposits.wish('100000000000000002', 'one-key')).toBeUndefined();
  });

  it('keep the first answer for ever, also when eight are given at once, and none for a wish of another deposit', async () => {
    const deposit = await opened();
    const answers = Array.from({ length: 8 }, (_, place) => answerWith(deposit, clock.now() + place));
    const kept = await Promise.all(answers.map((answer) => deposits.keepAnswer(deposit, answer)));
    const wish = await deposits.wish(sari, deposit.idempotencyKey);
    expect(answers).toContainEqual(wish?.answer);
    expect(kept).toEqual(answers.map(() => wish?.answer));
    const stranger = newDeposit({ idempotencyKey: deposit.idempotencyKey });
    await deposits.keepAnswer(stranger, answerWith(stranger, clock.now()));
    expect(await deposits.wish(sari, deposit.idempotencyKey)).toEqual(wish);
  });

  it('of one member that wait are as many as may be, also when more are asked for at once; one that ends makes room', async () => {
    const wishes = Array.from({ length: 12 }, () => newDeposit());
    const outcomes = await Promise.all(wishes.map((deposit) => deposits.open(openingOf(deposit))));
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(depositLimits.openPerMemberMax);
    expect(new Set(outcomes)).toEqual(new Set(['opened', 'too-many-open']));
    const before = wishes[outcomes.indexOf('opened')] ?? newDeposit();
    const after = movedTo(before, 'failed', { nowMs: clock.now() });
    await deposits.commit({ before, after, event: eventOf('status') });
    expect(await deposits.open(openingOf(newDeposit()))).toBe('opened');
    expect(await deposits.open(openingOf(newDeposit()))).toBe('too-many-open');
    expect(await deposits.open(openingOf(newDeposit({ memberId: '100000000000000002' })))).toBe('opened');
  });

  it('by transfer have an amount of their own, until some days after their end', async () => {
    const instructions = { kind: 'bank-transfer', bank: 'bca', accountNumber: '5220304050', accountName: 'PT XM' } as const;
    const transfer = (): Partial<Deposit> => ({
      status: 'pending',
      method: 'manual-transfer',
      gateway: 'manual',
      uniqueCode: 77,
      totalRupiah: 150_077,
      charging: null,
      instructions,
    });
    await opened(transfer());
    expect(await deposits.open(openingOf(newDeposit(transfer())))).toBe('amount-taken');
    const later = clock.now() + 1_800_000 + depositLimits.uniqueCodeKeptMs + 1;
    expect(await deposits.open(openingOf(newDeposit({ ...transfer(), createdAtMs: later })))).toBe('opened');
  });

  it('are changed by one of those who saw the same version, with answer, event and charge', async () => {
    const before = await opened();
    const after = pendingOf(before);
    const answer = answerWith(after, clock.now());
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => deposits.commit({ before, after, event: eventOf('charged'), answer })),
    );
    expect(outcomes.map(({ state }) => state).toSorted()).toEqual(['committed', ...Array.from({ length: 7 }, () => 'stale')]);
    expect(await deposits.get(before.id)).toEqual(after);
    expect(await deposits.wish(sari, before.idempotencyKey)).toMatchObject({ answer });
    expect(await deposits.idOfCharge('midtrans', `tx-${before.id}`)).toBe(before.id);
    expect((await deposits.events(before.id, 10)).map(({ kind }) => kind)).toEqual(['opened', 'charged']);
  });

  it('are paid together with what is booked, once, however many notice', async () => {
    const before = await pending();
    const payment = { paymentId: 'pay-1', amountRupiah: 150_000, paidAtMs: clock.now() };
    const status = { state: 'paid', payments: [payment], refunds: [], gatewayTransactionId: null, rawStatus: 'settlement' } as const;
    const step = nextStep(before, { status, actor: 'system:webhook', nowMs: clock.now() });
    if (step === undefined) throw new Error('a payment leads to nothing');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => deposits.commit({ before, ...step })));
    expect(outcomes.filter(({ state }) => state === 'committed')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'stale')).toHaveLength(5);
    expect(await deposits.get(before.id)).toMatchObject({ status: 'paid', payments: [{ paymentId: 'pay-1', place: 'member' }] });
    expect(await ledger.balanceOf(memberBook(sari))).toMatchObject({ posted: 150_000, incomingThisMonth: 150_000 });
    expect(await ledger.balanceOf(clearingBook('midtrans'))).toMatchObject({ posted: -150_000 });
  });

  it('stay what they are when the ledger refuses', async () => {
    const before = await pending({ amountRupiah: 20_000_001, totalRupiah: 20_000_001 });
    const payment = { paymentId: 'pay-2', amountRupiah: 20_000_001, paidAtMs: clock.now() };
    const status = { state: 'paid', payments: [payment], refunds: [], gatewayTransactionId: null, rawStatus: 'settlement' } as const;
    const step = nextStep(before, { status, actor: 'system:webhook', nowMs: clock.now() });
    if (step === undefined) throw new Error('a payment leads to nothing');
    expect(await deposits.commit({ before, ...step })).toMatchObject({ state: 'refused', refusal: { reason: 'balance-limit' } });
    expect(await deposits.get(before.id)).toEqual(before);
    expect(await deposits.events(before.id, 10)).toHaveLength(2);
  });

  it('write a decision with its record, and an exception once however often it is found', async () => {
    const before = await opened();
    const stream = `member:${sari}`;
    const entry = { stream, subject: stream, action: 'deposit.decided', actor: 'staff:stf_1' };
    const exception = exceptionOf({ kind: 'paid-twice', gateway: 'midtrans', reference: before.id, detail: 'Twice.' }, clock.now());
    const first = changed(before, { nowMs: clock.now() });
    const second = changed(first, { nowMs: clock.now() });
    expect(await deposits.commit({ before, after: first, event: eventOf('decision'), entry, exception })).toEqual({ state: 'committed' });
    expect(await deposits.commit({ before: first, after: second, event: eventOf('decision'), entry, exception })).toEqual({
      state: 'committed',
    });
    expect(await deposits.commit({ before, after: first, event: eventOf('decision'), entry })).toEqual({ state: 'stale' });
    expect(await exceptions.get(exception.id)).toEqual(exception);
  });

  it('are found by their member, by day and status, by what is due, and while money waits for a decision', async () => {
    const first = await pending();
    const second = await opened();
    expect((await deposits.ofMember(sari, { limit: 10 })).map(({ id }) => id)).toEqual([second.id, first.id].toSorted().toReversed());
    const older = await deposits.ofMember(sari, { limit: 10, before: [first.id, second.id].toSorted()[1] });
    expect(older.map(({ id }) => id)).toEqual([[first.id, second.id].toSorted()[0]]);
    const day = { day: '2026-11-21', order: 'newest', behind: undefined, limit: 10 } as const;
    expect((await deposits.ofDay('pending', day)).map(({ id }) => id)).toEqual([first.id]);
    expect((await deposits.ofDay('paid', day)).map(({ id }) => id)).toEqual([]);

    const due = async (untilMs: number) => {
      const shards = Array.from({ length: depositLimits.dueShards }, (_, shard) => deposits.due(shard, { untilMs, limit: 10 }));
      return (await Promise.all(shards)).flat().toSorted();
    };
    expect(await due(clock.now())).toEqual([]);
    expect(await due(clock.now() + depositLimits.lostChargeMs + 1)).toEqual([second.id]);
    expect(await due(first.expiresAtMs + 1)).toEqual([first.id, second.id].toSorted());

    const payment = { paymentId: 'pay-3', amountRupiah: 1_000, paidAtMs: clock.now() };
    const status = { state: 'paid', payments: [payment], refunds: [], gatewayTransactionId: null, rawStatus: 'settlement' } as const;
    const step = nextStep(first, { status, actor: 'system:webhook', nowMs: clock.now() });
    if (step === undefined) throw new Error('a payment leads to nothing');
    await deposits.commit({ before: first, ...step });
    expect((await deposits.underReview({ limit: 10 })).map(({ id }) => id)).toEqual([first.id]);
    expect(await due(first.expiresAtMs + 1)).toEqual([second.id]);
    expect((await deposits.ofDay('paid_late', day)).map(({ id }) => id)).toEqual([first.id]);
  });

  it('have webhooks that are kept once, counted, and done with once', async () => {
    const webhook = {
      channel: 'midtrans',
      eventId: 'e1',
      rawBody: '{"a":1}',
      notification: { about: 'charge' },
      receivedAtMs: clock.now(),
    } as const;
    expect(await webhooks.get(webhook)).toBeUndefined();
    expect(await webhooks.keep(webhook)).toMatchObject({ rawBody: '{"a":1}', deliveries: 1, processedAtMs: null });
    expect(await webhooks.keep({ ...webhook, rawBody: '{"a":2}', receivedAtMs: 7 })).toMatchObject({
      rawBody: '{"a":1}',
      receivedAtMs: clock.now(),
      deliveries: 2,
    });
    await webhooks.processed(webhook, clock.now());
    expect(await webhooks.keep(webhook)).toMatchObject({ deliveries: 3, processedAtMs: clock.now() });
    expect(await webhooks.get({ channel: 'xendit', eventId: 'e1' })).toBeUndefined();
  });

  it('tell their timeline a thing of one name once', async () => {
    const deposit = await opened();
    const note = depositEvent({ atMs: clock.now(), kind: 'webhook', actor: 'system:midtrans', detail: 'Claims that the charge is paid.' });
    await deposits.note(deposit.id, note, 'w1');
    await deposits.note(deposit.id, { ...note, detail: 'Something else.' }, 'w1');
    expect((await deposits.events(deposit.id, 10)).map(({ detail }) => detail)).toEqual([null, 'Claims that the charge is paid.']);
  });
});
