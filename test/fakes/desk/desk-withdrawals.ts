/** Withdrawals in the fake: a queue with risks of every kind, one that stands still, and some that are over. */
import type * as z from 'zod';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import { Fault } from '#shared/platform/fault.ts';
import { type deskWithdrawalDetail, deskWithdrawalRoutes } from '#shared/wallet/withdrawals/desk-withdrawal-routes.ts';
import { withdrawalFault } from '#shared/wallet/withdrawals/withdrawal-faults.ts';
import { type Owner, ownerOf, pageOf, seedMs, turnOf } from './desk-seed.ts';

export type FakeWithdrawal = z.input<typeof deskWithdrawalDetail>;
type Decision = FakeWithdrawal['approvals'][number];

const hourMs = 3_600_000;
const secondApprovalFromRupiah = 5_000_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
/** Of the shape of a real one, and the later the higher. */
const idOf = (index: number): string => `wd_${String(index).padStart(22, '0')}`;

const amounts = [150_000, 7_500_000, 2_000_000, 75_000, 12_000_000, 480_000] as const;
const banks = ['bca', 'mandiri', 'bri', 'cimb', 'bni', 'permata'] as const;
const risks: readonly [FakeWithdrawal['risk'], ...FakeWithdrawal['risk'][]] = [
  { score: 0, signals: [] },
  { score: 80, signals: ['name-differs', 'first-withdrawal', 'large-amount'] },
  { score: 35, signals: ['name-unknown', 'new-bank-account'] },
  { score: 15, signals: ['recent-deposits'] },
];

export function fakeWithdrawals(members: readonly Owner[]): FakeWithdrawal[] {
  const queue = Array.from({ length: 12 }, (_, index) => withdrawalOf(index, members));
  const [, second, , , fifth] = queue;
  // One that Olivia has approved, and one that a colleague has.
  if (second) second.approvals = [{ staffId: 'stf_olivia', name: 'Olivia Pemilik', at: iso(seedMs - hourMs) }];
  if (fifth) fifth.approvals = [{ staffId: 'stf_oki', name: 'Oki Operasional', at: iso(seedMs - 2 * hourMs) }];
  const over = (['stalled', 'completed', 'rejected', 'failed', 'sent', 'cancelled'] as const).map((state, index) =>
    Object.assign(withdrawalOf(20 + index, members), endOf(state)),
  );
  return [...queue, ...over];
}

function withdrawalOf(index: number, members: readonly Owner[]): FakeWithdrawal {
  const { id: memberId, displayName } = ownerOf(members, index);
  const amountRupiah = turnOf(amounts, index);
  const id = idOf(100 + index);
  const createdAt = iso(seedMs - (30 - index) * hourMs);
  const risk = turnOf(risks, index);
  return {
    id,
    state: 'submitted',
    amountRupiah,
    feeRupiah: 2_500,
    payoutRupiah: amountRupiah - 2_500,
    destination: {
      bankAccountId: `bnk_${String(index).padStart(22, '0')}`,
      bank: turnOf(banks, index),
      accountNumber: String(1_234_567_890 + index * 7),
      accountName: displayName,
      ...holderOf(displayName, risk.signals),
      checkedAgainst: 'identity-card',
    },
    reason: null,
    createdAt,
    updatedAt: createdAt,
    completedAt: null,
    memberId,
    channel: 'iris',
    risk,
    approvalsNeeded: amountRupiah >= secondApprovalFromRupiah ? 2 : 1,
    approvals: [],
    decidedBy: null,
    attempt: null,
    nextAskAt: null,
    actions: ['approve', 'reject'],
    timeline: [{ at: createdAt, what: 'submitted', actor: `member:${memberId}`, actorName: displayName, detail: null }],
    postings: [
      {
        id: `hold:${id}`,
        kind: 'hold',
        at: createdAt,
        reason: 'Withdrawal asked for',
        lines: [{ account: `member:${memberId}`, amountRupiah: 0, heldRupiah: amountRupiah }],
      },
    ],
  };
}

/** What the bank says of the holder, as the signals have it. */
function holderOf(name: string, signals: readonly string[]): Pick<FakeWithdrawal['destination'], 'holderName' | 'nameCheck'> {
  if (signals.includes('name-unknown')) return { holderName: null, nameCheck: 'unknown' };
  if (signals.includes('name-differs')) return { holderName: 'PT SUMBER REJEKI', nameCheck: 'different' };
  return { holderName: name.toUpperCase(), nameCheck: 'same' };
}

const reasons: Partial<Record<FakeWithdrawal['state'], string>> = {
  stalled: 'Bank penerima sedang gangguan',
  failed: 'Rekening ditutup',
  rejected: 'Nama pemilik rekening tidak cocok',
};
const openActions: Partial<Record<FakeWithdrawal['state'], FakeWithdrawal['actions']>> = {
  stalled: ['retry', 'found', 'give-up', 'refresh'],
  sent: ['refresh'],
};

function endOf(state: FakeWithdrawal['state']): Partial<FakeWithdrawal> {
  const at = iso(seedMs - hourMs);
  const by = { staffId: 'stf_oki', name: 'Oki Operasional', at };
  const end = { state, reason: reasons[state] ?? null, updatedAt: at, actions: openActions[state] ?? [] };
  if (state === 'rejected') return { ...end, decidedBy: by };
  if (state === 'cancelled') return end;
  // What stands still has had no answer.
  const answer =
    state === 'stalled' ? { gatewayPayoutId: null, gatewayStatus: null } : { gatewayPayoutId: 'iris-8f3c2a', gatewayStatus: 'completed' };
  const attempt = { id: idOf(120), number: 1, startedAt: at, ...answer };
  return { ...end, approvals: [by], attempt, completedAt: state === 'completed' ? at : null };
}

