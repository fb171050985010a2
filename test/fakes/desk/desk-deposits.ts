/** Deposits in the fake: one that waits for its payment, one that came otherwise than asked for, a transfer to confirm, and a history. */
import type * as z from 'zod';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import { depositFault } from '#shared/wallet/deposits/deposit-faults.ts';
import { deskDepositRoutes } from '#shared/wallet/deposits/desk-deposit-routes.ts';
import type { deskDepositDetail } from '#shared/wallet/deposits/desk-views.ts';
import { type Owner, ownerOf, pageOf, seedMs, turnOf } from './desk-seed.ts';

export type FakeDeposit = z.input<typeof deskDepositDetail>;
type Payment = FakeDeposit['payments'][number];

const minuteMs = 60_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const idOf = (index: number): string => `dep_${String(index).padStart(22, '0')}`;

const methods = ['qris', 'va-bca', 'ewallet-gopay', 'va-mandiri', 'ewallet-dana', 'va-bri'] as const;
const statuses = ['paid', 'expired', 'paid', 'cancelled', 'paid', 'refunded', 'failed', 'reversed'] as const;
const amounts = [150_000, 50_000, 1_000_000, 250_000, 2_500_000] as const;

/** The first waits, the second is to be decided about, the third is a transfer; the others are over. */
export function fakeDeposits(members: readonly Owner[]): FakeDeposit[] {
  const all = Array.from({ length: 40 }, (_, index) => depositOf(index, members));
  const [waiting, late, transfer] = all;
  const openUntil = iso(Date.now() + 25 * minuteMs);
  if (waiting)
    Object.assign(waiting, { status: 'pending', method: 'qris', endedAt: null, payments: [], creditedRupiah: 0, expiresAt: openUntil });
  if (late) Object.assign(late, reviewed(late));
  if (transfer) {
    const asked = { method: 'manual-transfer', gateway: 'manual', uniqueCode: 217, totalRupiah: transfer.amountRupiah + 217 };
    Object.assign(transfer, { ...asked, status: 'pending', endedAt: null, payments: [], creditedRupiah: 0, expiresAt: openUntil });
  }
  return all;
}

function depositOf(index: number, members: readonly Owner[]): FakeDeposit {
  const memberId = ownerOf(members, index).id;
  const status = turnOf(statuses, index);
  const amountRupiah = turnOf(amounts, index);
  const createdMs = seedMs - index * 47 * minuteMs;
  const payments = status === 'paid' ? [paymentOf(index, amountRupiah, createdMs + 4 * minuteMs)] : [];
  return {
    id: idOf(900 - index),
    memberId,
    status,
    method: turnOf(methods, index),
    gateway: index % 2 === 0 ? 'midtrans' : 'xendit',
    gatewayTransactionId: `trx-${index}`,
    amountRupiah,
    uniqueCode: null,
    totalRupiah: amountRupiah,
    createdAt: iso(createdMs),
    expiresAt: iso(createdMs + 30 * minuteMs),
    endedAt: iso(createdMs + 5 * minuteMs),
    instructions: null,
    creditedRupiah: sumOf(payments),
    refundedRupiah: 0,
    reversedRupiah: 0,
    suspenseRupiah: 0,
    isUnderReview: false,
    failure: status === 'failed' ? 'deny' : null,
    underReview: null,
    isReversalUnclear: false,
    version: 3,
    payments,
    refunds: [],
    timeline: timelineOf(createdMs, amountRupiah, `member:${memberId}`),
    postings: payments.map((payment) => postingOf(payment, memberId)),
    serverTime: iso(Date.now()),
  };
}

const sumOf = (payments: readonly Payment[]): number => payments.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);

function paymentOf(index: number, amountRupiah: number, atMs: number): Payment {
  return {
    paymentId: `pay-${index}`,
    amountRupiah,
    paidAt: iso(atMs),
    bookedAt: iso(atMs + 2_000),
    place: 'member',
    issue: null,
    postingId: `deposit:${idOf(900 - index)}:pay-${index}`,
    refundedRupiah: 0,
    reversedRupiah: 0,
    refundableRupiah: amountRupiah,
  };
}

/** Paid a second time: the first payment is with the member, the other one waits. */
function reviewed({ amountRupiah, memberId }: FakeDeposit): Partial<FakeDeposit> {
  const first = paymentOf(1, amountRupiah, seedMs - 40 * minuteMs);
  const second: Payment = {
    ...paymentOf(1, amountRupiah, seedMs - 20 * minuteMs),
    paymentId: 'pay-1b',
    place: 'suspense',
    issue: 'paid-twice',
  };
  return {
    status: 'paid',
    method: 'ewallet-gopay',
    creditedRupiah: amountRupiah,
    suspenseRupiah: amountRupiah,
    isUnderReview: true,
    underReview: { paymentId: 'pay-1b', issue: 'paid-twice', amountRupiah },
    payments: [first, second],
    postings: [postingOf(first, memberId)],
  };
}

function timelineOf(createdMs: number, amountRupiah: number, member: string): FakeDeposit['timeline'] {
  const event = { actorName: null, status: null, gatewayStatus: null, amountRupiah: null, postingId: null, detail: null };
  return [
    { ...event, at: iso(createdMs), kind: 'opened', actor: member, status: 'creating', amountRupiah },
    { ...event, at: iso(createdMs + 800), kind: 'charged', actor: 'system:midtrans', status: 'pending' },
    { ...event, at: iso(createdMs + 4 * minuteMs), kind: 'webhook', actor: 'system:webhook', gatewayStatus: 'settlement' },
  ];
}

