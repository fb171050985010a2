/**
 * What the wallet needs of payment gateways, in its own words.
 *
 * Every method but `parseWebhook` may throw, and throws nothing but the faults of `payment-faults.ts`: `payments.gateway-unavailable`
 * (nothing was done), `payments.outcome-unknown` and `payments.answer-wrong` (it may have been). What a gateway refuses is an outcome.
 * Instants are milliseconds since the epoch, amounts integer rupiah.
 */
import type { Bank, ChargeState, GatewayMethod, GatewayName, Instructions } from './payment.ts';
import type { PayoutState } from './payout.ts';

export interface ChargeRequest {
  /** Our id: the gateway files the charge under it, so that it can be asked for even when the answer was lost. */
  readonly depositId: string;
  readonly amountRupiah: number;
  readonly method: GatewayMethod;
  /** The gateway is asked to take no payment afterwards; it may do so later, and does not do so at all for Xendit's QRIS. */
  readonly expiresAtMs: number;
  /** Names the member to the gateway, without saying who they are. */
  readonly memberRef: string;
  /** E.164. OVO pushes to it, and refuses without. */
  readonly phone?: string | undefined;
}

export interface Charge {
  readonly gateway: GatewayName;
  readonly depositId: string;
  readonly gatewayTransactionId: string;
  readonly amountRupiah: number;
  readonly instructions: Instructions;
  /** When the gateway says that it will stop, if it says so. */
  readonly gatewayExpiresAtMs: number | null;
}

export type ChargeOutcome =
  | { readonly kind: 'charged'; readonly charge: Charge }
  /** Charged before under this id, and what to show for it cannot be had any more. */
  | { readonly kind: 'exists'; readonly gatewayTransactionId: string }
  /** For good: nothing was made. `reason` is the gateway's word, for the log and for staff. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A charge as both sides know it. The gateway's id is null as long as no answer told it. */
export interface ChargeRef {
  readonly depositId: string;
  readonly gatewayTransactionId: string | null;
}

/** Money that came in once. A charge may have been paid more than once. */
export interface Payment {
  /** Of the gateway, one per payment: what a credit claims for ever. */
  readonly paymentId: string;
  readonly amountRupiah: number;
  readonly paidAtMs: number | null;
  /** True when the gateway says of this very payment that it was taken back. */
  readonly isReversed?: boolean | undefined;
}

export interface Refund {
  readonly refundKey: string;
  readonly amountRupiah: number;
  /** `confirmed` once the bank has: gateways tell of a refund twice. */
  readonly state: 'pending' | 'confirmed' | 'failed';
}

export interface ChargeStatus {
  readonly gateway: GatewayName;
  readonly depositId: string;
  /** Null when it is still not known: Xendit's, of a charge whose answer was lost and which nobody has paid. */
  readonly gatewayTransactionId: string | null;
  readonly state: ChargeState;
  /** What the gateway says was asked for: to be compared with the deposit. Null when it does not say. */
  readonly amountRupiah: number | null;
  /** In the order they came in; also of a charge that was reversed or refunded since. */
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  /** The gateway's own word, for the timeline. */
  readonly rawStatus: string;
}

export interface RefundRequest extends ChargeRef {
  /** Ours: the same key is the same refund. */
  readonly refundKey: string;
  readonly amountRupiah: number;
  readonly reason: string;
}

export type RefundOutcome =
  | { readonly kind: 'accepted'; readonly refund: Refund }
  /** The method, the issuer, the amount or the time does not allow it. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What a webhook claims. The signature only admits it: Midtrans' covers no transaction status, so that a genuine one of a refund also fits
 * a forged settlement. Ask `status`, and act on that alone.
 */
export interface Notification {
  readonly gateway: GatewayName;
  readonly about: 'charge' | 'refund';
  /** The same for every delivery of the same news. */
  readonly eventId: string;
  /** Null when the webhook does not say; at least one of the three is there. */
  readonly depositId: string | null;
  readonly gatewayTransactionId: string | null;
  /** Ours, of the refund that it is about. Midtrans' list them all, and name none here. */
  readonly refundKey: string | null;
  readonly claimedState: ChargeState;
}

