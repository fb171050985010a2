/**
 * A person of the staff as stored: the account without what proves that somebody is its owner.
 */
import * as z from 'zod';
import { staffRoles } from '#shared/platform/permissions.ts';
import { localeSchema } from '../member.ts';

const instantMs = z.int().nonnegative();

export const rolesSchema = z.array(z.enum(staffRoles)).min(1);

export const staffRecordSchema = z.object({
  /** `stf_…` */
  id: z.string().startsWith('stf_'),
  /** In lower case; unique among staff. A member may have the same one: the two accounts have nothing in common. */
  email: z.string(),
  name: z.string(),
  roles: rolesSchema,
  status: z.enum(['active', 'disabled']),
  locale: localeSchema,
  createdAtMs: instantMs,
  lastSeenAtMs: instantMs.nullable(),
});

export type StaffRecord = z.output<typeof staffRecordSchema>;

/** Roles of the tokens that somebody gets; none for whom may not come in. */
export const rolesOfStaff = ({ status, roles }: StaffRecord): StaffRecord['roles'] => (status === 'active' ? roles : []);

/** Owners who are disabled decide nothing, so they do not count as such. */
export const isActiveOwner = ({ status, roles }: Pick<StaffRecord, 'status' | 'roles'>): boolean =>
  status === 'active' && roles.includes('owner');
