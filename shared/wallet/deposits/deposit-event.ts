/**
 * The timeline of a deposit: what happened, in the order in which this house learnt it. Append-only, for staff.
 */
import * as z from 'zod';
import { depositStatuses } from './deposit.ts';

const eventKinds = [
  'opened',
  'charged',
  /** Somebody else's news, before anything was done about it. */
  'webhook',
  'status',
  'payment',
  'refund',
  'reversal',
  'decision',
  /** Something that nobody could decide by rule. */
  'trouble',
] as const;

export const gatewayStatusCharactersMax = 100;

export const depositEventSchema = z.object({
  atMs: z.int().nonnegative(),
  kind: z.enum(eventKinds),
  /** `member:…`, `staff:…`, `system:timer`, `system:webhook`, `system:sweeper`. */
  actor: z.string().max(120),
  /** Of a person of the staff, as they were called then. */
  actorName: z.string().nullable().default(null),
  /** The status that the deposit came into; null when it stayed what it was. */
  status: z.enum(depositStatuses).nullable(),
  /** The gateway's own word for how it stood with the charge. */
  gatewayStatus: z.string().max(gatewayStatusCharactersMax).nullable(),
  amountRupiah: z.int().nullable(),
  postingId: z.string().nullable(),
  detail: z.string().max(500).nullable(),
});
export type DepositEvent = z.output<typeof depositEventSchema>;

/** With nothing where nothing is said. */
export function depositEvent(event: Pick<DepositEvent, 'atMs' | 'kind' | 'actor'> & Partial<DepositEvent>): DepositEvent {
  return { actorName: null, status: null, gatewayStatus: null, amountRupiah: null, postingId: null, detail: null, ...event };
}
