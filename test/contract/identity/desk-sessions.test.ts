import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { changeRoles, changeStaffStatus } from '#shared/identity/staff/change-staff.ts';
import { eachOnAFreshDesk, origin, password, type Desk } from './desk-harness.ts';

let desk: Desk;
eachOnAFreshDesk((fresh) => {
  desk = fresh;
});

describe('a sign-in', () => {
  it('takes the password and then a code, each code once', async () => {
    const owner = await desk.firstOwner();
    const answer = await desk.signIn(owner);
    expect(answer.status).toBe(200);
    const code = desk.codeOf(owner);
    expect((await desk.signIn(owner, { code })).status).toBe(200);
    expect((await desk.signIn(owner, { code })).body.code).toBe('identity.code-wrong');
    expect(await desk.actions(owner)).toEqual(['staff.joined', 'sign-in.ok', 'sign-in.ok', 'sign-in.refused']);
  });

  it('takes a recovery code once, and tells how many are left', async () => {
    const owner = await desk.firstOwner();
    const code = owner.recoveryCodes[3]!.toLowerCase();
    expect((await desk.signIn(owner, { code })).body['staff']).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await desk.signIn(owner, { code })).body.code).toBe('identity.code-wrong');
  });

  it('answers a wrong password, an unknown address and a disabled account alike, also when locked', async () => {
    const owner = await desk.firstOwner();
    const ani = await desk.hire(owner, 'ani@example.id');
    const wrong = async (email: string) => {
      const { status, body } = await desk.call(deskRoutes.signIn, { body: { email, password: 'not the password' } });
      return { status, code: body.code, detail: body['detail'] };
    };
    const attempts = async (email: string) => [
      await wrong(email),
      await wrong(email),
      await wrong(email),
      await wrong(email),
      await wrong(email),
      await wrong(email),
    ];
    const known = await attempts('olivia@example.id');
    expect(known.map(({ code }) => code)).toEqual([...Array.from({ length: 5 }, () => 'identity.credentials-wrong'), 'identity.locked']);
    expect(await attempts('nobody@example.id')).toEqual(known);
    await changeStaffStatus(desk.deps, { staffId: ani.staffId, to: 'disabled', reason: 'left', decider: desk.decider(owner) });
    expect((await desk.signIn(ani)).body.code).toBe('identity.credentials-wrong');
    desk.clock.advance(60_000);
    expect((await desk.signIn(owner)).status).toBe(200);
  });

  it('takes no ticket of a sign-in from before all sessions were ended', async () => {
    const owner = await desk.firstOwner();
    const { body } = await desk.call(deskRoutes.signIn, { body: { email: owner.email, password } });
    await desk.call(deskRoutes.endAllSessions, { by: owner });
    const second = await desk.call(deskRoutes.secondFactor, { body: { ticket: body['ticket'], code: desk.codeOf(owner) } });
    expect(second.body.code).toBe('identity.ticket-invalid');
  });
});