interface Queue {
  readonly withdrawals: readonly FakeWithdrawal[];
  readonly staff: readonly { readonly id: string; readonly name: string }[];
}

export function withdrawalEndpoints({ withdrawals, staff }: Queue): Endpoint[] {
  const find = (id: string): FakeWithdrawal => {
    const found = withdrawals.find((each) => each.id === id);
    if (found === undefined) throw withdrawalFault('withdrawals.not-found');
    return found;
  };
  const by = (staffId: string): Decision => ({
    staffId,
    name: staff.find(({ id }) => id === staffId)?.name ?? staffId,
    at: iso(Date.now()),
  });
  const decided = (withdrawal: FakeWithdrawal): Fault =>
    withdrawalFault('withdrawals.already-decided', { errors: [{ pointer: '/state', detail: `It is ${withdrawal.state}.` }] });
  const approve = (id: string, staffId: string): FakeWithdrawal => {
    const withdrawal = find(id);
    if (withdrawal.state !== 'submitted') throw decided(withdrawal);
    if (withdrawal.approvals.some((each) => each.staffId === staffId)) throw withdrawalFault('withdrawals.second-person-needed');
    withdrawal.approvals.push(by(staffId));
    if (withdrawal.approvals.length >= withdrawal.approvalsNeeded) Object.assign(withdrawal, { state: 'approved', actions: ['refresh'] });
    return withdrawal;
  };
  const end = (id: string, staffId: string, to: Pick<FakeWithdrawal, 'state' | 'reason'>): FakeWithdrawal => {
    const withdrawal = find(id);
    if (!withdrawal.actions.includes(to.state === 'rejected' ? 'reject' : 'retry')) throw decided(withdrawal);
    return Object.assign(withdrawal, to, { decidedBy: by(staffId), actions: [] });
  };
  return [
    on(deskWithdrawalRoutes.list, async ({ query }) => {
      const { riskMin = 0, from, to } = query;
      const tests: ((each: FakeWithdrawal) => boolean)[] = [
        (each) => query.state === undefined || each.state === query.state,
        (each) => query.memberId === undefined || each.memberId === query.memberId,
        (each) => each.risk.score >= riskMin,
        (each) => from === undefined || each.createdAt.slice(0, 10) >= from,
        (each) => to === undefined || each.createdAt.slice(0, 10) <= to,
      ];
      const found = withdrawals
        .filter((each) => tests.every((test) => test(each)))
        .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
      if (query.order === 'riskiest') found.sort((a, b) => b.risk.score - a.risk.score);
      const { items, nextCursor } = pageOf(query.order === 'newest' ? found.toReversed() : found, query);
      return { withdrawals: items, nextCursor, partial: false };
    }),
    on(deskWithdrawalRoutes.read, async ({ path }) => find(path.withdrawalId)),
    on(deskWithdrawalRoutes.approve, async ({ path, caller }) => approve(path.withdrawalId, required(caller).subject)),
    on(deskWithdrawalRoutes.reject, async ({ path, body, caller }) =>
      end(path.withdrawalId, required(caller).subject, { state: 'rejected', reason: body.reason }),
    ),
    on(deskWithdrawalRoutes.retry, async ({ path, caller }) => {
      const retried = end(path.withdrawalId, required(caller).subject, { state: 'approved', reason: null });
      return Object.assign(retried, { attempt: null, actions: ['refresh'] });
    }),
    on(deskWithdrawalRoutes.giveUp, async ({ path, body, caller }) =>
      end(path.withdrawalId, required(caller).subject, { state: 'failed', reason: body.reason }),
    ),
    on(deskWithdrawalRoutes.found, async ({ path, body, caller }) => {
      const found = end(path.withdrawalId, required(caller).subject, { state: 'sent', reason: null });
      if (found.attempt) found.attempt.gatewayPayoutId = body.gatewayPayoutId;
      return Object.assign(found, { actions: ['refresh'] });
    }),
    on(deskWithdrawalRoutes.refresh, async ({ path }) => find(path.withdrawalId)),
    on(deskWithdrawalRoutes.decideMany, async ({ body, caller }) => {
      const staffId = required(caller).subject;
      const total = body.ids.reduce((sum, id) => sum + find(id).amountRupiah, 0);
      if (total !== body.totalRupiah) throw withdrawalFault('withdrawals.total-differs');
      const decide = (id: string): FakeWithdrawal =>
        body.decision === 'approve' ? approve(id, staffId) : end(id, staffId, { state: 'rejected', reason: body.reason ?? '' });
      return { results: body.ids.map((id) => resultOf(id, () => decide(id))) };
    }),
  ];
}

function resultOf(id: string, decide: () => FakeWithdrawal) {
  try {
    return { id, outcome: 'done' as const, withdrawal: decide(), problem: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const problem = { code: error.code, detail: error.publicMessage, errors: [...error.errors] };
    return { id, outcome: 'refused' as const, withdrawal: null, problem };
  }
}
