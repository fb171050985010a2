import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import { memberBook } from '#shared/wallet/account.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { dynamodbWalletWriter } from '#shared/wallet/dynamodb-wallet-writer.ts';
import type { Ledger, LedgerAudit } from '#shared/wallet/ports.ts';
import { dynamodbExceptionStore } from '#shared/wallet/reconciliation/dynamodb-exception-store.ts';
import { dynamodbRunStore } from '#shared/wallet/reconciliation/dynamodb-run-store.ts';
import { dayOf } from '#shared/platform/audit/days.ts';
import { listExceptions } from '#shared/wallet/reconciliation/exceptions-desk.ts';
import { exceptionOf } from '#shared/wallet/reconciliation/exception.ts';
import type { ReconciliationRun } from '#shared/wallet/reconciliation/run.ts';
import { verifyLedger } from '#shared/wallet/verify-ledger.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { heldFor, releasedFor, settledFor } from '#shared/wallet/withdrawals/booking.ts';
import type { BankAccount } from '#shared/wallet/withdrawals/bank-account.ts';
import { dynamodbBankAccountBook } from '#shared/wallet/withdrawals/dynamodb-bank-account-book.ts';
import { dynamodbWithdrawalStore } from '#shared/wallet/withdrawals/dynamodb-withdrawal-store.ts';
import { waitingKeyOf, type BankAccountBook, type WaitingRead, type WithdrawalStore } from '#shared/wallet/withdrawals/ports.ts';
import { eventOf, type TimelineKind } from '#shared/wallet/withdrawals/timeline.ts';
import { changed, type Withdrawal } from '#shared/wallet/withdrawals/withdrawal.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeLedger, fakeLevels } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import { fakeBankAccountBook, fakeWithdrawalStore } from '#test/fakes/fake-withdrawal-store.ts';
import { depositOf, sari } from '#test/fakes/ledger-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

interface World {
  readonly withdrawals: WithdrawalStore;
  readonly bankAccounts: BankAccountBook;
  readonly ledger: Ledger;
  readonly journal: LedgerAudit;
  readonly audit: AuditReader;
}

const clock = fakeClock();

async function fakeWorld(): Promise<World> {
  const store = fakeLedgerStore();
  const ledger = fakeLedger({ store, clock });
  const audit = fakeAuditLog(clock);
  return { withdrawals: fakeWithdrawalStore({ ledger, audit }), bankAccounts: fakeBankAccountBook(), ledger, journal: store, audit };
}

async function tableWorld(): Promise<World> {
  const [table, auditTable] = [await engine.table(['gsi1', 'gsi2', 'gsi3']), await engine.table(['gsi1', 'gsi2'])];
  const ledger = dynamodbLedger(table, { clock, levels: fakeLevels(), limits: walletLimits });
  const write = dynamodbWalletWriter(table, { ledger, audit: dynamodbAuditLog(auditTable, clock) });
  return {
    withdrawals: dynamodbWithdrawalStore(table, write),
    bankAccounts: dynamodbBankAccountBook(table),
    ledger,
    journal: dynamodbLedgerAudit(table),
    audit: dynamodbAuditReader(auditTable),
  };
}

const memberId = sari.slice('member:'.length);
const idOf = (number: number): string => `wd_${String(number).padStart(22, '0')}`;

function sample(number: number, over: Partial<Withdrawal> = {}): Withdrawal {
  return {
    id: idOf(number),
    memberId,
    amountRupiah: 100_000,
    feeRupiah: 2_500,
    destination: {
      bankAccountId: 'bnk_1',
      bank: 'bca',
      accountNumber: '1234567890',
      accountName: 'Sari Dewi',
      holderName: null,
      nameCheck: 'unknown',
      checkedAgainst: 'statement',
    },
    channel: 'iris',
    state: 'submitted',
    approvalsNeeded: 1,
    approvals: [],
    risk: { score: 0, signals: [] },
    attempt: null,
    attemptsMade: 0,
    reason: null,
    decidedBy: null,
    createdAtMs: clock.now() + number,
    updatedAtMs: clock.now() + number,
    completedAtMs: null,
    nextAskAtMs: null,
    asks: 0,
    version: 1,
    ...over,
  };
}

const remembered = ({ id }: Withdrawal, key: string) => ({ memberId, key, wishHash: 'a'.repeat(64), id, answer: { id } });
const event = (withdrawal: Withdrawal, what: TimelineKind) => eventOf(withdrawal, { what, actor: 'system:test' });
const entry = { stream: sari, subject: sari, actor: 'staff:stf_1', action: 'withdrawal.rejected' };

