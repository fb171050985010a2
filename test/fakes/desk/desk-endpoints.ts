/** Members, staff, audit log and logs, in the fake. */
import { identityFault } from '#shared/identity/identity-faults.ts';
import { memberRoutes } from '#shared/identity/routes/member-routes.ts';
import { staffRoutes } from '#shared/identity/routes/staff-routes.ts';
import { auditRoutes } from '#shared/platform/audit/audit-routes.ts';
import { type Endpoint, on } from '#shared/platform/http/http-handler.ts';
import { depositEndpoints } from './desk-deposits.ts';
import { exceptionEndpoints } from './desk-exceptions.ts';
import { ledgerEndpoints } from './desk-ledger.ts';
import { pageOf, seedMs } from './desk-seed.ts';
import { type DeskState, invitationOf, type Member, movesOf, noteOf, type Staff } from './desk-state.ts';
import { logEndpoints } from './log-endpoints.ts';
import { withdrawalEndpoints } from './desk-withdrawals.ts';

export function deskEndpoints(state: DeskState): Endpoint[] {
  const wallet = [...depositEndpoints(state.deposits), ...withdrawalEndpoints(state), ...ledgerEndpoints(), ...exceptionEndpoints(state)];
  return [...memberEndpoints(state), ...staffEndpoints(state), ...wallet, ...auditEndpoints(state), ...logEndpoints(state)];
}

function memberEndpoints(state: DeskState): Endpoint[] {
  const member = (id: string): Member => {
    const found = state.members.find((each) => each.id === id);
    if (found === undefined) throw identityFault('identity.member-not-found');
    return found;
  };
  return [
    on(memberRoutes.list, async ({ query }) => {
      const { q, status, kyc, createdFrom, createdTo } = query;
      const tests: ((each: Member) => boolean)[] = [
        (each) => q === undefined || each.handle.startsWith(q.toLowerCase()) || [each.id, each.email, each.phone].includes(q),
        (each) => status === undefined || each.status === status,
        (each) => kyc === undefined || each.kyc === kyc,
        (each) => createdFrom === undefined || each.createdAt.slice(0, 10) >= createdFrom,
        (each) => createdTo === undefined || each.createdAt.slice(0, 10) <= createdTo,
      ];
      const matches = state.members.filter((each) => tests.every((test) => test(each)));
      const { items, nextCursor } = pageOf(matches, query);
      return { members: items, nextCursor };
    }),
    on(memberRoutes.read, async ({ path }) => member(path.memberId)),
    on(memberRoutes.changeStatus, async ({ path, body }) => {
      const found = member(path.memberId);
      if (found.status !== body.from) throw identityFault('identity.status-changed-meanwhile');
      Object.assign(found, {
        statusBefore: found.status,
        status: body.to,
        statusReason: body.reason,
        statusUntil: body.until ?? null,
        moves: movesOf(body.to),
      });
      if (body.to === 'banned') state.memberSessions.set(found.id, []);
      return found;
    }),
    on(memberRoutes.listSessions, async ({ path }) => ({ sessions: state.memberSessions.get(member(path.memberId).id) ?? [] })),
    on(memberRoutes.endSession, async ({ path }) => {
      const left = (state.memberSessions.get(path.memberId) ?? []).filter(({ id }) => id !== path.sessionId);
      state.memberSessions.set(path.memberId, left);
      return undefined;
    }),
    on(memberRoutes.endAllSessions, async ({ path }) => {
      state.memberSessions.set(path.memberId, []);
      return undefined;
    }),
    on(memberRoutes.listNotes, async ({ path, query }) => {
      const { items, nextCursor } = pageOf(state.notes.get(path.memberId) ?? [], query);
      return { notes: items, nextCursor };
    }),
    on(memberRoutes.addNote, async ({ path, body }) => {
      const notes = state.notes.get(path.memberId) ?? [];
      const note = noteOf(`not_${notes.length + 10}`, body.text);
      state.notes.set(path.memberId, [note, ...notes]);
      return note;
    }),
    on(memberRoutes.readKyc, async ({ path }) => {
      const none = { state: 'none', data: null, submittedAt: null, decidedBy: null, decidedAt: null, reason: null } as const;
      return state.kyc.get(member(path.memberId).id) ?? none;
    }),
    on(memberRoutes.decideKyc, async ({ path, body }) => {
      const found = member(path.memberId);
      if (found.kyc !== 'submitted') throw identityFault('identity.kyc-settled');
      found.kyc = body.decision;
      const kyc = state.kyc.get(found.id);
      if (kyc)
        Object.assign(kyc, {
          state: body.decision,
          reason: body.reason,
          decidedBy: 'stf_olivia',
          decidedAt: new Date(seedMs).toISOString(),
        });
      if (body.decision === 'approved') Object.assign(found, { status: 'verified', moves: movesOf('verified') });
      return found;
    }),
  ];
}

