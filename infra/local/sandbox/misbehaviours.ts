/**
 * Gateways on a bad day: the next requests are answered late, wrongly, or not at all. What is asked for may be done nevertheless, which is
 * what makes it hard.
 */
import * as z from 'zod';
import { sandboxLimits } from './sandbox-limits.ts';
import type { SandboxStore } from './store.ts';

const kinds = [
  /** Instead of an answer: this status, a closed connection, or nothing. Nothing is done. */
  'status',
  'cut',
  'silent',
  /** The same once it has been done. */
  'status-after',
  'cut-after',
  'silent-after',
  /** Answered after `delayMs` of real time. */
  'delay',
  'redirect',
  'not-json',
  'huge',
  /** Answered with one thing in it that is not so. */
  'wrong-currency',
  'wrong-order',
  'fraction',
  'uppercase',
] as const;
export type MisbehaviourKind = (typeof kinds)[number];

export const misbehaviourSchema = z.strictObject({
  kind: z.enum(kinds),
  /** Requests that are spoilt. */
  count: z.int().min(1).max(sandboxLimits.misbehaviourCountMax).default(1),
  /** `midtrans.charge`, or what it begins with; all when left out. */
  operation: z.string().max(40).default(''),
  status: z.int().min(400).max(599).default(503),
  delayMs: z.int().min(0).max(sandboxLimits.misbehaviourDelayMsMax).default(1_000),
});
export type Misbehaviour = z.output<typeof misbehaviourSchema>;

const id = 'misbehaviours';

export function planned(store: SandboxStore): readonly Misbehaviour[] {
  return store.get('misbehaviours', id)?.plans ?? [];
}

export function plan(store: SandboxStore, plans: readonly Misbehaviour[]): void {
  store.put('misbehaviours', { id, reference: id, plans: plans.slice(0, sandboxLimits.listedMax) });
}

/** The plan that spoils this request, which counts for it. */
export function takePlan(store: SandboxStore, operation: string): Misbehaviour | undefined {
  const plans = planned(store);
  const index = plans.findIndex((candidate) => operation.startsWith(candidate.operation));
  const taken = plans[index];
  if (taken === undefined) return undefined;
  const left = taken.count > 1 ? [{ ...taken, count: taken.count - 1 }] : [];
  plan(store, plans.toSpliced(index, 1, ...left));
  return taken;
}