export type WebhookRefusal =
  /** Longer than `webhookBytesMax`. */
  | 'too-large'
  /** No JSON, or without the fields that are needed. */
  | 'malformed'
  /** Not signed, or not with our key. */
  | 'signature'
  /** Signed, and about something this house does not do: acknowledged and forgotten. */
  | 'not-ours';

export type WebhookOutcome<News> =
  | { readonly kind: 'admitted'; readonly notification: News }
  | { readonly kind: 'refused'; readonly reason: WebhookRefusal };

/** A request as it came: the bytes are signed, not what was parsed of them. Header names in lower case. */
export interface WebhookRequest {
  readonly rawBody: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface PaymentGateway {
  readonly name: GatewayName;
  charge(request: ChargeRequest): Promise<ChargeOutcome>;
  /**
   * Undefined when the gateway has no such charge. Xendit cannot be asked by our id: without its own, and as long as nothing was paid, the
   * state is `unknown`.
   */
  status(charge: ChargeRef): Promise<ChargeStatus | undefined>;
  /** Asks for no more payments, and answers the state afterwards: also `paid`, when it was too late for that. */
  cancel(charge: ChargeRef): Promise<ChargeStatus | undefined>;
  /** The same for a deadline that has passed, where the gateway tells them apart. */
  expire(charge: ChargeRef): Promise<ChargeStatus | undefined>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  /** Never throws for what was sent. */
  parseWebhook(request: WebhookRequest): Promise<WebhookOutcome<Notification>>;
}

export interface PayoutRequest {
  /** Our id: sent twice, it is one payout. Midtrans remembers it for 24 hours. */
  readonly withdrawalId: string;
  readonly amountRupiah: number;
  readonly bank: Bank;
  /** Digits. */
  readonly accountNumber: string;
  readonly accountName: string;
}

export type PayoutOutcome =
  | { readonly kind: 'sent'; readonly payout: PayoutStatus }
  | { readonly kind: 'refused'; readonly reason: string };

/** A payout as both sides know it. The gateway's id is null as long as no answer told it. */
export interface PayoutRef {
  readonly withdrawalId: string;
  readonly gatewayPayoutId: string | null;
}

export interface PayoutStatus {
  readonly gateway: GatewayName;
  readonly withdrawalId: string;
  readonly gatewayPayoutId: string;
  readonly state: PayoutState;
  /** Null when the gateway does not say. */
  readonly amountRupiah: number | null;
  readonly rawStatus: string;
  readonly failure: PayoutFailure | null;
}

interface PayoutFailure {
  /** The gateway's word. */
  readonly code: string;
  /** Whether the same may work in an hour or two, under a new id. */
  readonly isTemporary: boolean;
}

export type ApprovalOutcome = { readonly kind: 'approved' } | { readonly kind: 'refused'; readonly reason: string };

export type AccountCheck =
  | { readonly kind: 'found'; readonly accountName: string }
  | { readonly kind: 'not-found' }
  /** This gateway does not tell. */
  | { readonly kind: 'unsupported' };

export interface PayoutNotification {
  readonly gateway: GatewayName;
  readonly eventId: string;
  /** Midtrans tells its own id alone. */
  readonly withdrawalId: string | null;
  readonly gatewayPayoutId: string;
  readonly claimedState: PayoutState;
}

/** Who holds a bank account, where a gateway tells. No key that moves money is needed to ask. */
export interface AccountHolders {
  validateAccount(account: { readonly bank: Bank; readonly accountNumber: string }): Promise<AccountCheck>;
}

export interface PayoutGateway extends AccountHolders {
  readonly name: GatewayName;
  /** Whether a payout waits for `approve` after `send`. */
  readonly needsApproval: boolean;
  send(request: PayoutRequest): Promise<PayoutOutcome>;
  /** With the second key. Approved before is approved; where nothing needs to be, it is as well. */
  approve(payout: PayoutRef & { readonly gatewayPayoutId: string }): Promise<ApprovalOutcome>;
  /** Undefined when the gateway has no such payout, or cannot be asked for it: Midtrans needs its own id. */
  status(payout: PayoutRef): Promise<PayoutStatus | undefined>;
  parseWebhook(request: WebhookRequest): Promise<WebhookOutcome<PayoutNotification>>;
}
