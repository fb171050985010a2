/**
 * Invitations to the staff: given, withdrawn, and the very first one.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { StaffRole } from '#shared/platform/permissions.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { withinRateLimits } from '#shared/platform/rate-limit/within-rate-limits.ts';
import { identityFault } from '../identity-faults.ts';
import { saidBy, type Decider } from './decider.ts';
import { invitationHours, newInvitation, type Invitation } from './invitation.ts';
import type { InvitationStore, StaffStore } from './ports.ts';
import { presentInvitation, type InvitationView } from './present-staff.ts';

interface Deps {
  readonly staff: StaffStore;
  readonly invitations: InvitationStore;
  readonly messenger: Messenger;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Of the backoffice: links lead there. */
  readonly backofficeOrigin: string;
}

interface Request {
  readonly email: string;
  readonly roles: readonly StaffRole[];
  readonly decider: Decider;
}

const invitationsPerHour = { name: 'invitations', limit: 20, windowSeconds: 3_600 } as const;

/** An open invitation of the same address is withdrawn: the newest link counts. */
export async function inviteStaff(deps: Deps, { email, roles, decider }: Request): Promise<InvitationView> {
  const { staff, invitations, messenger, limits, clock } = deps;
  await withinRateLimits(limits, [{ rule: invitationsPerHour, key: decider.staffId }]);
  const said = await saidBy(staff, decider);
  const { invitation, token } = newInvitation(deps, { email, roles, invitedBy: decider.staffId, invitedByName: said.actorName });
  const added = await invitations.add(invitation, {
    ...said,
    ...aboutInvitation(invitation),
    action: 'staff.invited',
    after: { email, roles },
  });
  if (added === 'exists') throw identityFault('identity.staff-exists');
  await messenger.send({
    channel: 'email',
    to: email,
    // Nothing is known of somebody who has not come yet.
    locale: 'id',
    template: 'staff-invitation',
    values: { link: invitationLink(deps, token), invitedBy: said.actorName, hours: invitationHours },
  });
  return presentInvitation(invitation, clock.now());
}

/** Throws `identity.invitation-invalid` for one that was accepted or withdrawn before. */
export async function withdrawInvitation(
  { staff, invitations }: Pick<Deps, 'staff' | 'invitations'>,
  { invitationId, decider }: { readonly invitationId: string; readonly decider: Decider },
): Promise<undefined> {
  const invitation = await invitations.get(invitationId);
  if (invitation === undefined) throw identityFault('identity.invitation-invalid');
  const entry = { ...(await saidBy(staff, decider)), ...aboutInvitation(invitation), action: 'staff.invitation-withdrawn' };
  if (!(await invitations.withdraw(invitation, entry))) throw identityFault('identity.invitation-invalid');
}

/**
 * Invites the first owner, as long as there is none: an open invitation, whose link is answered and sent nowhere. Undefined when there is an
 * owner, who can invite others. Safe to repeat when the link was lost; the newest one for the address counts.
 */
export async function createFirstOwner(
  deps: Pick<Deps, 'staff' | 'invitations' | 'clock' | 'chance' | 'backofficeOrigin'>,
  email: string,
): Promise<{ readonly link: string; readonly token: string; readonly expiresAt: string } | undefined> {
  if ((await deps.staff.owners()) > 0) return undefined;
  const { invitation, token } = newInvitation(deps, { email, roles: ['owner'], invitedBy: 'system', invitedByName: 'XM' });
  const entry = { ...aboutInvitation(invitation), actor: 'system', action: 'staff.invited', after: { email, roles: invitation.roles } };
  if ((await deps.invitations.add(invitation, entry)) === 'exists') throw identityFault('identity.staff-exists');
  return { link: invitationLink(deps, token), token, expiresAt: new Date(invitation.expiresAtMs).toISOString() };
}

const aboutInvitation = ({ id }: Invitation) => ({ stream: 'invitations', subject: `invitation:${id}` });
const invitationLink = ({ backofficeOrigin }: Pick<Deps, 'backofficeOrigin'>, token: string): string =>
  `${backofficeOrigin}/#/accept?token=${token}`;
