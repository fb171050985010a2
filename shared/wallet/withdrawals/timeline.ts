/**
 * What happened to a withdrawal, one line each, for whoever looks into it. Append-only.
 */
import * as z from 'zod';

export const timelineKinds = [
  'submitted',
  /** One of two approvals. */
  'first-approval',
  'approved',
  'rejected',
  'cancelled',
  'attempt',
  'sent',
  /** By the gateway's second key. */
  'released-at-gateway',
  'gateway-status',
  'stalled',
  'tried-again',
  'given-up',
  /** A person has found the payout in the gateway's own pages. */
  'found',
  'completed',
  'failed',
  'reversed',
  /** Asked, without an answer or without news. */
  'asked',
  'exception',
] as const;

const detailCharactersMax = 500;

export const timelineEventSchema = z.object({
  atMs: z.int().nonnegative(),
  /** Of the withdrawal as it became. */
  version: z.int().positive(),
  what: z.enum(timelineKinds),
  /** `member:…`, `staff:stf_…`, `system:payouts`. */
  actor: z.string(),
  actorName: z.string().nullable(),
  detail: z.string().max(detailCharactersMax).nullable(),
});
export type TimelineEvent = z.output<typeof timelineEventSchema>;
export type TimelineKind = TimelineEvent['what'];

interface Happening {
  readonly what: TimelineKind;
  readonly actor: string;
  readonly actorName?: string | undefined;
  readonly detail?: string | undefined;
}

/** The line for what a withdrawal has become. */
export function eventOf(
  { updatedAtMs, version }: { readonly updatedAtMs: number; readonly version: number },
  { what, actor, actorName, detail }: Happening,
): TimelineEvent {
  return { atMs: updatedAtMs, version, what, actor, actorName: actorName ?? null, detail: detail?.slice(0, detailCharactersMax) ?? null };
}
