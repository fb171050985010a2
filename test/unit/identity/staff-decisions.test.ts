import { beforeEach, describe, expect, it } from 'vitest';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { changeRoles, changeStaffStatus, endStaffSessions } from '#shared/identity/staff/change-staff.ts';
import { deskEndpoints, type DeskEndpointDeps } from '#shared/identity/staff/desk-endpoints.ts';
import { inviteStaff, withdrawInvitation } from '#shared/identity/staff/invite-staff.ts';
import { listInvitations, listStaff, readStaff } from '#shared/identity/staff/list-staff.ts';
import { resetSecondFactor } from '#shared/identity/staff/reset-second-factor.ts';
import type { StaffRecord } from '#shared/identity/staff/staff-record.ts';
import { administrationWorld } from '#test/fakes/administration-world.ts';
import { sampleStaff } from '#test/fakes/identity-samples.ts';

describe('decisions about staff', () => {
  let world: ReturnType<typeof administrationWorld>;
  let ani: StaffRecord;
  beforeEach(() => {
    world = administrationWorld();
    ani = sampleStaff({ id: 'stf_0000000000000000000002', email: 'ani@example.id', name: 'Ani', roles: ['support'] });
    world.hire(ani);
  });

  const about = () => ({ staffId: ani.id, reason: 'moved on', decider: world.decider });
  const actions = () => world.audit.all().map(({ action }) => action);

  it('gives other roles, with a record of the former ones', async () => {
    expect(await changeRoles(world.deps, { ...about(), roles: ['finance', 'auditor'] })).toMatchObject({ roles: ['finance', 'auditor'] });
    expect(world.audit.all()).toMatchObject([
      {
        stream: `staff:${ani.id}`,
        action: 'staff.roles-changed',
        before: { roles: ['support'] },
        after: { roles: ['finance', 'auditor'] },
      },
    ]);
  });

  it('keeps no record of a decision for what is so already', async () => {
    await changeRoles(world.deps, { ...about(), roles: ['support'] });
    await changeStaffStatus(world.deps, { ...about(), to: 'active' });
    expect(actions()).toEqual([]);
  });

  it('disables and enables, and ends the sessions of whoever is disabled', async () => {
    expect(await changeStaffStatus(world.deps, { ...about(), to: 'disabled' })).toMatchObject({ status: 'disabled' });
    expect(world.deps.sessions.ended(ani.id)).toEqual(['all']);
    expect(await changeStaffStatus(world.deps, { ...about(), to: 'active' })).toMatchObject({ status: 'active' });
    expect(actions()).toEqual(['staff.disabled', 'staff.enabled']);
  });

  it('is never made by oneself about oneself', async () => {
    const self = { ...about(), staffId: world.owner.id };
    const decisions = [
      changeRoles(world.deps, { ...self, roles: ['support'] }),
      changeStaffStatus(world.deps, { ...self, to: 'disabled' }),
      resetSecondFactor(world.deps, self),
    ];
    for (const decision of decisions) await expect(decision).rejects.toMatchObject({ code: 'identity.not-oneself' });
    expect(actions()).toEqual([]);
  });

  it('leaves an owner who can come in', async () => {
    const decider = { ...world.decider, staffId: ani.id };
    const demotion = changeRoles(world.deps, { staffId: world.owner.id, roles: ['support'], reason: 'coup', decider });
    await expect(demotion).rejects.toMatchObject({ code: 'identity.last-owner' });
    const disabling = changeStaffStatus(world.deps, { staffId: world.owner.id, to: 'disabled', reason: 'coup', decider });
    await expect(disabling).rejects.toMatchObject({ code: 'identity.last-owner' });
  });

  it('is about somebody', async () => {
    const nobody = { ...about(), staffId: 'stf_nobody' };
    await expect(changeRoles(world.deps, { ...nobody, roles: ['ops'] })).rejects.toMatchObject({ code: 'identity.staff-not-found' });
    await expect(endStaffSessions(world.deps, nobody)).rejects.toMatchObject({ code: 'identity.staff-not-found' });
    await expect(resetSecondFactor(world.deps, nobody)).rejects.toMatchObject({ code: 'identity.staff-not-found' });
  });

  it('takes a second factor away, ends all sessions and sends a link that is kept as a hash', async () => {
    const { expiresAt } = await resetSecondFactor(world.deps, about());
    expect(Date.parse(expiresAt) - world.clock.now()).toBe(24 * 3_600_000);
    expect(world.deps.sessions.ended(ani.id)).toEqual(['all']);
    const [message] = world.deps.messenger.sent;
    expect(message).toMatchObject({ to: 'ani@example.id', template: 'staff-second-factor-reset', values: { hours: 24 } });
    const secret = JSON.stringify(message).split('.').at(-1)!.slice(0, 43);
    expect(JSON.stringify([await world.deps.staff.enrolmentLink(ani.id), world.audit.all()])).not.toContain(secret);
  });

  it('invites by a link that is kept as a hash, and withdraws', async () => {
    const invitation = await inviteStaff(world.deps, { email: 'budi@example.id', roles: ['ops'], decider: world.decider });
    expect(invitation).toMatchObject({ status: 'open', invitedByName: world.owner.name });
    const [message] = world.deps.messenger.sent;
    expect(message).toMatchObject({
      to: 'budi@example.id',
      template: 'staff-invitation',
      values: { invitedBy: world.owner.name, hours: 72 },
    });
    const kept = await world.deps.invitations.get(invitation.id);
    const token = JSON.stringify(message).match(/token=([^"]+)/)![1]!;
    expect(token.startsWith(`${invitation.id}.`)).toBe(true);
    expect(JSON.stringify([kept, world.audit.all(), invitation])).not.toContain(token.split('.')[1]);

    const withdraw = () => withdrawInvitation(world.deps, { invitationId: invitation.id, decider: world.decider });
    await withdraw();
    await expect(withdraw()).rejects.toMatchObject({ code: 'identity.invitation-invalid' });
    expect(actions()).toEqual(['staff.invited', 'staff.invitation-withdrawn']);
  });

  it('invites nobody who is there, and no more than twenty in an hour', async () => {
    const invite = (email: string) => inviteStaff(world.deps, { email, roles: ['ops'], decider: world.decider });
    await expect(invite('ani@example.id')).rejects.toMatchObject({ code: 'identity.staff-exists' });
    for (let number = 1; number < 20; number += 1) await invite(`person${number}@example.id`);
    await expect(invite('one@example.id')).rejects.toMatchObject({ code: 'request.rate-limited' });
  });

  it('lists staff and invitations page by page, and an invitation as expired once it is', async () => {
    for (let number = 3; number < 8; number += 1)
      world.hire(sampleStaff({ id: `stf_000000000000000000000${number}`, email: `${number}@example.id`, status: 'disabled' }));
    const first = await listStaff(world.deps, { status: 'disabled', limit: 3 });
    expect(first.staff.map(({ email }) => email)).toEqual(['7@example.id', '6@example.id', '5@example.id']);
    const rest = await listStaff(world.deps, { status: 'disabled', limit: 3, cursor: first.nextCursor! });
    expect([rest.staff.length, rest.nextCursor]).toEqual([2, null]);
    expect((await readStaff(world.deps, { staffId: ani.id, currentSessionId: 'x' })).sessions).toEqual([]);

    for (const email of ['a@example.id', 'b@example.id', 'c@example.id']) {
      world.clock.advance(1);
      await inviteStaff(world.deps, { email, roles: ['ops'], decider: world.decider });
    }
    world.clock.advance(72 * 3_600_000 - 1);
    const { invitations, nextCursor } = await listInvitations(world.deps, { limit: 2 });
    expect(invitations.map(({ email, status }) => [email, status])).toEqual([
      ['c@example.id', 'open'],
      ['b@example.id', 'expired'],
    ]);
    expect((await listInvitations(world.deps, { limit: 2, cursor: nextCursor! })).invitations.map(({ email }) => email)).toEqual([
      'a@example.id',
    ]);
  });
});

describe('the desk’s endpoints', () => {
  it('serve every route of the desk', () => {
    const served = deskEndpoints({} as DeskEndpointDeps).map(({ route }) => route.operationId);
    expect(served.toSorted()).toEqual(
      Object.values(deskRoutes)
        .map(({ operationId }) => operationId)
        .toSorted(),
    );
  });
});
