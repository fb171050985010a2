/**
 * Deposits as staff see them.
 */
import * as z from 'zod';
import { gatewayNames } from '#shared/payments/payment.ts';
import type { PostingRecord } from '../posting.ts';
import { depositStatuses, isReversalOpen, paymentIssues, paymentUnderReview, refundableRupiah, totalsOf, type Deposit } from './deposit.ts';
import type { DepositEvent } from './deposit-event.ts';
import { depositView, presentDeposit } from './present-deposit.ts';

const instant = z.iso.datetime();
const rupiah = z.int();

const paymentView = z.object({
  paymentId: z.string().meta({ description: "The gateway's own; the bank's reference of a transfer." }),
  amountRupiah: rupiah,
  paidAt: instant.nullable(),
  bookedAt: instant,
  place: z.enum(['member', 'suspense']).meta({ description: 'Where the money is, as far as it has not gone back.' }),
  issue: z.enum(paymentIssues).nullable().meta({ description: 'Why it was not simply credited.' }),
  postingId: z.string(),
  refundedRupiah: rupiah,
  reversedRupiah: rupiah,
  refundableRupiah: rupiah,
});

const refundView = z.object({
  refundKey: z.string(),
  paymentId: z.string(),
  amountRupiah: rupiah,
  state: z.enum(['asked', 'confirmed', 'failed']),
  askedAt: instant,
  askedBy: z.string().nullable(),
  askedByName: z.string().nullable().meta({ description: 'As they were called then.' }),
  tries: z.int().meta({ description: 'How often it was looked after since, without anybody asking.' }),
  nextTryAt: instant.nullable().meta({ description: 'When that happens again; null when it does not.' }),
});

export const deskDepositView = depositView
  .extend({
    memberId: z.string(),
    gateway: z.enum([...gatewayNames, 'manual']),
    gatewayTransactionId: z.string().nullable(),
    suspenseRupiah: rupiah.meta({ description: 'Received, and not credited.' }),
    reversedRupiah: rupiah,
    failure: z.string().nullable(),
    underReview: z
      .object({ paymentId: z.string(), issue: z.enum(paymentIssues).nullable(), amountRupiah: rupiah })
      .nullable()
      .meta({ description: 'The payment that waits for a decision.' }),
    isReversalUnclear: z.boolean().meta({
      description:
        'True when the gateway took one of several payments back and does not say which: a person has to, and decides nothing else before.',
    }),
    version: z.int().meta({ description: 'Decisions name it, so that none is made on something that is not so any more.' }),
  })
  .meta({ id: 'DeskDeposit' });

const eventView = z.object({
  at: instant,
  kind: z.string(),
  actor: z.string(),
  actorName: z.string().nullable().meta({ description: 'Of a person of the staff, as they were called then.' }),
  status: z.enum(depositStatuses).nullable(),
  gatewayStatus: z.string().nullable(),
  amountRupiah: rupiah.nullable(),
  postingId: z.string().nullable(),
  detail: z.string().nullable(),
});

const postingView = z.object({
  id: z.string(),
  kind: z.string(),
  at: instant,
  reason: z.string(),
  lines: z.array(z.object({ account: z.string(), amountRupiah: rupiah, heldRupiah: rupiah })),
});

export const deskDepositDetail = deskDepositView
  .extend({
    payments: z.array(paymentView),
    refunds: z.array(refundView),
    timeline: z.array(eventView).meta({ description: 'What happened, oldest first.' }),
    postings: z.array(postingView),
    serverTime: instant,
  })
  .meta({ id: 'DeskDepositDetail' });

export type DeskDepositView = z.output<typeof deskDepositView>;
export type DeskDepositDetail = z.output<typeof deskDepositDetail>;

export function presentForDesk(deposit: Deposit, nowMs: number): DeskDepositView {
  const { memberId, gateway, gatewayTransactionId, failure, version } = deposit;
  const { suspenseRupiah, reversedRupiah } = totalsOf(deposit);
  const payment = paymentUnderReview(deposit);
  return {
    ...presentDeposit(deposit, nowMs),
    memberId,
    gateway,
    gatewayTransactionId,
    suspenseRupiah,
    reversedRupiah,
    failure,
    underReview: payment ? { paymentId: payment.paymentId, issue: payment.issue, amountRupiah: refundableRupiah(deposit, payment) } : null,
    isReversalUnclear: isReversalOpen(deposit),
    version,
  };
}

export interface Beside {
  readonly events: readonly DepositEvent[];
  readonly postings: readonly PostingRecord[];
  readonly nowMs: number;
}

export function presentDetail(deposit: Deposit, { events, postings, nowMs }: Beside): DeskDepositDetail {
  return {
    ...presentForDesk(deposit, nowMs),
    payments: deposit.payments.map(({ paidAtMs, bookedAtMs, ...payment }) => ({
      ...payment,
      paidAt: paidAtMs === null ? null : iso(paidAtMs),
      bookedAt: iso(bookedAtMs),
      refundableRupiah: refundableRupiah(deposit, { ...payment, paidAtMs, bookedAtMs }),
    })),
    refunds: deposit.refunds.map(({ askedAtMs, dueAtMs, holdId: _holdId, ...refund }) => ({
      ...refund,
      askedAt: iso(askedAtMs),
      nextTryAt: dueAtMs === null ? null : iso(dueAtMs),
    })),
    timeline: events.map(({ atMs, ...event }) => ({ ...event, at: iso(atMs) })),
    postings: postings.map(({ id, kind, at, reason, lines }) => ({
      id,
      kind,
      at,
      reason,
      lines: lines.map(({ account, amountRupiah, heldRupiah }) => ({ account, amountRupiah, heldRupiah })),
    })),
    serverTime: iso(nowMs),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
