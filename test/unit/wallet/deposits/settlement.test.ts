import { describe, expect, it } from 'vitest';
import { depositStatuses, mayMove, movedTo, statusAt, type Deposit, type DepositStatus } from '#shared/wallet/deposits/deposit.ts';
import { nextStep } from '#shared/wallet/deposits/settlement.ts';
import type { Seen, SeenCharge } from '#shared/wallet/deposits/settlement-step.ts';
import { sampleDeposit } from '#test/fakes/deposit-samples.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const deposit = sampleDeposit({ createdAtMs: nowMs - 60_000, expiresAtMs: nowMs + 60_000 });

const payment = (over: object = {}) => ({ paymentId: 'pay-1', amountRupiah: 150_000, paidAtMs: nowMs, ...over });
const charge = (over: Partial<SeenCharge> = {}): SeenCharge => ({
  state: 'paid',
  payments: [],
  refunds: [],
  gatewayTransactionId: 'tx-1',
  rawStatus: 'settlement',
  ...over,
});
const seen = (status: SeenCharge | undefined, over: Partial<Seen> = {}): Seen => ({ status, actor: 'system:test', nowMs, ...over });

/** Everything that follows, and where it leads. */
function settled(from: Deposit, what: Seen): { readonly deposit: Deposit; readonly kinds: string[] } {
  const kinds: string[] = [];
  let current = from;
  for (let step = nextStep(current, what); step !== undefined; step = nextStep(current, what)) {
    kinds.push(step.change?.kind ?? step.event.kind);
    current = step.after;
  }
  return { deposit: current, kinds };
}

describe('the table of moves', () => {
  const ended: readonly DepositStatus[] = depositStatuses.filter((status) => status !== 'creating' && status !== 'pending');

  it('leads from every status to an end, and from none back', () => {
    const reachable = (from: DepositStatus): DepositStatus[] => depositStatuses.filter((to) => mayMove(from, to));
    for (const status of depositStatuses) expect(reachable(status)).not.toContain(status);
    for (const status of ended) expect(reachable(status).filter((to) => !ended.includes(to))).toEqual([]);
    for (const status of ['reversed', 'refunded'] as const) expect(reachable(status)).toEqual([]);
  });

  it('takes money in every status in which none has come', () => {
    for (const status of ['creating', 'pending', 'expired', 'cancelled', 'failed'] as const)
      expect(mayMove(status, 'paid_late')).toBe(true);
  });

  it('is the only way to another status', () => {
    expect(() => movedTo({ ...deposit, status: 'expired' }, 'paid', { nowMs })).toThrow('does not become');
  });

  it('lets the clock end what nobody has ended yet, and nothing else', () => {
    expect(statusAt(deposit, deposit.expiresAtMs - 1)).toBe('pending');
    expect(statusAt(deposit, deposit.expiresAtMs)).toBe('expired');
    expect(statusAt({ ...deposit, status: 'paid' }, deposit.expiresAtMs + 1)).toBe('paid');
  });
});

