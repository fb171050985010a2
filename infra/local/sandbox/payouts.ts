/**
 * Payouts of the sandbox: Iris', which wait for a second key, and Xendit's.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CommandRefused } from './charges.ts';
import { type SandboxContext, schedule } from './context.ts';
import type { SandboxPayout } from './items.ts';
import { announce, sendingSchema } from './webhooks.ts';

const webhook = sendingSchema.default({});

export const payoutActions = {
  /** By the gateway's other key; Iris alone. */
  approve: z.strictObject({ webhook }),
  reject: z.strictObject({ webhook }),
  complete: z.strictObject({ webhook }),
  fail: z.strictObject({ code: z.string().max(100).default('INVALID_DESTINATION'), webhook }),
  /** Given back after it was completed: `failed` at Iris, `REVERSED` at Xendit. */
  reverse: z.strictObject({ webhook }),
  notify: z.strictObject({ webhook }),
} as const;
export type PayoutAction = keyof typeof payoutActions;

interface Move {
  readonly from: readonly string[];
  readonly to: string;
}

const moves: Readonly<Record<SandboxPayout['gateway'], Readonly<Partial<Record<PayoutAction, Move>>>>> = {
  midtrans: {
    approve: { from: ['queued'], to: 'processed' },
    reject: { from: ['queued'], to: 'rejected' },
    complete: { from: ['processed'], to: 'completed' },
    fail: { from: ['processed'], to: 'failed' },
    reverse: { from: ['completed'], to: 'failed' },
  },
  xendit: {
    reject: { from: ['ACCEPTED'], to: 'COMPLIANCE_REJECTED' },
    complete: { from: ['ACCEPTED', 'REQUESTED'], to: 'SUCCEEDED' },
    fail: { from: ['ACCEPTED', 'REQUESTED'], to: 'FAILED' },
    reverse: { from: ['SUCCEEDED'], to: 'REVERSED' },
  },
};

export type PayoutInput = z.output<(typeof payoutActions)['fail']> | z.output<(typeof payoutActions)['notify']>;

/** Throws `CommandRefused` when it does not fit. */
export function actOnPayout(
  context: SandboxContext,
  { payout, action, input }: { readonly payout: SandboxPayout; readonly action: PayoutAction; readonly input: PayoutInput },
): SandboxPayout {
  return context.store.transaction(() => {
    const changed: SandboxPayout = { ...payout, ...changeOf(payout, action, input), updatedMs: context.clock.now() };
    context.store.put('payout', changed);
    announcePayout(context, changed, input.webhook);
    if (action === 'approve') completeLater(context, changed);
    return changed;
  });
}

function changeOf(payout: SandboxPayout, action: PayoutAction, input: PayoutInput): Partial<SandboxPayout> {
  if (action === 'notify') return {};
  const move = moves[payout.gateway][action];
  if (move?.from.includes(payout.status) !== true) throw new CommandRefused(`${action} does not follow ${payout.status}`);
  return { status: move.to, ...('code' in input && { failureCode: input.code }) };
}

export function openPayout(context: SandboxContext, made: Omit<SandboxPayout, 'createdMs' | 'updatedMs' | 'failureCode'>): SandboxPayout {
  const now = context.clock.now();
  const payout: SandboxPayout = { ...made, failureCode: null, createdMs: now, updatedMs: now };
  context.store.put('payout', payout);
  if (payout.gateway === 'xendit') completeLater(context, payout);
  return payout;
}

const payingOutMs = 2_000;

function completeLater(context: SandboxContext, { id, updatedMs }: SandboxPayout): void {
  if (context.settings().isPayingOut) schedule(context, { what: 'payout', id }, updatedMs + payingOutMs);
}

export function completeByTimer(context: SandboxContext, id: string): void {
  const payout = context.store.get('payout', id);
  const isOnItsWay = payout !== undefined && moves[payout.gateway].complete?.from.includes(payout.status) === true;
  if (isOnItsWay) actOnPayout(context, { payout, action: 'complete', input: { webhook: {} } });
}

function announcePayout(context: SandboxContext, payout: SandboxPayout, sending: PayoutInput['webhook']): void {
  const { reference, gateway } = payout;
  if (gateway === 'midtrans') {
    const body = irisNews(payout);
    const signature = createHash('sha512').update(body).update(context.keys.irisMerchantKey).digest('hex');
    return announce(context, { reference, channel: 'iris', body, headers: { 'iris-signature': signature } }, sending);
  }
  const event = {
    SUCCEEDED: 'payout.succeeded',
    FAILED: 'payout.failed',
    COMPLIANCE_REJECTED: 'payout.failed',
    REVERSED: 'payout.reversed',
  }[payout.status];
  if (event === undefined) return;
  const body = JSON.stringify({
    event,
    business_id: '5f0000000000000000000001',
    created: at(payout.updatedMs),
    data: xenditPayoutBody(payout),
  });
  announce(
    context,
    { reference, channel: 'xendit-payout', body, headers: { 'x-callback-token': context.keys.xenditCallbackToken } },
    sending,
  );
}

/** Midtrans writes an amount with one digit behind the point here, and with two elsewhere. */
function irisNews({ id, amountRupiah, status, updatedMs, failureCode }: SandboxPayout): string {
  const failure = failureCode === null ? {} : { error_code: failureCode };
  return JSON.stringify({ reference_no: id, amount: `${amountRupiah}.0`, status, updated_at: at(updatedMs), ...failure });
}

const at = (ms: number): string => new Date(ms).toISOString();

export function xenditPayoutBody(payout: SandboxPayout): object {
  return {
    id: payout.id,
    amount: payout.amountRupiah,
    channel_code: payout.bank,
    currency: 'IDR',
    description: 'XM withdrawal',
    reference_id: payout.reference,
    status: payout.status,
    created: at(payout.createdMs),
    updated: at(payout.updatedMs),
    business_id: '5f0000000000000000000001',
    channel_properties: { account_number: payout.accountNumber, account_holder_name: payout.accountName },
    ...(payout.failureCode !== null && { failure_code: payout.failureCode }),
  };
}

export function irisPayoutBody(payout: SandboxPayout): object {
  return {
    amount: `${payout.amountRupiah}.00`,
    beneficiary_name: payout.accountName,
    beneficiary_account: payout.accountNumber,
    bank: payout.bank,
    reference_no: payout.id,
    status: payout.status,
    created_by: 'sandbox',
    created_at: at(payout.createdMs),
    updated_at: at(payout.updatedMs),
    ...(payout.failureCode !== null && { error_code: payout.failureCode }),
  };
}
