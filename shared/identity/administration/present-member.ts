/**
 * Members as staff see them.
 */
import type * as z from 'zod';
import type { MemberRecord } from '../member-record.ts';
import type { memberDetailView, memberView } from '../routes/views.ts';
import { membershipAt, movesOf } from './membership-status.ts';

export type MemberView = z.input<typeof memberView>;
export type MemberDetailView = z.input<typeof memberDetailView>;

export interface Proofs {
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
}

export function presentMember(member: MemberRecord, nowMs: number): MemberView {
  const { id, handle, displayName, email, phone } = member;
  const { status, reason, untilMs } = membershipAt(member.membership, nowMs);
  return {
    id,
    handle,
    displayName,
    email,
    phone,
    status,
    statusReason: reason,
    statusUntil: instantOrNull(untilMs),
    createdAt: instant(member.createdAtMs),
    lastSeenAt: instantOrNull(member.lastSeenAtMs),
  };
}

export function presentMemberDetail(member: MemberRecord, proofs: Proofs, nowMs: number): MemberDetailView {
  const { hasPassword, hasSecondFactor } = proofs;
  return {
    ...presentMember(member, nowMs),
    statusBefore: membershipAt(member.membership, nowMs).before?.status ?? null,
    // The account's end is the member's own wish, or the law's: nobody of the staff moves a member there.
    moves: movesOf(member.membership, nowMs).filter((to) => to !== 'deleted'),
    hasPassword,
    hasSecondFactor,
    kyc: member.kyc,
    deletionAt: instantOrNull(member.deletionAtMs),
    locale: member.locale,
  };
}

export const instant = (ms: number): string => new Date(ms).toISOString();
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