describe.each<[string, () => Promise<World>]>([
  ['the fake', fakeWorld],
  ['DynamoDB', tableWorld],
])('withdrawals: %s', (_, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
    await world.ledger.post(depositOf(sari, 1_000_000));
  });

  const submit = (withdrawal: Withdrawal, key = withdrawal.id) =>
    world.withdrawals.submit(
      { withdrawal, event: event(withdrawal, 'submitted'), change: heldFor(withdrawal) },
      remembered(withdrawal, key),
    );
  const step = (from: Withdrawal, to: Partial<Withdrawal>) => ({ from, to: changed(from, to, clock.now()) });
  const verified = async () => (await verifyLedger(world.journal, new Map())).problems;

  it('keeps one with its hold, its line and its request, and nothing of one that is refused', async () => {
    const one = sample(1);
    expect(await submit(one)).toEqual({ state: 'submitted' });
    expect(await world.withdrawals.get(one.id)).toEqual(one);
    expect(await world.withdrawals.remembered(memberId, one.id)).toEqual(remembered(one, one.id));
    expect(await world.withdrawals.timeline(one.id)).toEqual([event(one, 'submitted')]);
    expect(await world.ledger.balanceOf(memberBook(memberId))).toMatchObject({ held: 100_000 });
    const large = sample(2, { amountRupiah: 900_001 });
    expect(await submit(large)).toMatchObject({ state: 'refused', refusal: { reason: 'insufficient', availableRupiah: 900_000 } });
    expect(await world.withdrawals.get(large.id)).toBeUndefined();
    expect(await world.withdrawals.remembered(memberId, large.id)).toBeUndefined();
    expect(await verified()).toEqual([]);
  });

  it('takes one of ten requests under one key', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, number) => submit(sample(number), 'one-key')));
    expect(outcomes.filter(({ state }) => state === 'submitted')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'key-used')).toHaveLength(9);
    expect(await world.ledger.balanceOf(memberBook(memberId))).toMatchObject({ held: 100_000 });
  });

  it('writes one of ten steps at once, with what it books and its record', async () => {
    const one = sample(1);
    await submit(one);
    const change = releasedFor(one, { reason: 'No', actor: 'staff:stf_1' });
    const reject = (reason: string) => {
      const { from, to } = step(one, { state: 'rejected', reason });
      return world.withdrawals.change({ from, to, event: event(to, 'rejected'), change, entry: { ...entry, reason } });
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, number) => reject(`reason ${number}`)));
    expect(outcomes.filter(({ state }) => state === 'written')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'meanwhile')).toHaveLength(9);
    const [record, ...more] = await world.audit.ofStream(sari, { limit: 20 });
    expect(more).toEqual([]);
    expect(record?.reason).toBe((await world.withdrawals.get(one.id))?.reason);
    expect(await world.withdrawals.timeline(one.id)).toHaveLength(2);
    expect(await world.ledger.balanceOf(memberBook(memberId))).toMatchObject({ held: 0 });
    expect(await verified()).toEqual([]);
  });

  it('lets decisions about ten withdrawals of one member through at the same time', async () => {
    const all = Array.from({ length: 10 }, (_, number) => sample(number, { amountRupiah: 20_000 }));
    for (const one of all) await submit(one);
    const outcomes = await Promise.all(
      all.map((one) => {
        const { from, to } = step(one, { state: 'rejected', reason: 'No' });
        const change = releasedFor(one, { reason: 'No', actor: 'staff:stf_1' });
        return world.withdrawals.change({ from, to, event: event(to, 'rejected'), change, entry });
      }),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(all.map(() => 'written'));
    expect(await world.audit.ofStream(sari, { limit: 20 })).toHaveLength(10);
    expect(await verified()).toEqual([]);
  });

  it('finds what is due, by payout, by member and by day', async () => {
    const nowMs = clock.now();
    const [one, two, three] = [1, 2, 3].map((number) => sample(number));
    for (const each of [one!, two!, three!]) await submit(each);
    const attempt = { id: one!.id, number: 1, startedAtMs: nowMs, gatewayPayoutId: null, rawStatus: null };
    const approved = step(one!, { state: 'approved', nextAskAtMs: nowMs + 5_000, attempt });
    await world.withdrawals.change({ ...approved, event: event(approved.to, 'approved') });
    expect(await world.withdrawals.due(nowMs + 4_999, 10)).toEqual([]);
    expect(await world.withdrawals.due(nowMs + 5_000, 10)).toEqual([one!.id]);
    const sent = step(approved.to, {
      state: 'sent',
      nextAskAtMs: null,
      attempt: { ...attempt, id: `${one!.id}-2`, gatewayPayoutId: 'p-1' },
    });
    await world.withdrawals.change({ ...sent, event: event(sent.to, 'sent') });
    expect(await world.withdrawals.due(nowMs + 5_000, 10)).toEqual([]);
    expect([await world.withdrawals.ofPayout('iris', 'p-1'), await world.withdrawals.ofPayout('xendit', 'p-1')]).toEqual([
      one!.id,
      undefined,
    ]);
    const own = await world.withdrawals.ofMember(memberId, { limit: 2 });
    expect(own.map(({ id }) => id)).toEqual([three!.id, two!.id]);
    expect((await world.withdrawals.ofMember(memberId, { behind: two!.id, limit: 2 })).map(({ id }) => id)).toEqual([one!.id]);
    const oldest = async (behind?: string) =>
      (await world.withdrawals.ofMember(memberId, { order: 'oldest', behind, limit: 2 })).map(({ id }) => id);
    expect([await oldest(), await oldest(two!.id)]).toEqual([[one!.id, two!.id], [three!.id]]);
    const day = { day: '2026-11-21', limit: 10, behind: undefined };
    const submitted = async (order: 'newest' | 'oldest') =>
      (await world.withdrawals.inState('submitted', { ...day, order })).map(({ id }) => id);
    expect([await submitted('newest'), await submitted('oldest')]).toEqual([
      [three!.id, two!.id],
      [two!.id, three!.id],
    ]);
    expect(await world.withdrawals.inState('sent', { ...day, order: 'newest' })).toEqual([sent.to]);
  });

  it('keeps what waits by its risk and then its age, and nothing that has been decided', async () => {
    const risk = (score: number): Pick<Withdrawal, 'risk'> => ({ risk: { score, signals: [] } });
    const all = [sample(1, risk(0)), sample(2, risk(45)), sample(3, risk(100)), sample(4, risk(45)), sample(5, risk(9))];
    for (const one of all) await submit({ ...one, amountRupiah: 20_000 });
    const waiting = async (over: Partial<WaitingRead> = {}) =>
      (await world.withdrawals.waiting({ riskMin: 0, behind: undefined, limit: 10, ...over })).map(({ id }) => id);
    const [none, older, highest, newer, low] = all.map(({ id }) => id);
    expect(await waiting()).toEqual([highest, older, newer, low, none]);
    expect(await waiting({ limit: 2 })).toEqual([highest, older]);
    expect(await waiting({ behind: waitingKeyOf(all[1]!), limit: 2 })).toEqual([newer, low]);
    expect(await waiting({ riskMin: 45 })).toEqual([highest, older, newer]);
    expect(await waiting({ riskMin: 46, behind: waitingKeyOf(all[1]!) })).toEqual([]);
    const decided = { ...all[2]!, amountRupiah: 20_000 };
    const first = step(decided, { approvals: [{ staffId: 'stf_1', name: 'Olivia', atMs: 1 }] });
    await world.withdrawals.change({ ...first, event: event(first.to, 'first-approval') });
    expect(await waiting({ limit: 1 })).toEqual([highest]);
    const approved = step(first.to, { state: 'approved', nextAskAtMs: clock.now() });
    await world.withdrawals.change({ ...approved, event: event(approved.to, 'approved') });
    expect(await waiting()).toEqual([older, newer, low, none]);
    expect(await world.withdrawals.due(clock.now(), 10)).toEqual([highest]);
  });

  it('settles once, also when the same step is tried again', async () => {
    const one = sample(1);
    await submit(one);
    const attempt = { id: one.id, number: 1, startedAtMs: clock.now(), gatewayPayoutId: 'p-1', rawStatus: 'processed' };
    const approved = step(one, { state: 'approved' });
    const sent = step(approved.to, { state: 'sent', attempt });
    for (const each of [approved, sent]) await world.withdrawals.change({ ...each, event: event(each.to, 'sent') });
    const completed = step(sent.to, { state: 'completed', completedAtMs: clock.now() });
    const change = { ...completed, event: event(completed.to, 'completed'), change: settledFor(completed.to) };
    expect(await world.withdrawals.change(change)).toEqual({ state: 'written' });
    expect(await world.withdrawals.change(change)).toEqual({ state: 'meanwhile' });
    expect(await world.ledger.balanceOf(memberBook(memberId))).toMatchObject({ posted: 900_000, held: 0 });
  });

  it('keeps bank accounts once each, and removes them', async () => {
    const account = (number: number, accountNumber = '1234567890'): BankAccount => ({
      id: `bnk_${String(number).padStart(22, '0')}`,
      memberId,
      bank: 'bca',
      accountNumber,
      accountName: 'Sari Dewi',
      holderName: 'SARI DEWI',
      nameCheck: 'same',
      checkedAgainst: 'statement',
      createdAtMs: clock.now(),
    });
    const added = await Promise.all([1, 2, 3].map((number) => world.bankAccounts.add(account(number))));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await world.bankAccounts.add(account(4, '0987654321'))).toBe(true);
    const [first] = await world.bankAccounts.of(memberId);
    expect(await world.bankAccounts.get(memberId, first!.id)).toEqual(first);
    expect(await world.bankAccounts.get('2', first!.id)).toBeUndefined();
    expect(await world.bankAccounts.remove(first!)).toBe(true);
    expect(await world.bankAccounts.remove(first!)).toBe(false);
    expect((await world.bankAccounts.of(memberId)).map(({ accountNumber }) => accountNumber)).toEqual(['0987654321']);
    expect(await world.bankAccounts.add(account(5))).toBe(true);
  });
});

