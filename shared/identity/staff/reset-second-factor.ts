/**
 * An owner takes away somebody's second factor, who has lost it, and has a link sent to set up another. Where the owner who has lost it is the only
 * one, whoever runs the system does.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { notOneself, type ChangeStaffDeps } from './change-staff.ts';
import { saidBy, type Decider } from './decider.ts';
import { enrolmentLinkHours, newEnrolmentLink } from './enrolment-link.ts';
import { requireStaff } from './list-staff.ts';
import { isActiveOwner, type StaffRecord } from './staff-record.ts';

interface Deps extends ChangeStaffDeps {
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Of the backoffice: the link leads there. */
  readonly backofficeOrigin: string;
}

interface Request {
  readonly staffId: string;
  readonly reason: string;
  readonly decider: Decider;
}

/** The link alone lets nobody in: it asks for the password. Until it is used there is no way to sign in. */
export async function resetSecondFactor(deps: Deps, { staffId, reason, decider }: Request): Promise<{ expiresAt: string }> {
  notOneself({ staffId, decider });
  const person = await requireStaff(deps.staff, staffId);
  return replaceByLink(deps, person, { ...(await saidBy(deps.staff, decider)), reason });
}

/** Who stands in the audit log for what whoever runs the system decides by a command. */
const operator = 'system:operator';

/** The same for an owner, without another one who decides. Undefined when no owner who may come in signs in with the address. Safe to repeat. */
export async function renewOwnersSecondFactor(
  deps: Deps,
  { email, reason }: { readonly email: string; readonly reason: string },
): Promise<{ expiresAt: string } | undefined> {
  const person = await deps.staff.byEmail(email);
  return person !== undefined && isActiveOwner(person) ? replaceByLink(deps, person, { actor: operator, reason }) : undefined;
}

/** Secret and recovery codes go, with all sessions; a link to set up others leaves for the person's own address. */
async function replaceByLink(
  deps: Deps,
  { id: staffId, email, locale }: StaffRecord,
  said: Pick<AuditEntry, 'actor' | 'actorName' | 'client' | 'reason'>,
): Promise<{ expiresAt: string }> {
  const { staff, sessions, messenger, backofficeOrigin } = deps;
  const { link, token } = newEnrolmentLink(deps, staffId);
  const stream = `staff:${staffId}`;
  await staff.resetSecondFactor(link, { ...said, stream, subject: stream, action: 'staff.second-factor-reset' });
  await sessions.endAll(staffId);
  const values = { link: `${backofficeOrigin}/#/enrol?token=${token}`, hours: enrolmentLinkHours };
  await messenger.send({ channel: 'email', to: email, locale, template: 'staff-second-factor-reset', values });
  return { expiresAt: new Date(link.expiresAtMs).toISOString() };
}
