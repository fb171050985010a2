/**
 * An identity card that a member gave, and what was decided about it. The data in it are sealed wherever they rest.
 */
import * as z from 'zod';

export const kycCardSchema = z.object({
  memberId: z.string(),
  state: z.enum(['submitted', 'approved', 'rejected']),
  submittedAtMs: z.int().nonnegative(),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAtMs: z.int().nonnegative().nullable(),
  reason: z.string().nullable(),
  /** Keyed hash of the NIK: finds whoever gave the same one, and tells nothing without the key. */
  nikHash: z.string(),
  sealed: z.object({
    /** The data key, encrypted under the key of the vault; base64. */
    dataKey: z.string(),
    /** The data, encrypted under the data key; base64url. */
    data: z.string(),
  }),
});

export type KycCard = z.output<typeof kycCardSchema>;
export type SealedData = KycCard['sealed'];
