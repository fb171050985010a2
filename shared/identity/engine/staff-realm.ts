import { staffEmailClaim, staffKey, staffPartition } from '../dynamodb-identity-keys.ts';
import { staffItem } from '../staff/dynamodb-staff-item.ts';
import { rolesOfStaff, staffRecordSchema, type StaffRecord } from '../staff/staff-record.ts';
import type { Realm } from './realm.ts';

const hourSeconds = 3_600;

/** Staff: sign in by e-mail, for a working day at most. */
export const staffRealm: Realm<StaffRecord> = {
  name: 'staff',
  user: staffRecordSchema,
  nameField: 'name',
  fields: { roles: 'string[]', status: 'string', locale: 'string', lastSeenAtMs: 'number' },
  sessionSeconds: { idle: 2 * hourSeconds, absolute: 12 * hourSeconds },
  issuerName: 'XM Backoffice',
  idPrefix: 'stf',
  rolesOf: rolesOfStaff,
  keys: {
    partition: staffPartition,
    user: staffKey,
    item: staffItem,
    indexChanges: () => ({}),
    claims: { email: staffEmailClaim },
    holder: 'staffId',
  },
};
