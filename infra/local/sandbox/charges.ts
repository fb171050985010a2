/**
 * What happens to charges in the sandbox, and who is told.
 */
import * as z from 'zod';
import { isOpen, isRefundable, type SandboxCharge, type SandboxRefund, wasPaid } from './charge.ts';
import { type SandboxContext, schedule } from './context.ts';
import { notificationBody, transactionStatus } from './midtrans-words.ts';
import { uuidOf } from './store.ts';
import { announce, type Sending, sendingSchema } from './webhooks.ts';
import { forgedCapture, unrefundedRupiah, webhookBody } from './xendit-words.ts';

const amount = z.int().min(1).max(1_000_000_000_000);
const webhook = sendingSchema.default({});

/** What a command may ask for; `pay` works at any time, as money does. */
export const chargeActions = {
  /** Once more when it was paid already. Midtrans settles the same transaction again, Xendit gets a second payment. */
  pay: z.strictObject({ amountRupiah: amount.optional(), webhook }),
  expire: z.strictObject({ webhook }),
  cancel: z.strictObject({ webhook }),
  /** Fails without having been paid. */
  fail: z.strictObject({ webhook }),
  /** Denied after the settlement: the money is taken back. */
  deny: z.strictObject({ webhook }),
  chargeback: z.strictObject({ webhook }),
  /** By the gateway's staff; not confirmed by the bank yet. */
  refund: z.strictObject({ amountRupiah: amount.optional(), refundKey: z.string().max(100).optional(), webhook }),
  'confirm-refunds': z.strictObject({ webhook }),
  /** The news of the present state once more. */
  notify: z.strictObject({ webhook }),
  /**
   * A settlement that never was. `wrong-key`: signed with another key. `refund-signature`: with Midtrans' genuine signature, as it stands on
   * a refund; for Xendit, whose token is always the same, simply with it.
   */
  forge: z.strictObject({ how: z.enum(['wrong-key', 'refund-signature']).default('wrong-key'), webhook }),
} as const;
export type ChargeAction = keyof typeof chargeActions;

/** The command does not fit the charge's state. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

export type ActionInput<Action extends ChargeAction> = z.output<(typeof chargeActions)[Action]>;
type Change = (context: SandboxContext, charge: SandboxCharge, input: never) => SandboxCharge;

const changes = {
  pay: (context, charge, { amountRupiah = charge.amountRupiah }: ActionInput<'pay'>) => {
    if (charge.gateway === 'midtrans' && wasPaid(charge)) return charge;
    const id = charge.gateway === 'midtrans' ? charge.id : `py-${uuidOf(context.store.nextId())}`;
    return { ...charge, payments: [...charge.payments, { id, amountRupiah, atMs: context.clock.now() }] };
  },
  expire: (_, charge) => closed(charge, 'expired'),
  cancel: (_, charge) => closed(charge, 'cancelled'),
  fail: (_, charge) => closed(charge, 'failed'),
  deny: (_, charge) => takenBack(charge, 'denied'),
  chargeback: (_, charge) => takenBack(charge, 'chargeback'),
  refund: (context, charge, { amountRupiah = unrefundedRupiah(charge), refundKey }: ActionInput<'refund'>) =>
    withRefund(context, charge, { key: refundKey ?? `staff-${context.store.nextId().slice(0, 8)}`, amountRupiah }),
  'confirm-refunds': (context, charge) => {
    if (charge.refunds.length === 0) throw new CommandRefused('nothing was refunded');
    return { ...charge, refunds: charge.refunds.map((refund) => ({ ...refund, confirmedMs: refund.confirmedMs ?? context.clock.now() })) };
  },
  notify: (_, charge) => charge,
  forge: (_, charge) => charge,
} satisfies Record<ChargeAction, Change>;

function closed(charge: SandboxCharge, status: 'expired' | 'cancelled' | 'failed'): SandboxCharge {
  if (!isOpen(charge)) throw new CommandRefused(`it does not wait for a payment any more`);
  return { ...charge, status };
}

function takenBack(charge: SandboxCharge, how: 'denied' | 'chargeback'): SandboxCharge {
  if (!wasPaid(charge)) throw new CommandRefused('nothing was paid');
  return { ...charge, takenBack: how };
}

export function withRefund(
  context: SandboxContext,
  charge: SandboxCharge,
  { key, amountRupiah }: Pick<SandboxRefund, 'key' | 'amountRupiah'>,
): SandboxCharge {
  if (!wasPaid(charge) || charge.takenBack !== null) throw new CommandRefused('there is nothing to refund');
  if (!isRefundable(charge)) throw new CommandRefused('a virtual account takes no refunds');
  if (amountRupiah < 1 || amountRupiah > unrefundedRupiah(charge)) throw new CommandRefused('more than is left');
  const refund = { id: `rfd-${uuidOf(context.store.nextId())}`, key, amountRupiah, createdMs: context.clock.now(), confirmedMs: null };
  return { ...charge, refunds: [...charge.refunds, refund] };
}

/** Changes the charge and tells of it. Throws `CommandRefused` when it does not fit. */
export function act<Action extends ChargeAction>(
  context: SandboxContext,
  { charge, action, input }: { readonly charge: SandboxCharge; readonly action: Action; readonly input: ActionInput<Action> },
): SandboxCharge {
  return context.store.transaction(() => {
    const changed: SandboxCharge = { ...changes[action](context, charge, input), updatedMs: context.clock.now() };
    context.store.put('charge', changed);
    for (const { id } of changed.payments) context.store.put('payment', { id, reference: charge.id });
    if (action === 'forge') announceForgery(context, changed, input as ActionInput<'forge'>);
    else announceCharge(context, changed, input.webhook);
    return changed;
  });
}

