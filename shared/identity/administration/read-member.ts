import type { Clock } from '#shared/platform/clock.ts';
import { identityFault } from '../identity-faults.ts';
import type { MemberRecord } from '../member-record.ts';
import type { MemberDirectory } from './ports.ts';
import { presentMemberDetail, type MemberDetailView } from './present-member.ts';

export async function readMember(
  { members, clock }: { members: MemberDirectory; clock: Clock },
  memberId: string,
): Promise<MemberDetailView> {
  const [member, proofs] = await Promise.all([members.get(memberId), members.proofsOf(memberId)]);
  if (member === undefined) throw identityFault('identity.member-not-found');
  return presentMemberDetail(member, proofs, clock.now());
}

/** Throws `identity.member-not-found`. */
export async function requireMember(members: Pick<MemberDirectory, 'get'>, memberId: string): Promise<MemberRecord> {
  const member = await members.get(memberId);
  if (member === undefined) throw identityFault('identity.member-not-found');
  return member;
}
