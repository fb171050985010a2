/**
 * Staff and invitations, newest first.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { pageOfWalk, walkLoaded, type Candidate } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { identityFault } from '../identity-faults.ts';
import { presentSessions, type SubjectSessions } from '../subject-sessions.ts';
import type { InvitationStore, StaffStore } from './ports.ts';
import { presentInvitation, presentStaff, type InvitationView, type StaffView } from './present-staff.ts';
import type { StaffRecord } from './staff-record.ts';

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A staff list is short: this is a bound, not a hope. */
const bounds = { entries: 1_000 };
const idsAtOnceMax = 100;

const staffCursors = cursorOf('staff', z.string().regex(/^stf_[0-9a-z]{1,40}$/));
const invitationCursors = cursorOf('invitations', z.string().regex(/^inv_[0-9a-z]{1,40}$/));

export async function listStaff(
  { staff }: { readonly staff: StaffStore },
  { status, limit, cursor }: Page & { readonly status?: StaffRecord['status'] | undefined },
): Promise<{ staff: StaffView[]; nextCursor: string | null }> {
  const people = walkLoaded(idsOf(staff, cursor && staffCursors.decode(cursor), limit), {
    load: (ids) => staff.load(ids),
    matches: (person) => status === undefined || person.status === status,
  });
  const { found, behind } = await pageOfWalk(people, { limit, bounds });
  return { staff: found.map(presentStaff), nextCursor: behind && staffCursors.encode(behind) };
}

export async function readStaff(
  { staff, sessions }: { readonly staff: StaffStore; readonly sessions: SubjectSessions },
  { staffId, currentSessionId }: { readonly staffId: string; readonly currentSessionId: string },
) {
  const person = await requireStaff(staff, staffId);
  return { ...presentStaff(person), sessions: presentSessions(await sessions.list(staffId), currentSessionId) };
}

export async function listInvitations(
  { invitations, clock }: { readonly invitations: InvitationStore; readonly clock: Clock },
  { limit, cursor }: Page,
): Promise<{ invitations: InvitationView[]; nextCursor: string | null }> {
  const nowMs = clock.now();
  const all = walkLoaded(idsOf(invitations, cursor && invitationCursors.decode(cursor), limit), {
    load: (ids) => invitations.load(ids),
    matches: () => true,
  });
  const { found, behind } = await pageOfWalk(all, { limit, bounds });
  const shown = found.map((invitation) => presentInvitation(invitation, nowMs));
  return { invitations: shown, nextCursor: behind && invitationCursors.encode(behind) };
}

/** Throws `identity.staff-not-found`. */
export async function requireStaff(staff: Pick<StaffStore, 'get'>, staffId: string): Promise<StaffRecord> {
  const person = await staff.get(staffId);
  if (person === undefined) throw identityFault('identity.staff-not-found');
  return person;
}

async function* idsOf(
  store: Pick<StaffStore, 'ids'>,
  behind: string | undefined,
  limit: number,
): AsyncGenerator<readonly Candidate<string>[]> {
  const size = Math.min(limit + 1, idsAtOnceMax);
  let last = behind;
  while (true) {
    const ids = await store.ids({ behind: last, limit: size });
    if (ids.length > 0) yield ids.map((id) => ({ id, position: id }));
    last = ids.at(-1);
    if (last === undefined || ids.length < size) return;
  }
}