describe('a session', () => {
  it('lives in a cookie that scripts cannot read, beside one that only our page can', async () => {
    const owner = await desk.firstOwner();
    const { cookies } = await desk.signIn(owner);
    expect(cookies[0]).toMatch(/^__Host-xm-desk=[^;]+; Path=\/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict$/);
    expect(cookies[1]).toMatch(/^__Host-xm-csrf=[^;]+; Path=\/; Max-Age=7200; Secure; SameSite=Strict$/);
  });

  it('goes on by its cookie for a request of our own page, and of nobody else', async () => {
    const owner = await desk.firstOwner();
    const refused = async (headers: Record<string, string>) => (await desk.refresh(owner, headers)).body.code;
    expect(await refused({ 'x-csrf-token': '' })).toBe('identity.csrf');
    expect(await refused({ origin: 'https://evil.example' })).toBe('identity.csrf');
    expect(await refused({ origin, 'sec-fetch-site': 'cross-site' })).toBe('identity.csrf');
    const planted = { ...owner, cookies: new Map([...owner.cookies, ['__Host-xm-csrf', 'planted']]) };
    expect((await desk.refresh(planted)).body.code).toBe('identity.csrf');
    expect(await refused({ origin, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
    expect(await refused({ origin })).toBeUndefined();
  });

  it('asks for a sign-in without a cookie, or with one that is not ours', async () => {
    const owner = await desk.firstOwner();
    expect((await desk.refresh({ ...owner, cookies: new Map() })).body.code).toBe('identity.session-ended');
    expect((await desk.refresh({ ...owner, cookies: new Map([['__Host-xm-desk', 'x.y.z.w']]) })).body.code).toBe('identity.session-ended');
  });

  it('ends when a former cookie comes back, with its tokens', async () => {
    const owner = await desk.firstOwner();
    const stolen = { ...owner, cookies: new Map(owner.cookies) };
    expect((await desk.refresh(owner)).status).toBe(200);
    expect((await desk.refresh(stolen)).body.code).toBe('identity.session-ended');
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    expect(await desk.actions(owner)).toContain('session.reuse-detected');
    const { sid } = decodeJwt<{ sid: string }>(owner.accessToken);
    expect(Object.keys((await desk.guards.read(owner.staffId))!.revoked)).toEqual([sid]);
  });

  it('lasts twelve hours at most, and two without use', async () => {
    const owner = await desk.firstOwner();
    for (let hours = 0; hours < 11; hours += 1) {
      desk.clock.advance(3_600_000);
      expect((await desk.refresh(owner)).status).toBe(200);
    }
    desk.clock.advance(3_600_000);
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    await desk.signIn(owner);
    desk.clock.advance(7_200_000);
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
  });

  it('carries new roles from the next refresh on, and none for whoever was disabled', async () => {
    const owner = await desk.firstOwner();
    const ani = await desk.hire(owner, 'ani@example.id');
    await changeRoles(desk.deps, { staffId: ani.staffId, roles: ['finance'], reason: 'moved', decider: desk.decider(owner) });
    const { body } = await desk.refresh(ani);
    expect(decodeJwt(String(body['accessToken']))).toMatchObject({ roles: ['finance'], ver: 2 });
    await changeStaffStatus(desk.deps, { staffId: ani.staffId, to: 'disabled', reason: 'left', decider: desk.decider(owner) });
    expect((await desk.refresh(ani)).body.code).toBe('identity.session-ended');
  });

  it('is signed out by its cookie, and cookies go with it', async () => {
    const owner = await desk.firstOwner();
    const csrf = { 'x-csrf-token': owner.cookies.get('__Host-xm-csrf')! };
    const former = { ...owner, cookies: new Map(owner.cookies) };
    expect((await desk.call(deskRoutes.signOut, { by: owner })).body.code).toBe('identity.csrf');
    const answer = await desk.call(deskRoutes.signOut, { by: owner, headers: csrf });
    expect([answer.status, answer.cookies.every((cookie) => cookie.includes('Max-Age=0'))]).toEqual([204, true]);
    expect((await desk.refresh(former)).body.code).toBe('identity.session-ended');
    const withoutCookie = await desk.call(deskRoutes.signOut);
    expect([withoutCookie.status, withoutCookie.cookies]).toEqual([204, []]);
  });

  it('is listed with the one that asks marked, and ended one by one or all at once', async () => {
    const owner = await desk.firstOwner();
    await desk.signIn({ ...owner, cookies: new Map() });
    const { sessions } = (await desk.call(deskRoutes.listSessions, { by: owner })).body as {
      sessions: { id: string; current: boolean }[];
    };
    expect(sessions.map(({ current }) => current).toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
    const other = sessions.find(({ current }) => !current)!.id;
    expect((await desk.call(deskRoutes.endSession, { by: owner, path: { sessionId: other } })).status).toBe(204);
    expect((await desk.call(deskRoutes.endSession, { by: owner, path: { sessionId: other } })).body.code).toBe(
      'identity.session-not-found',
    );
    expect((await desk.call(deskRoutes.endAllSessions, { by: owner })).status).toBe(204);
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
  });
});

describe('an account', () => {
  it('takes a name and a language, and keeps a record of the change', async () => {
    const owner = await desk.firstOwner();
    const { body } = await desk.call(deskRoutes.changeMe, { by: owner, body: { name: 'Olivia', locale: 'id' } });
    expect(body).toMatchObject({ name: 'Olivia', locale: 'id' });
    expect((await desk.deps.staff.get(owner.staffId))?.name).toBe('Olivia');
    expect(await desk.actions(owner)).toEqual(['staff.joined', 'staff.profile-changed']);
  });
});
