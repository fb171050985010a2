import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { changeStaffStatus } from '#shared/identity/staff/change-staff.ts';
import { createFirstOwner, inviteStaff, withdrawInvitation } from '#shared/identity/staff/invite-staff.ts';
import { renewOwnersSecondFactor, resetSecondFactor } from '#shared/identity/staff/reset-second-factor.ts';
import { bytesOf, eachOnAFreshDesk, password, type Desk } from './desk-harness.ts';

let desk: Desk;
eachOnAFreshDesk((fresh) => {
  desk = fresh;
});

describe('an invitation', () => {
  it('makes the first owner, with a password, an app and ten recovery codes, and signs in', async () => {
    const { token } = (await createFirstOwner(desk.deps, 'olivia@example.id'))!;
    const read = await desk.call(deskRoutes.readInvitation, { body: { token } });
    expect(read.body).toMatchObject({ email: 'olivia@example.id', roles: ['owner'], invitedByName: 'XM' });
    const owner = await desk.join(token, 'olivia@example.id');
    expect(owner.recoveryCodes).toHaveLength(10);
    expect(decodeJwt(owner.accessToken)).toMatchObject({ sub: owner.staffId, roles: ['owner'], ver: 1 });
    expect(await desk.deps.staff.owners()).toBe(1);
    expect((await desk.call(deskRoutes.readMe, { by: owner })).body).toMatchObject({ email: 'olivia@example.id', recoveryCodesLeft: 10 });
    expect(await desk.actions(owner)).toEqual(['staff.joined']);
    expect(await createFirstOwner(desk.deps, 'another@example.id')).toBeUndefined();
  });

  it('is good once, for the time it says, and not once it is withdrawn', async () => {
    const owner = await desk.firstOwner();
    const invalid = async (token: string) => (await desk.call(deskRoutes.readInvitation, { body: { token } })).body.code;
    await desk.hire(owner, 'ani@example.id');
    expect(await invalid(desk.tokenOfLastLink())).toBe('identity.invitation-invalid');

    const { id } = await inviteStaff(desk.deps, { email: 'budi@example.id', roles: ['ops'], decider: desk.decider(owner) });
    await withdrawInvitation(desk.deps, { invitationId: id, decider: desk.decider(owner) });
    expect(await invalid(desk.tokenOfLastLink())).toBe('identity.invitation-invalid');

    await inviteStaff(desk.deps, { email: 'budi@example.id', roles: ['ops'], decider: desk.decider(owner) });
    const token = desk.tokenOfLastLink();
    expect(await invalid(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('identity.invitation-invalid');
    expect(await invalid(token)).toBeUndefined();
    desk.clock.advance(72 * 3_600_000);
    expect(await invalid(token)).toBe('identity.invitation-invalid');
  });

  it('makes one account of two people who accept it at once', async () => {
    const owner = await desk.firstOwner();
    await inviteStaff(desk.deps, { email: 'ani@example.id', roles: ['owner'], decider: desk.decider(owner) });
    const body = { token: desk.tokenOfLastLink(), name: 'Ani', password };
    const accepted = await Promise.all([0, 1].map(() => desk.call(deskRoutes.acceptInvitation, { body })));
    desk.clock.advance(30_000);
    const codes = accepted.map(({ body: { secret } }) => totpCode(bytesOf(String(secret)), totpStep(desk.clock.now())));
    const enrolled = await Promise.all(
      accepted.map(({ body: { ticket } }, index) => desk.call(deskRoutes.enrol, { body: { ticket, code: codes[index] } })),
    );
    expect(enrolled.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await desk.deps.staff.owners()).toBe(2);
  });

  it('is void once its inviter may invite nobody any more, also between password and app', async () => {
    const owner = await desk.firstOwner();
    const other = await desk.hire(owner, 'other@example.id', ['owner']);
    await inviteStaff(desk.deps, { email: 'ani@example.id', roles: ['owner'], decider: desk.decider(other) });
    const token = desk.tokenOfLastLink();
    const { body } = await desk.call(deskRoutes.acceptInvitation, { body: { token, name: 'Ani', password } });
    await changeStaffStatus(desk.deps, { staffId: other.staffId, to: 'disabled', reason: 'left', decider: desk.decider(owner) });
    expect((await desk.call(deskRoutes.readInvitation, { body: { token } })).body.code).toBe('identity.invitation-invalid');
    const code = desk.codeOf({ secret: String(body['secret']) });
    expect((await desk.call(deskRoutes.enrol, { body: { ticket: body['ticket'], code } })).body.code).toBe('identity.invitation-invalid');
  });

  it('is not accepted after it was withdrawn between password and app', async () => {
    const owner = await desk.firstOwner();
    const { id } = await inviteStaff(desk.deps, { email: 'ani@example.id', roles: ['support'], decider: desk.decider(owner) });
    const { body } = await desk.call(deskRoutes.acceptInvitation, { body: { token: desk.tokenOfLastLink(), name: 'Ani', password } });
    await withdrawInvitation(desk.deps, { invitationId: id, decider: desk.decider(owner) });
    const code = desk.codeOf({ secret: String(body['secret']) });
    expect((await desk.call(deskRoutes.enrol, { body: { ticket: body['ticket'], code } })).body.code).toBe('identity.invitation-invalid');
    expect(await desk.deps.staff.ids({ limit: 5 })).toEqual([owner.staffId]);
  });
});

describe('a second factor that an owner took away', () => {
  it('is set up anew by link and password, once, and nothing else lets in meanwhile', async () => {
    const owner = await desk.firstOwner();
    const ani = await desk.hire(owner, 'ani@example.id');
    await resetSecondFactor(desk.deps, { staffId: ani.staffId, reason: 'lost phone', decider: desk.decider(owner) });
    const token = desk.tokenOfLastLink();
    expect((await desk.refresh(ani)).body.code).toBe('identity.session-ended');
    expect((await desk.signIn(ani)).body.code).toBe('identity.code-wrong');
    const start = (body: object) => desk.call(deskRoutes.renewEnrolment, { body });
    expect((await start({ token, password: 'wrong' })).body.code).toBe('identity.credentials-wrong');
    const started = await start({ token, password });
    const former = { secret: ani.secret };
    expect((await desk.call(deskRoutes.enrol, { body: { ticket: started.body['ticket'], code: desk.codeOf(former) } })).body.code).toBe(
      'identity.code-wrong',
    );
    expect((await desk.enrolBy(started.body['ticket'], started.body['secret'], ani)).status).toBe(201);
    expect((await start({ token, password })).body.code).toBe('identity.ticket-invalid');
    expect((await desk.signIn(ani)).status).toBe(200);
    expect(await desk.actions(ani)).toContain('second-factor.on');
  });

  it('is nobody’s own decision', async () => {
    const owner = await desk.firstOwner();
    const reset = resetSecondFactor(desk.deps, { staffId: owner.staffId, reason: 'lost phone', decider: desk.decider(owner) });
    await expect(reset).rejects.toMatchObject({ code: 'identity.not-oneself' });
  });

  it('is taken away by whoever runs the system where the only owner has lost it, with a record', async () => {
    const owner = await desk.firstOwner();
    const renew = (email: string) => renewOwnersSecondFactor(desk.deps, { email, reason: 'lost phone' });
    expect(await renew('Olivia@example.id')).toEqual({ expiresAt: new Date(desk.clock.now() + 24 * 3_600_000).toISOString() });
    expect(desk.messenger.sent.at(-1)).toMatchObject({ to: owner.email, template: 'staff-second-factor-reset' });
    const token = desk.tokenOfLastLink();
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    for (const code of [desk.codeOf(owner), owner.recoveryCodes[0]])
      expect((await desk.signIn(owner, { code: code! })).body.code).toBe('identity.code-wrong');
    const { body } = await desk.call(deskRoutes.renewEnrolment, { body: { token, password } });
    expect((await desk.enrolBy(body['ticket'], body['secret'], owner)).status).toBe(201);
    expect((await desk.signIn(owner)).status).toBe(200);
    const records = await desk.audit.ofStream(`staff:${owner.staffId}`, { limit: 50 });
    const record = records.find(({ action }) => action.endsWith('-reset'));
    expect(record).toMatchObject({ actor: 'system:operator', action: 'staff.second-factor-reset', reason: 'lost phone' });
  });

  it('is taken away like that from no owner but one who may come in', async () => {
    const owner = await desk.firstOwner();
    const ani = await desk.hire(owner, 'ani@example.id');
    const sent = desk.messenger.sent.length;
    for (const email of [ani.email, 'nobody@example.id'])
      expect(await renewOwnersSecondFactor(desk.deps, { email, reason: 'lost phone' })).toBeUndefined();
    expect(desk.messenger.sent).toHaveLength(sent);
    expect((await desk.signIn(ani)).status).toBe(200);
  });
});
