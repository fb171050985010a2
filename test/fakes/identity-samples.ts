import { newMembership } from '#shared/identity/administration/membership-status.ts';
import type { KycCard } from '#shared/identity/kyc/kyc-card.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { StaffRecord } from '#shared/identity/staff/staff-record.ts';

export const joinedAtMs = Date.UTC(2026, 10, 21, 5);

/** Id of somebody who joined then, the `number`th in that millisecond. */
export const memberIdAt = (atMs: number, number = 1): string => String((BigInt(atMs) << 16n) | BigInt(number));

/** A basic member; the id says when it joined. */
export function sampleMember(over: Partial<MemberRecord> = {}): MemberRecord {
  const id = over.id ?? memberIdAt(over.createdAtMs ?? joinedAtMs);
  const createdAtMs = Number(BigInt(id) >> 16n);
  return {
    id,
    handle: `Member.${id}`,
    displayName: 'Sari Dewi',
    email: `m${id}@example.id`,
    phone: null,
    locale: 'id',
    createdAtMs,
    lastSeenAtMs: null,
    deletionAtMs: null,
    membership: newMembership(`member:${id}`, createdAtMs),
    kyc: 'none',
    ...over,
  };
}

/** A card that waits for a decision. */
export function sampleCard(memberId: string, over: Partial<KycCard> = {}): KycCard {
  return {
    memberId,
    state: 'submitted',
    submittedAtMs: joinedAtMs,
    decidedBy: null,
    decidedByName: null,
    decidedAtMs: null,
    reason: null,
    nikHash: 'hash-1',
    sealed: { dataKey: 'a2V5', data: 'ZGF0YQ' },
    ...over,
  };
}

export function sampleStaff(over: Partial<StaffRecord> = {}): StaffRecord {
  return {
    id: 'stf_0000000000000000000001',
    email: 'owner@example.id',
    name: 'Olivia Owner',
    roles: ['owner'],
    status: 'active',
    locale: 'en',
    createdAtMs: joinedAtMs,
    lastSeenAtMs: null,
    ...over,
  };
}
