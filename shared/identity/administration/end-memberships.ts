/**
 * Writes down statuses that have run out. They have ended by the clock already: this keeps the lists by status and the audit log up to date.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { statusEntry } from './change-status.ts';
import { membershipAt } from './membership-status.ts';
import type { MemberDirectory, MembershipStore } from './ports.ts';

interface Deps {
  readonly members: Pick<MemberDirectory, 'ended' | 'load'>;
  readonly memberships: MembershipStore;
  readonly clock: Clock;
}

/** Of one run; the next one goes on. */
const endsPerRunMax = 500;
const atOnce = 25;

/** Answers how many were written down. Safe to run at any time, and twice at once. */
export async function endMemberships({ members, memberships, clock }: Deps): Promise<number> {
  const nowMs = clock.now();
  const ends = await members.ended(nowMs, endsPerRunMax);
  let written = 0;
  for (let index = 0; index < ends.length; index += atOnce) {
    const group = ends.slice(index, index + atOnce);
    const loaded = new Map((await members.load(group.map(({ memberId }) => memberId))).map((member) => [member.id, member]));
    const outcomes = await Promise.all(
      group.map(async (end) => {
        const member = loaded.get(end.memberId);
        // An end that is not the status's own was left by somebody who was erased, or by a change meanwhile.
        if (member?.membership.untilMs !== end.untilMs) return memberships.forgetEnd(end).then(() => false);
        const to = membershipAt(member.membership, nowMs);
        const entry = { ...statusEntry({ ...member, membership: { ...member.membership, untilMs: null } }, to, nowMs), actor: 'system' };
        return memberships.change({ member, to, endsTokens: false }, { ...entry, action: 'member.status-ended' });
      }),
    );
    written += outcomes.filter(Boolean).length;
  }
  return written;
}
