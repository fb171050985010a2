/**
 * The table of identity: its keys. Members, staff and what proves who they are; identity card data stand in a table of their own.
 *
 * | what | pk | sk | index |
 * | --- | --- | --- | --- |
 * | member | `MEMBER#<id>` | `MEMBER` | gsi1 `MEMBERS#<yyyy-mm>` / id; gsi2 `HANDLES#<first two>` / handle; gsi3 `MEMBERS#<status>` / id, not for basic |
 * | unique claim | `EMAIL#…`, `PHONE#…`, `HANDLE#…` | `CLAIM` | |
 * | password, second factor, session, note | `MEMBER#<id>` | `ACCOUNT#credential`, `SECOND-FACTOR`, `SESSION#<sid>`, `NOTE#<id>` | |
 * | end of a status | `ENDS` | `<when>#<member id>` | |
 * | staff | `STAFF#<id>` | `STAFF` | gsi1 `STAFF` / id |
 * | unique claim of staff | `STAFF-EMAIL#…` | `CLAIM` | |
 * | link to set up a second factor anew | `STAFF#<id>` | `ENROLMENT-LINK` | |
 * | how many owners can come in | `STAFF` | `OWNERS` | |
 * | invitation | `INVITATION#<id>` | `INVITATION` | gsi1 `INVITATIONS` / id |
 * | open invitation of an address | `INVITED#<email>` | `CLAIM` | |
 *
 * The indexes project everything, and are read for ids and order alone: what they show may be a moment old.
 */
import type { MembershipStatus } from './member.ts';

export const indexNames = { joined: 'gsi1', handles: 'gsi2', statuses: 'gsi3' } as const;

type Key = Readonly<Record<'pk' | 'sk', string>>;

export const memberPartition = (memberId: string): string => `MEMBER#${memberId}`;
export const memberKey = (memberId: string): Key => ({ pk: memberPartition(memberId), sk: 'MEMBER' });
export const staffPartition = (staffId: string): string => `STAFF#${staffId}`;
export const staffKey = (staffId: string): Key => ({ pk: staffPartition(staffId), sk: 'STAFF' });

/** Below a member or a person of the staff. */
export const accountKey = (partition: string): Key => ({ pk: partition, sk: 'ACCOUNT#credential' });
export const secondFactorKey = (partition: string): Key => ({ pk: partition, sk: 'SECOND-FACTOR' });
export const sessionPrefix = 'SESSION#';
export const sessionKey = (partition: string, sessionId: string): Key => ({ pk: partition, sk: `${sessionPrefix}${sessionId}` });
export const notePrefix = 'NOTE#';
export const noteKey = (memberId: string, noteId: string): Key => ({ pk: memberPartition(memberId), sk: `${notePrefix}${noteId}` });

const claim = (what: string, value: string): Key => ({ pk: `${what}#${value}`, sk: 'CLAIM' });
/** Claims name their holder: `memberId`, or `staffId`. Addresses and handles count in lower case, numbers in E.164. */
export const emailClaim = (email: string): Key => claim('EMAIL', email.toLowerCase());
export const phoneClaim = (phone: string): Key => claim('PHONE', phone);
export const handleClaim = (handle: string): Key => claim('HANDLE', handle.toLowerCase());
export const staffEmailClaim = (email: string): Key => claim('STAFF-EMAIL', email.toLowerCase());
export const invitedClaim = (email: string): Key => claim('INVITED', email.toLowerCase());

/** Months are those of UTC; the id says when the member joined. */
export const monthPartition = (month: string): string => `MEMBERS#${month}`;
export const statusPartition = (status: MembershipStatus): string => `MEMBERS#${status}`;
export const handlesPartition = (firstTwo: string): string => `HANDLES#${firstTwo}`;

export const endsPartition = 'ENDS';
/** Sorts by time: milliseconds have thirteen digits until the year 2286. */
export const endKey = (untilMs: number, memberId: string): Key => ({
  pk: endsPartition,
  sk: `${String(untilMs).padStart(13, '0')}#${memberId}`,
});

export const staffListPartition = 'STAFF';
export const enrolmentLinkKey = (staffId: string): Key => ({ pk: staffPartition(staffId), sk: 'ENROLMENT-LINK' });
export const ownersKey: Key = { pk: 'STAFF', sk: 'OWNERS' };
export const invitationsPartition = 'INVITATIONS';
export const invitationKey = (invitationId: string): Key => ({ pk: `INVITATION#${invitationId}`, sk: 'INVITATION' });
