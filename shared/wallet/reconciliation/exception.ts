/**
 * The exception: something that is not the same here and at a gateway, and that a person has to look at.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';

export const exceptionKinds = [
  /** A gateway has it, and nothing is booked here. */
  'missing-here',
  /** It is booked here, and the gateway's report does not have it. */
  'missing-there',
  'amount-differs',
  'paid-twice',
  /** Money came or went after the matter was closed. */
  'late',
  /** Nobody knows what became of it: the gateway does not say, or its answer was lost for good. */
  'unclear',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

export const exceptionLimits = { detailCharactersMax: 500, reasonCharacters: { min: 3, max: 500 } } as const;

const instantMs = z.int().nonnegative();
const rupiah = z.int().nullable();

export const exceptionSchema = z.object({
  /** `exc_…`, made of what it is about: found twice, it is one. */
  id: z.string().regex(/^exc_[0-9a-z]{20}$/),
  kind: z.enum(exceptionKinds),
  /** As the ledger's books name it: `midtrans`, `xendit`, `iris`. */
  gateway: z.string(),
  /** Our id of the deposit or the withdrawal, if any is known. */
  reference: z.string().nullable(),
  /** The gateway's id of the payment or the payout. */
  gatewayReference: z.string().nullable(),
  /** What is booked or expected here, and what the gateway says. */
  amountRupiah: rupiah,
  gatewayAmountRupiah: rupiah,
  detail: z.string().max(exceptionLimits.detailCharactersMax),
  createdAtMs: instantMs,
  state: z.enum(['open', 'resolved']),
  resolution: z.object({ staffId: z.string(), name: z.string(), atMs: instantMs, reason: z.string() }).nullable(),
});
export type Exception = z.output<typeof exceptionSchema>;

/** What is told by whoever finds it. */
export interface Finding {
  readonly kind: ExceptionKind;
  readonly gateway: string;
  readonly reference?: string | null | undefined;
  readonly gatewayReference?: string | null | undefined;
  readonly amountRupiah?: number | null | undefined;
  readonly gatewayAmountRupiah?: number | null | undefined;
  readonly detail: string;
}

/** Amounts are no part of what makes two findings the same: the first tells enough. */
export function exceptionOf(finding: Finding, nowMs: number): Exception {
  const { kind, gateway, reference = null, gatewayReference = null, amountRupiah = null, gatewayAmountRupiah = null } = finding;
  return {
    id: exceptionIdOf([kind, gateway, reference, gatewayReference]),
    kind,
    gateway,
    reference,
    gatewayReference,
    amountRupiah,
    gatewayAmountRupiah,
    detail: finding.detail.slice(0, exceptionLimits.detailCharactersMax),
    createdAtMs: nowMs,
    state: 'open',
    resolution: null,
  };
}

function exceptionIdOf(parts: readonly (string | null)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `exc_${BigInt(`0x${digest}`).toString(36).padStart(20, '0').slice(-20)}`;
}
