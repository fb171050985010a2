/**
 * What the sandbox gateway remembers, by kind.
 */
import type { SandboxCharge } from './charge.ts';
import type { Misbehaviour } from './misbehaviours.ts';
import type { SandboxAnswer } from './routes.ts';

/** `reference` is what the other side calls it. */
interface Stored {
  readonly id: string;
  readonly reference: string;
}

/** `reference` is the idempotency key at Iris and the reference id at Xendit: the withdrawal's. */
export interface SandboxPayout extends Stored {
  readonly gateway: 'midtrans' | 'xendit';
  readonly amountRupiah: number;
  readonly bank: string;
  readonly accountNumber: string;
  readonly accountName: string;
  /** In the gateway's own word. */
  readonly status: string;
  readonly failureCode: string | null;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export type Channel = 'midtrans' | 'iris' | 'xendit' | 'xendit-payout';

interface WebhookAttempt {
  readonly atMs: number;
  /** HTTP status, or `timeout` or `unreachable`. */
  readonly answer: string;
  /** How long the answer was waited for, of real time. */
  readonly tookMs: number;
}

export interface SandboxWebhook extends Stored {
  readonly channel: Channel;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly state: 'held' | 'waiting' | 'delivered' | 'given-up';
  readonly madeMs: number;
  readonly attempts: readonly WebhookAttempt[];
}

export interface Remembered extends Stored {
  readonly request: string;
  readonly answer: SandboxAnswer;
  readonly atMs: number;
}

interface PlannedMisbehaviours extends Stored {
  readonly plans: readonly Misbehaviour[];
}

export interface Items {
  readonly charge: SandboxCharge;
  /** Its reference is its charge's id. */
  readonly payment: Stored;
  readonly payout: SandboxPayout;
  readonly webhook: SandboxWebhook;
  readonly idempotency: Remembered;
  readonly settings: Stored;
  readonly misbehaviours: PlannedMisbehaviours;
}
export type Kind = keyof Items;