function staffEndpoints(state: DeskState): Endpoint[] {
  const staff = (id: string): Staff => {
    const found = state.staff.find((each) => each.id === id);
    if (found === undefined) throw identityFault('identity.staff-not-found');
    return found;
  };
  const notOneself = (id: string, subject: string | undefined): void => {
    if (id === subject) throw identityFault('identity.not-oneself');
  };
  return [
    on(staffRoutes.list, async ({ query }) => {
      const { items, nextCursor } = pageOf(
        state.staff.filter(({ status }) => query.status === undefined || status === query.status),
        query,
      );
      return { staff: items, nextCursor };
    }),
    on(staffRoutes.read, async ({ path }) => staff(path.staffId)),
    on(staffRoutes.changeRoles, async ({ path, body, caller }) => {
      notOneself(path.staffId, caller?.subject);
      return Object.assign(staff(path.staffId), { roles: body.roles });
    }),
    on(staffRoutes.changeStatus, async ({ path, body, caller }) => {
      notOneself(path.staffId, caller?.subject);
      return Object.assign(staff(path.staffId), { status: body.to, sessions: [] });
    }),
    on(staffRoutes.resetSecondFactor, async ({ path }) => {
      staff(path.staffId).sessions = [];
      return { expiresAt: new Date(seedMs).toISOString() };
    }),
    on(staffRoutes.endSessions, async ({ path }) => {
      staff(path.staffId).sessions = [];
      return undefined;
    }),
    on(staffRoutes.listInvitations, async ({ query }) => {
      const { items, nextCursor } = pageOf(state.invitations, query);
      return { invitations: items, nextCursor };
    }),
    on(staffRoutes.invite, async ({ body }) => {
      if (state.staff.some(({ email }) => email === body.email)) throw identityFault('identity.staff-exists');
      const invitation = { ...invitationOf(`inv_${state.invitations.length}`, 'open', body.email), roles: body.roles };
      state.invitations.unshift(invitation);
      return invitation;
    }),
    on(staffRoutes.withdrawInvitation, async ({ path }) => {
      const found = state.invitations.find(({ id, status }) => id === path.invitationId && status === 'open');
      if (found === undefined) throw identityFault('identity.invitation-invalid');
      found.status = 'withdrawn';
      return undefined;
    }),
  ];
}

function auditEndpoints(state: DeskState): Endpoint[] {
  return [
    on(auditRoutes.list, async ({ query }) => {
      const { actor, subject, action } = query;
      const matches = state.audit.filter(
        (each) =>
          (actor === undefined || each.actor === actor) &&
          (subject === undefined || each.subject === subject) &&
          (action === undefined || each.action === action || (action.endsWith('.') && each.action.startsWith(action))),
      );
      const { items, nextCursor } = pageOf(matches, query);
      return { records: items, nextCursor, partial: false };
    }),
    on(auditRoutes.verify, async ({ path }) => ({
      state: 'whole' as const,
      records: path.stream.length,
      brokenAt: null,
    })),
  ];
}
