import { rolesOfMember } from '../administration/membership-status.ts';
import { emailClaim, handleClaim, memberKey, memberPartition, phoneClaim } from '../dynamodb-identity-keys.ts';
import { handleIndexKeys, memberItem, statusIndexKeys } from '../dynamodb-member-item.ts';
import { memberRecordSchema, type MemberRecord } from '../member-record.ts';
import type { Realm } from './realm.ts';

const daySeconds = 86_400;

/** Members: sign in by e-mail, number or handle, and stay signed in for long. */
export const memberRealm: Realm<MemberRecord> = {
  name: 'member',
  user: memberRecordSchema,
  nameField: 'displayName',
  fields: {
    handle: 'string',
    phone: 'string',
    locale: 'string',
    lastSeenAtMs: 'number',
    deletionAtMs: 'number',
    membership: 'json',
    kyc: 'string',
  },
  sessionSeconds: { idle: 60 * daySeconds, absolute: 180 * daySeconds },
  issuerName: 'XM',
  idPrefix: undefined,
  rolesOf: ({ membership }, nowMs) => rolesOfMember(membership, nowMs),
  keys: {
    partition: memberPartition,
    user: memberKey,
    item: memberItem,
    indexChanges: (id, { handle, membership }) => ({
      ...(handle !== undefined && handleIndexKeys(handle)),
      ...(membership !== undefined && { gsi3pk: undefined, gsi3sk: undefined, ...statusIndexKeys(id, membership.status) }),
    }),
    claims: { email: emailClaim, phone: phoneClaim, handle: handleClaim },
    holder: 'memberId',
  },
};