describe('comparisons in DynamoDB', () => {
  it('are kept one a day, the last one, and one that failed takes the place of none', async () => {
    const runs = dynamodbRunStore(await engine.table());
    const run = (day: string, over: Partial<ReconciliationRun> = {}): ReconciliationRun => ({
      gateway: 'iris',
      day,
      state: 'compared',
      trouble: null,
      lines: 2,
      matched: 1,
      booked: 1,
      findings: 1,
      exceptionIds: ['exc_1'],
      askedBy: null,
      atMs: clock.now(),
      ...over,
    });
    const failed = run('2026-11-20', { state: 'failed', trouble: 'payments.gateway-unavailable' });
    await runs.keep(failed);
    expect(await runs.get('iris', '2026-11-20')).toEqual(failed);
    await runs.keep(run('2026-11-20'));
    await runs.keep(failed);
    expect(await runs.get('iris', '2026-11-20')).toEqual(run('2026-11-20'));
    await runs.keep(run('2026-11-20', { askedBy: 'Fina', findings: 0 }));
    await runs.keep(run('2026-11-21'));
    expect((await runs.latest('iris', 1)).map(({ day }) => day)).toEqual(['2026-11-21']);
    expect((await runs.latest('iris', 5)).map(({ day, askedBy }) => [day, askedBy])).toEqual([
      ['2026-11-21', null],
      ['2026-11-20', 'Fina'],
    ]);
    expect(await runs.get('xendit', '2026-11-20')).toBeUndefined();
  });
});

