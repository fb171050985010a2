/**
 * Which limits a member is under, read off the membership.
 */
import { membershipAt } from '#shared/identity/administration/membership-status.ts';
import type { MemberDirectory } from '#shared/identity/administration/ports.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { MembershipLevels } from './ports.ts';
import type { MembershipLevel } from './wallet-limits.ts';

interface Deps {
  readonly members: Pick<MemberDirectory, 'get'>;
  readonly clock: Clock;
}

export function membershipLevels({ members, clock }: Deps): MembershipLevels {
  return {
    async of(memberId) {
      const member = await members.get(memberId);
      return member && levelOf(member, clock.now());
    },
  };
}

/** A suspension says nothing of who somebody is, and takes no money from them; a ban and the end of an account take no more in. */
function levelOf({ membership }: Pick<MemberRecord, 'membership'>, nowMs: number): MembershipLevel | undefined {
  const { status, before } = membershipAt(membership, nowMs);
  if (status === 'banned' || status === 'deleted') return undefined;
  const standing = status === 'suspended' ? before?.status : status;
  return standing === 'verified' || standing === 'premium' ? 'verified' : 'unverified';
}
