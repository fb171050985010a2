/**
 * Decisions about a staff account. Nobody decides about the own one, and there is always an owner left.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { StaffRole } from '#shared/platform/permissions.ts';
import { identityFault } from '../identity-faults.ts';
import type { SubjectSessions } from '../subject-sessions.ts';
import { saidBy, type Decider } from './decider.ts';
import { requireStaff } from './list-staff.ts';
import type { StaffStore } from './ports.ts';
import { presentStaff, type StaffView } from './present-staff.ts';
import type { StaffRecord } from './staff-record.ts';

export interface ChangeStaffDeps {
  readonly staff: StaffStore;
  readonly sessions: SubjectSessions;
}

interface Decision {
  readonly staffId: string;
  readonly reason: string;
  readonly decider: Decider;
}

/** Somebody else may change another part of the account in the same moment. */
const attemptsMax = 3;

/** The person has to sign in anew only where the session is not refreshed: new tokens carry the new roles. */
export function changeRoles(deps: ChangeStaffDeps, { roles, ...decision }: Decision & { readonly roles: StaffRole[] }): Promise<StaffView> {
  return decideAbout(deps, decision, (person) => ({
    action: 'staff.roles-changed',
    to: { roles, status: person.status },
    before: { roles: person.roles },
    after: { roles },
  }));
}

export async function changeStaffStatus(
  deps: ChangeStaffDeps,
  { to, ...decision }: Decision & { readonly to: StaffRecord['status'] },
): Promise<StaffView> {
  const changed = await decideAbout(deps, decision, (person) => ({
    action: to === 'disabled' ? 'staff.disabled' : 'staff.enabled',
    to: { roles: person.roles, status: to },
    before: { status: person.status },
    after: { status: to },
  }));
  // The tokens have ended already and nothing refreshes a disabled account: what follows only tidies up.
  if (to === 'disabled') await deps.sessions.endAll(decision.staffId);
  return changed;
}

export async function endStaffSessions(deps: ChangeStaffDeps, { staffId, decider }: Omit<Decision, 'reason'>): Promise<undefined> {
  await requireStaff(deps.staff, staffId);
  const said = await saidBy(deps.staff, decider);
  const stream = `staff:${staffId}`;
  await deps.sessions.endAll(staffId, { ...said, stream, subject: stream, action: 'session.all-ended' });
}

/** Throws `identity.not-oneself`. */
export function notOneself({ staffId, decider }: Pick<Decision, 'staffId' | 'decider'>): void {
  if (staffId === decider.staffId) throw identityFault('identity.not-oneself');
}

type Change = Pick<AuditEntry, 'action' | 'before' | 'after'> & { readonly to: Pick<StaffRecord, 'roles' | 'status'> };

async function decideAbout(
  { staff }: ChangeStaffDeps,
  { staffId, reason, decider }: Decision,
  change: (person: StaffRecord) => Change,
): Promise<StaffView> {
  notOneself({ staffId, decider });
  const said = await saidBy(staff, decider);
  const stream = `staff:${staffId}`;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const person = await requireStaff(staff, staffId);
    const { to, ...told } = change(person);
    // What is so already needs no decision, and no record of one.
    if (sameAccess(person, to)) return presentStaff(person);
    const outcome = await staff.change(person, to, { ...said, ...told, stream, subject: stream, reason });
    if (outcome === 'last-owner') throw identityFault('identity.last-owner');
    if (outcome === 'changed') return presentStaff({ ...person, ...to });
  }
  throw new Error(`The account ${staffId} was changed ${attemptsMax} times meanwhile`);
}

function sameAccess(a: Pick<StaffRecord, 'roles' | 'status'>, b: Pick<StaffRecord, 'roles' | 'status'>): boolean {
  return a.status === b.status && a.roles.toSorted().join() === b.roles.toSorted().join();
}
