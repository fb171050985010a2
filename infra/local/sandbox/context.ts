/**
 * What the parts of the sandbox gateway share.
 */
import * as z from 'zod';
import type { LocalClock, StackLog } from '../ports.ts';
import { sandboxLimits } from './sandbox-limits.ts';
import type { SandboxStore } from './store.ts';

/** What each side authenticates and signs with. The sandbox guards nothing: they only have to be the same here and in the adapters. */
export interface SandboxKeys {
  readonly midtransServerKey: string;
  readonly irisCreatorKey: string;
  readonly irisApproverKey: string;
  readonly irisMerchantKey: string;
  readonly xenditSecretKey: string;
  readonly xenditCallbackToken: string;
}

/** Where webhooks go. One that is left out is not sent. */
export interface WebhookUrls {
  readonly midtransUrl?: string;
  readonly irisUrl?: string;
  readonly xenditUrl?: string;
  readonly xenditPayoutUrl?: string;
}

/** How the sandbox behaves from now on; kept over restarts. */
export const settingsSchema = z.strictObject({
  /** Webhooks wait until they are released. */
  isHolding: z.boolean(),
  /** Of every webhook. */
  copies: z.int().min(0).max(sandboxLimits.copiesMax),
  delaySeconds: z.int().min(0).max(sandboxLimits.delaySecondsMax),
  /** Charges expire by themselves, at their time. */
  isExpiring: z.boolean(),
  /** Payouts complete by themselves, once they may go. */
  isPayingOut: z.boolean(),
});
export type SandboxSettings = z.output<typeof settingsSchema>;

export const settingsDefault: SandboxSettings = { isHolding: false, copies: 1, delaySeconds: 0, isExpiring: true, isPayingOut: false };

export interface SandboxContext {
  readonly store: SandboxStore;
  readonly clock: LocalClock;
  readonly keys: SandboxKeys;
  readonly urls: WebhookUrls;
  readonly log: StackLog;
  settings(): SandboxSettings;
  /** Where its pages are, without a slash at the end. */
  pageUrl(): string;
}

/** What the sandbox's timers wait for. */
export const timerKind = 'sandbox';
export type TimerPayload =
  | { readonly what: 'webhook'; readonly id: string }
  | { readonly what: 'expiry'; readonly id: string }
  | { readonly what: 'payout'; readonly id: string };

export function schedule({ clock }: SandboxContext, payload: TimerPayload, dueAtMs: number): void {
  clock.schedule({ id: `sandbox.${payload.what}.${payload.id}`, kind: timerKind, dueAtMs, payload });
}