describe('exceptions in DynamoDB', () => {
  it('are found however old they are, the latest first, between days and page by page', async () => {
    const exceptions = dynamodbExceptionStore(await engine.table(['gsi1', 'gsi2', 'gsi3']));
    const day = 24 * 3_600_000;
    const found = [400, 100, 1, 0].map((days, index) =>
      exceptionOf({ kind: 'late', gateway: 'iris', reference: `wd_${index}`, detail: 'Found' }, clock.now() - days * day),
    );
    await exceptions.raise(found);
    const list = async (over: Partial<Parameters<typeof listExceptions>[1]>) => {
      const page = await listExceptions({ exceptions }, { state: 'open', limit: 10, ...over });
      return { references: page.exceptions.map(({ reference }) => reference), next: page.nextCursor ?? undefined };
    };
    expect(await list({})).toEqual({ references: ['wd_3', 'wd_2', 'wd_1', 'wd_0'], next: undefined });
    const first = await list({ limit: 3 });
    expect(await list({ limit: 3, cursor: first.next })).toEqual({ references: ['wd_0'], next: undefined });
    const dayFound = (index: number) => dayOf(new Date(found[index]?.createdAtMs ?? 0).toISOString());
    expect((await list({ from: dayFound(1), to: dayFound(2) })).references).toEqual(['wd_2', 'wd_1']);
    expect((await list({ to: dayFound(0) })).references).toEqual(['wd_0']);
    expect((await list({ gateway: 'xendit' })).references).toEqual([]);
  });

  it('are raised once, and stay resolved when they are found again', async () => {
    const [table, auditTable] = [await engine.table(['gsi1', 'gsi2', 'gsi3']), await engine.table(['gsi1', 'gsi2'])];
    const exceptions = dynamodbExceptionStore(table, dynamodbAuditLog(auditTable, clock));
    const exception = exceptionOf({ kind: 'late', gateway: 'iris', reference: 'wd_1', detail: 'First' }, clock.now());
    await exceptions.raise([exception]);
    await exceptions.raise([{ ...exception, detail: 'Second', createdAtMs: clock.now() + 1 }]);
    expect(await exceptions.get(exception.id)).toEqual(exception);
    const found = (state: 'open' | 'resolved') => exceptions.found({ state, limit: 10 });
    expect(await found('open')).toEqual([exception]);
    const resolution = { staffId: 'stf_1', name: 'Olivia', atMs: clock.now(), reason: 'Looked into' };
    const resolve = () =>
      exceptions.resolve(
        { ...exception, state: 'resolved', resolution },
        { ...entry, stream: 'reconciliation', subject: 'reconciliation' },
      );
    expect((await Promise.all([resolve(), resolve()])).filter(Boolean)).toHaveLength(1);
    await exceptions.raise([exception]);
    expect(await found('open')).toEqual([]);
    expect(await found('resolved')).toMatchObject([{ id: exception.id, resolution }]);
  });
});