export function announceCharge(context: SandboxContext, charge: SandboxCharge, sending?: Sending): void {
  const { reference, gateway } = charge;
  const { midtransServerKey: serverKey, xenditCallbackToken } = context.keys;
  if (gateway === 'midtrans')
    return announce(context, { reference, channel: 'midtrans', body: notificationBody(charge, { serverKey }), headers: {} }, sending);
  const body = webhookBody(charge, context.clock.now());
  const headers = { 'x-callback-token': xenditCallbackToken };
  if (body !== undefined) announce(context, { reference, channel: 'xendit', body, headers }, sending);
}

function announceForgery(context: SandboxContext, charge: SandboxCharge, { how, webhook }: ActionInput<'forge'>): void {
  const { reference, gateway } = charge;
  const isGenuine = how === 'refund-signature';
  const keyOf = (key: string): string => (isGenuine ? key : `not-${key}`);
  if (gateway === 'midtrans') {
    const claim = { transaction_status: 'settlement', gross_amount: `${charge.amountRupiah}.00`, refunds: undefined };
    const body = notificationBody(charge, { serverKey: keyOf(context.keys.midtransServerKey), claim });
    return announce(context, { reference, channel: 'midtrans', body, headers: {} }, webhook);
  }
  const headers = { 'x-callback-token': keyOf(context.keys.xenditCallbackToken) };
  announce(context, { reference, channel: 'xendit', body: forgedCapture(charge, context.clock.now()), headers }, webhook);
}

export type NewCharge = Pick<SandboxCharge, 'id' | 'reference' | 'gateway' | 'amountRupiah' | 'channel' | 'bank' | 'code' | 'expiresMs'>;

export function openCharge(context: SandboxContext, made: NewCharge): SandboxCharge {
  const now = context.clock.now();
  const charge: SandboxCharge = { ...made, createdMs: now, updatedMs: now, status: 'open', payments: [], refunds: [], takenBack: null };
  context.store.transaction(() => {
    context.store.put('charge', charge);
    schedule(context, { what: 'expiry', id: charge.id }, charge.expiresMs);
  });
  return charge;
}

/** At its time, if it is to expire by itself at all. */
export function expireByTimer(context: SandboxContext, id: string): void {
  const charge = context.store.get('charge', id);
  if (charge === undefined || !isOpen(charge) || !context.settings().isExpiring) return;
  act(context, { charge, action: 'expire', input: { webhook: {} } });
}

/** What the page and the commands show. */
export function shown(charge: SandboxCharge) {
  return { ...charge, midtransStatus: charge.gateway === 'midtrans' ? transactionStatus(charge) : undefined };
}
