/**
 * An owner takes away somebody's second factor, who has lost it, and has a link sent to set up another.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { notOneself, type ChangeStaffDeps } from './change-staff.ts';
import { saidBy, type Decider } from './decider.ts';
import { enrolmentLinkHours, newEnrolmentLink } from './enrolment-link.ts';
import { requireStaff } from './list-staff.ts';

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
  const { staff, sessions, messenger, backofficeOrigin } = deps;
  notOneself({ staffId, decider });
  const person = await requireStaff(staff, staffId);
  const said = await saidBy(staff, decider);
  const { link, token } = newEnrolmentLink(deps, staffId);
  const stream = `staff:${staffId}`;
  await staff.resetSecondFactor(link, { ...said, stream, subject: stream, action: 'staff.second-factor-reset', reason });
  await sessions.endAll(staffId);
  await messenger.send({
    channel: 'email',
    to: person.email,
    locale: person.locale,
    template: 'staff-second-factor-reset',
    values: { link: `${backofficeOrigin}/#/enrol?token=${token}`, hours: enrolmentLinkHours },
  });
  return { expiresAt: new Date(link.expiresAtMs).toISOString() };
}
