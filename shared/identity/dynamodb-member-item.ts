/**
 * A member as an item: what stands in the table and in which order the indexes have it.
 */
import type { Item } from '#shared/platform/dynamodb.ts';
import { handlesPartition, memberKey, monthPartition, statusPartition } from './dynamodb-identity-keys.ts';
import type { MembershipStatus } from './member.ts';
import { memberRecordSchema, type MemberRecord } from './member-record.ts';

export function memberItem(member: MemberRecord): Item {
  return {
    ...memberKey(member.id),
    ...memberRecordSchema.parse(member),
    gsi1pk: monthPartition(monthOf(idTimeMs(member.id))),
    gsi1sk: member.id,
    ...handleIndexKeys(member.handle),
    ...statusIndexKeys(member.id, member.membership.status),
  };
}

export const memberOf = (item: Item | undefined): MemberRecord | undefined => item && memberRecordSchema.parse(item);

/** To be set again whenever the handle changes. */
export function handleIndexKeys(handle: string): { gsi2pk: string; gsi2sk: string } {
  const lower = handle.toLowerCase();
  return { gsi2pk: handlesPartition(lower.slice(0, 2)), gsi2sk: lower };
}

/** To be set again, or removed, whenever the status changes: nearly everybody is basic, so that status has no partition of its own. */
export function statusIndexKeys(memberId: string, status: MembershipStatus): { gsi3pk?: string; gsi3sk?: string } {
  return status === 'basic' ? {} : { gsi3pk: statusPartition(status), gsi3sk: memberId };
}

/** When a snowflake was made, in milliseconds since the epoch. */
const idTimeMs = (id: string): number => Number(BigInt(id) >> 16n);

/** `2026-11`, of UTC. */
const monthOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7);