function postingOf({ postingId, amountRupiah, bookedAt }: Payment, memberId: string): FakeDeposit['postings'][number] {
  return {
    id: postingId,
    kind: 'deposit',
    at: bookedAt,
    reason: 'Deposit paid',
    lines: [
      { account: 'clearing:midtrans:07', amountRupiah: -amountRupiah, heldRupiah: 0 },
      { account: `member:${memberId}`, amountRupiah, heldRupiah: 0 },
    ],
  };
}

export function depositEndpoints(deposits: readonly FakeDeposit[]): Endpoint[] {
  const find = (id: string): FakeDeposit => {
    const found = deposits.find((each) => each.id === id);
    if (found === undefined) throw depositFault('deposits.not-found');
    return Object.assign(found, { serverTime: iso(Date.now()) });
  };
  const decidedOn = (id: string, version: number): FakeDeposit => {
    const deposit = find(id);
    if (deposit.version !== version) throw depositFault('deposits.decided-meanwhile');
    deposit.version += 1;
    return deposit;
  };
  const paymentWith = (deposit: FakeDeposit, paymentId: string): Payment => {
    const payment = deposit.payments.find((each) => each.paymentId === paymentId);
    if (payment === undefined) throw depositFault('deposits.nothing-to-decide');
    return payment;
  };
  const refund = (deposit: FakeDeposit, payment: Payment, asked: { amountRupiah: number; staffId: string }): FakeDeposit => {
    payment.refundableRupiah -= asked.amountRupiah;
    const { paymentId } = payment;
    const key = `${deposit.id}-r${deposit.refunds.length + 1}`;
    const { amountRupiah, staffId } = asked;
    const [state, askedAt, nextTryAt] = ['asked' as const, iso(Date.now()), iso(Date.now() + minuteMs)];
    deposit.refunds.push({
      refundKey: key,
      paymentId,
      amountRupiah,
      state,
      askedAt,
      askedBy: staffId,
      askedByName: null,
      tries: 0,
      nextTryAt,
    });
    return deposit;
  };
  return [
    on(deskDepositRoutes.list, async ({ query }) => {
      const { amountMin = 0, amountMax = Infinity, from, to } = query;
      const tests: ((each: FakeDeposit) => boolean)[] = [
        (each) => query.status === undefined || each.status === query.status,
        (each) => query.method === undefined || each.method === query.method,
        (each) => query.memberId === undefined || each.memberId === query.memberId,
        (each) => query.review === undefined || each.underReview !== null,
        (each) => each.totalRupiah >= amountMin && each.totalRupiah <= amountMax,
        (each) => from === undefined || each.createdAt.slice(0, 10) >= from,
        (each) => to === undefined || each.createdAt.slice(0, 10) <= to,
      ];
      const matches = deposits.filter((each) => tests.every((test) => test(each)));
      const { items, nextCursor } = pageOf(matches, query);
      return { deposits: items, nextCursor, partial: false, serverTime: iso(Date.now()) };
    }),
    on(deskDepositRoutes.read, async ({ path }) => find(path.depositId)),
    on(deskDepositRoutes.refresh, async ({ path }) => find(path.depositId)),
    on(deskDepositRoutes.confirm, async ({ path, body, caller }) => {
      const deposit = decidedOn(path.depositId, body.version);
      const isExact = body.amountRupiah === deposit.totalRupiah;
      const payment = { ...paymentOf(7, body.amountRupiah, Date.now()), paymentId: body.bankReference };
      deposit.payments.push(isExact ? payment : { ...payment, place: 'suspense', issue: 'amount-differs' });
      const by = { at: iso(Date.now()), actor: `staff:${required(caller).subject}`, actorName: null };
      deposit.timeline.push({
        ...by,
        kind: 'payment',
        status: 'paid',
        gatewayStatus: null,
        amountRupiah: body.amountRupiah,
        postingId: null,
        detail: null,
      });
      return Object.assign(deposit, { status: isExact ? 'paid' : 'paid_late', creditedRupiah: isExact ? body.amountRupiah : 0 });
    }),
    on(deskDepositRoutes.resolve, async ({ path, body, caller }) => {
      const deposit = decidedOn(path.depositId, body.version);
      const payment = paymentWith(deposit, body.paymentId);
      Object.assign(deposit, { underReview: null, isUnderReview: false });
      if (body.decision === 'credit') payment.place = 'member';
      else refund(deposit, payment, { amountRupiah: payment.refundableRupiah, staffId: required(caller).subject });
      return deposit;
    }),
    on(deskDepositRoutes.refund, async ({ path, body, caller }) => {
      const deposit = decidedOn(path.depositId, body.version);
      return refund(deposit, paymentWith(deposit, body.paymentId), { amountRupiah: body.amountRupiah, staffId: required(caller).subject });
    }),
    on(deskDepositRoutes.reversal, async ({ path, body, caller }) => {
      const deposit = decidedOn(path.depositId, body.version);
      const payment = body.paymentId === null ? undefined : paymentWith(deposit, body.paymentId);
      if (payment) Object.assign(payment, { reversedRupiah: payment.amountRupiah, refundableRupiah: 0 });
      const { subject } = required(caller);
      const nothing = { status: null, gatewayStatus: null, amountRupiah: null, postingId: null };
      const detail = payment ? `The payment ${payment.paymentId} was taken back.` : 'Nothing more was taken back.';
      deposit.timeline.push({
        ...nothing,
        at: iso(Date.now()),
        kind: 'decision',
        actor: `staff:${subject}`,
        actorName: 'Oki Operasional',
        detail,
      });
      return Object.assign(deposit, { isReversalUnclear: false, reversedRupiah: payment?.amountRupiah ?? 0 });
    }),
  ];
}
