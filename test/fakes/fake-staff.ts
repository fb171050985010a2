import type { EnrolmentLink } from '#shared/identity/staff/enrolment-link.ts';
import type { Invitation } from '#shared/identity/staff/invitation.ts';
import type { InvitationStore, StaffStore } from '#shared/identity/staff/ports.ts';
import { isActiveOwner, type StaffRecord } from '#shared/identity/staff/staff-record.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';

export interface FakeStaff {
  readonly staff: StaffStore;
  readonly invitations: InvitationStore;
  /** Somebody joins, as after an accepted invitation. */
  readonly hire: (person: StaffRecord) => void;
}

/** Staff and invitations in memory, with the promises of the ports. */
export function fakeStaff(audit: AuditLog): FakeStaff {
  const people = new Map<string, StaffRecord>();
  const links = new Map<string, EnrolmentLink>();
  const invitations = new Map<string, Invitation>();
  const newest = (ids: Iterable<string>, { behind = '~', limit }: { behind?: string | undefined; limit: number }): string[] =>
    [...ids]
      .filter((id) => id < behind)
      .toSorted()
      .toReversed()
      .slice(0, limit);
  const close = ({ id }: Invitation, status: Invitation['status']): boolean => {
    const invitation = invitations.get(id);
    if (invitation?.status !== 'open') return false;
    invitations.set(id, { ...invitation, status });
    return true;
  };
  const owners = (): number => [...people.values()].filter(isActiveOwner).length;
  return {
    hire: (person) => void people.set(person.id, structuredClone(person)),
    staff: {
      get: async (id) => structuredClone(people.get(id)),
      byEmail: async (email) => structuredClone([...people.values()].find((person) => person.email === email.toLowerCase())),
      load: async (ids) => structuredClone([...new Set(ids)].flatMap((id) => people.get(id) ?? [])),
      ids: async (request) => newest(people.keys(), request),
      owners: async () => owners(),
      async change(was, to, entry) {
        const person = people.get(was.id);
        if (person === undefined || person.status !== was.status || person.roles.join() !== was.roles.join()) return 'meanwhile';
        if (isActiveOwner(was) && !isActiveOwner(to) && owners() <= 1) return 'last-owner';
        people.set(was.id, { ...person, ...structuredClone(to) });
        await audit.append(entry);
        return 'changed';
      },
      async resetSecondFactor(link, entry) {
        links.set(link.staffId, link);
        await audit.append(entry);
      },
      enrolmentLink: async (staffId) => links.get(staffId),
      async useEnrolmentLink({ staffId, secretHash }, entry, write) {
        if (links.get(staffId)?.secretHash !== secretHash) return false;
        await write([]);
        links.delete(staffId);
        await audit.append(entry);
        return true;
      },
    },
    invitations: {
      get: async (id) => structuredClone(invitations.get(id)),
      load: async (ids) => structuredClone([...new Set(ids)].flatMap((id) => invitations.get(id) ?? [])),
      ids: async (request) => newest(invitations.keys(), request),
      async add(invitation, entry) {
        if ([...people.values()].some(({ email }) => email === invitation.email)) return 'exists';
        for (const former of invitations.values()) if (former.email === invitation.email) close(former, 'withdrawn');
        invitations.set(invitation.id, structuredClone(invitation));
        await audit.append(entry);
        return 'added';
      },
      async withdraw(invitation, entry) {
        if (!close(invitation, 'withdrawn')) return false;
        await audit.append(entry);
        return true;
      },
      async accept({ invitation, entry }, write) {
        if (invitations.get(invitation.id)?.status !== 'open') return false;
        await write([]);
        close(invitation, 'accepted');
        await audit.append(entry);
        return true;
      },
    },
  };
}
