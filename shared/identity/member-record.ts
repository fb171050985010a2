/**
 * A member as stored: the account without what proves that somebody is its owner.
 */
import * as z from 'zod';
import { membershipSchema } from './administration/membership-status.ts';
import { kycStateSchema, localeSchema } from './member.ts';

const instantMs = z.int().nonnegative();

export const memberRecordSchema = z.object({
  /** Decimal snowflake: says when the member joined, too. */
  id: z.string().regex(/^\d{1,19}$/),
  /** As it was written; unique in lower case. */
  handle: z.string().min(1),
  displayName: z.string(),
  /** In lower case. */
  email: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  locale: localeSchema,
  createdAtMs: instantMs,
  lastSeenAtMs: instantMs.nullable(),
  /** When the account will be erased; null unless its deletion was asked for. */
  deletionAtMs: instantMs.nullable(),
  membership: membershipSchema,
  /** Whether the data of the identity card were given and decided on; the data themselves stand apart. */
  kyc: kycStateSchema,
});

export type MemberRecord = z.output<typeof memberRecordSchema>;
