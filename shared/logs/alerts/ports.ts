/**
 * What rules and alerts need of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Alert } from './alert.ts';
import type { AlertMessage } from './alert-message.ts';
import type { AlertRule, Channel } from './rule.ts';

export interface RuleStore {
  get(ruleId: string): Promise<AlertRule | undefined>;
  /** All of them, in the order in which they were made. */
  all(): Promise<AlertRule[]>;
  /** Writes the rule and the record of who did it, or nothing: false unless the stored one has the revision before (none for 1). */
  write(rule: AlertRule, audit: AuditEntry): Promise<boolean>;
  /** Removes the rule, with the record of who did it. False when it has another revision, or is gone. */
  remove(rule: AlertRule, audit: AuditEntry): Promise<boolean>;
}

export interface AlertStore {
  /** Stores the alert unless it was raised before; answers the one that is stored. */
  raise(alert: Alert): Promise<Alert>;
  /** Stores a new alert that a person asked for, with the record of who did. */
  add(alert: Alert, audit: AuditEntry): Promise<void>;
  get(alertId: string): Promise<Alert | undefined>;
  /** Takes a pending alert to deliver it; false when it is settled, or somebody else took it and their time is not up. */
  claim(alertId: string, claim: { nowMs: number; untilMs: number }): Promise<boolean>;
  /** The end of a claim: the alert's status, or `pending` for another attempt. */
  settle(alert: Alert): Promise<void>;
  /** Newest first, behind `after`. May lag by a moment. */
  newest(request: { after?: AlertPosition | undefined; limit: number }): Promise<Alert[]>;
}

export interface AlertPosition {
  readonly raisedAtMs: number;
  readonly id: string;
}

export interface AlertQueue {
  /** Has these alerts delivered, each at least once. */
  deliver(alertIds: readonly string[]): Promise<void>;
}

/** A refusal is for good. What may work later is thrown instead. */
export type ChannelOutcome = { readonly isSent: true } | { readonly isSent: false; readonly reason: string };

/** Carries alerts of one kind of channel. */
interface AlertCarrier<C extends Channel = Channel> {
  send(channel: C, alert: Alert, message: AlertMessage): Promise<ChannelOutcome>;
}

export type AlertCarriers = { readonly [K in Channel['kind']]: AlertCarrier<Extract<Channel, { kind: K }>> };
