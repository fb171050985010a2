/**
 * Staff look at an identity card and decide about it.
 */
import type * as z from 'zod';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { membershipAt, verified } from '../administration/membership-status.ts';
import type { MemberDirectory } from '../administration/ports.ts';
import { instant, instantOrNull, presentMemberDetail, type MemberDetailView } from '../administration/present-member.ts';
import { requireMember } from '../administration/read-member.ts';
import { identityFault } from '../identity-faults.ts';
import type { kycView } from '../routes/member-routes.ts';
import { saidBy, type Decider, type StaffNames } from '../staff/decider.ts';
import type { CardStore, CardVault } from './ports.ts';

interface ReadDeps {
  readonly members: MemberDirectory;
  readonly cards: CardStore;
  readonly vault: CardVault;
  readonly staff: StaffNames;
  readonly audit: AuditLog;
}

interface DecideDeps extends Pick<ReadDeps, 'members' | 'cards' | 'staff'> {
  readonly clock: Clock;
}

/** The data of the card. Nobody sees them before the look is on record. */
export async function readKyc(
  { members, cards, vault, staff, audit }: ReadDeps,
  { memberId, decider }: { readonly memberId: string; readonly decider: Decider },
): Promise<z.input<typeof kycView>> {
  await requireMember(members, memberId);
  const card = await cards.get(memberId);
  if (card === undefined) return { state: 'none', data: null, submittedAt: null, decidedBy: null, decidedAt: null, reason: null };
  const stream = `member:${memberId}`;
  await audit.append({ ...(await saidBy(staff, decider)), stream, subject: stream, action: 'kyc.read' });
  const { state, submittedAtMs, decidedByName, decidedAtMs, reason } = card;
  return {
    state,
    data: await vault.open(memberId, card.sealed),
    submittedAt: instant(submittedAtMs),
    decidedBy: decidedByName,
    decidedAt: instantOrNull(decidedAtMs),
    reason,
  };
}

interface Decision {
  readonly memberId: string;
  readonly decision: 'approved' | 'rejected';
  readonly reason: string;
  readonly decider: Decider;
}

/** A status that changes while the card is decided on is no reason to refuse: the decision is made on what is there then. */
const attemptsMax = 3;

/** Approval verifies the member. Throws `identity.kyc-settled` unless a card waits; of two who decide at once one is told so. */
export async function decideKyc(deps: DecideDeps, { memberId, decision, reason, decider }: Decision): Promise<MemberDetailView> {
  const { members, cards, staff, clock } = deps;
  const said = await saidBy(staff, decider);
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const nowMs = clock.now();
    const member = await requireMember(members, memberId);
    const card = await cards.get(memberId);
    if (card?.state !== 'submitted' || member.kyc !== 'submitted') throw identityFault('identity.kyc-settled');
    const { actor, actorName } = said;
    const to = decision === 'approved' ? verified(member.membership, { reason, actor }, nowMs) : member.membership;
    const decided = { ...card, state: decision, decidedBy: decider.staffId, decidedByName: actorName, decidedAtMs: nowMs, reason };
    const stream = `member:${memberId}`;
    const states = {
      before: { kyc: member.kyc, status: membershipAt(member.membership, nowMs).status },
      after: { kyc: decision, status: membershipAt(to, nowMs).status },
    };
    const entry = { ...said, stream, subject: stream, action: `kyc.${decision}`, reason, ...states };
    if (await cards.decide(decided, { member, to, kyc: decision, endsTokens: false }, entry))
      return presentMemberDetail({ ...member, membership: to, kyc: decision }, await members.proofsOf(memberId), nowMs);
  }
  throw identityFault('identity.kyc-settled');
}