describe('what a gateway says of a charge', () => {
  it('leads to a credit once: looking again does nothing again', () => {
    const paid = charge({ payments: [payment()] });
    const once = settled(deposit, seen(paid));
    expect([once.deposit.status, once.kinds]).toEqual(['paid', ['deposit']]);
    expect(settled(once.deposit, seen(paid)).kinds).toEqual([]);
  });

  it.each([
    ['in time, noticed late', { from: deposit, paidAtMs: deposit.expiresAtMs, at: deposit.expiresAtMs + 5_000, status: 'paid' }],
    ['after the end', { from: deposit, paidAtMs: deposit.expiresAtMs + 1, at: deposit.expiresAtMs + 5_000, status: 'paid_late' }],
    ['after it was cancelled', { from: { ...deposit, status: 'cancelled' as const }, paidAtMs: nowMs, at: nowMs, status: 'paid_late' }],
  ])('money %s is credited', (_, { from, paidAtMs, at, status }) => {
    const { deposit: after, kinds } = settled(from, seen(charge({ payments: [payment({ paidAtMs })] }), { nowMs: at }));
    expect([after.status, after.payments.map(({ place }) => place), kinds]).toEqual([status, ['member'], ['deposit']]);
  });

  it('keeps another amount, and a second payment, in suspense', () => {
    const wrong = settled(deposit, seen(charge({ payments: [payment({ amountRupiah: 149_999 })] })));
    expect(wrong.deposit).toMatchObject({ status: 'paid_late', payments: [{ place: 'suspense', issue: 'amount-differs' }] });
    const twice = settled(deposit, seen(charge({ payments: [payment(), payment({ paymentId: 'pay-2' })] })));
    expect(twice.deposit).toMatchObject({ status: 'paid', payments: [{ place: 'member' }, { place: 'suspense', issue: 'paid-twice' }] });
  });

  it('takes back exactly what was there, and never gives it to the member in between', () => {
    const back = charge({ state: 'reversed', payments: [payment()] });
    const unseen = settled(deposit, seen(back));
    expect([unseen.deposit.status, unseen.deposit.payments[0]?.place, unseen.kinds]).toEqual([
      'reversed',
      'suspense',
      ['deposit', 'reversal'],
    ]);
    const credited = settled(deposit, seen(charge({ payments: [payment()] }))).deposit;
    expect(settled(credited, seen(back))).toMatchObject({ deposit: { status: 'reversed' }, kinds: ['reversal'] });
  });

  it('asks a person which of two payments was taken back, once', () => {
    const both = charge({ payments: [payment(), payment({ paymentId: 'pay-2' })] });
    const paid = settled(deposit, seen(both)).deposit;
    const back = seen({ ...both, state: 'reversed' });
    expect(settled(paid, back)).toMatchObject({ deposit: { status: 'paid' }, kinds: ['trouble'] });
    expect(settled(settled(paid, back).deposit, back).kinds).toEqual([]);
  });

  it('books a refund when the bank has confirmed it, and ends when all of it went back', () => {
    const refund = (amountRupiah: number, state: 'pending' | 'confirmed') => ({ refundKey: `staff-${amountRupiah}`, amountRupiah, state });
    const paid = settled(deposit, seen(charge({ payments: [payment()] }))).deposit;
    const status = (...refunds: ReturnType<typeof refund>[]) => seen(charge({ payments: [payment()], refunds }));
    expect(settled(paid, status(refund(50_000, 'pending'))).kinds).toEqual([]);
    const part = settled(paid, status(refund(50_000, 'confirmed')));
    expect(part).toMatchObject({ deposit: { status: 'paid' }, kinds: ['refund'] });
    expect(settled(part.deposit, status(refund(50_000, 'confirmed'), refund(100_000, 'confirmed')))).toMatchObject({
      deposit: { status: 'refunded' },
      kinds: ['refund'],
    });
  });

  it('tells people once of a word that no rule decides about, and books nothing of it', () => {
    const odd = seen(charge({ state: 'unknown', rawStatus: 'partial_chargeback' }));
    const paid = settled(deposit, seen(charge({ payments: [payment()] }))).deposit;
    const step = nextStep(paid, odd);
    expect(step).toMatchObject({
      after: { status: 'paid', unknownStatus: 'partial_chargeback' },
      event: { kind: 'trouble', gatewayStatus: 'partial_chargeback' },
      exception: { kind: 'unclear', reference: deposit.id, gatewayReference: 'tx-1 partial_chargeback' },
    });
    expect(step?.change).toBeUndefined();
    expect(settled(paid, odd).kinds).toEqual(['trouble']);
    expect(settled(settled(paid, odd).deposit, odd).kinds).toEqual([]);
    // Xendit, asked by our id alone, may know nothing: that is no news.
    expect(settled(deposit, seen(charge({ state: 'unknown', gatewayTransactionId: null }))).kinds).toEqual([]);
  });

  it('ends nobody early: a gateway whose clock is ahead does not decide about our deadline', () => {
    const expired = charge({ state: 'expired', rawStatus: 'expire' });
    expect(settled(deposit, seen(expired)).deposit.status).toBe('pending');
    expect(settled(deposit, seen(expired, { nowMs: deposit.expiresAtMs })).deposit.status).toBe('expired');
    expect(settled(deposit, seen(charge({ state: 'failed' }))).deposit.status).toBe('failed');
    expect(settled(deposit, seen(charge({ state: 'unknown' }))).deposit.status).toBe('pending');
    expect(settled(deposit, seen(undefined, { closing: 'cancelled' })).deposit.status).toBe('cancelled');
  });
});
