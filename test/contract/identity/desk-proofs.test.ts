import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { bytesOf, eachOnAFreshDesk, password, type Desk } from './desk-harness.ts';

let desk: Desk;
eachOnAFreshDesk((fresh) => {
  desk = fresh;
});

describe('a step-up', () => {
  it('opens decisions for five minutes with a code of the app, and with no recovery code', async () => {
    const owner = await desk.firstOwner();
    desk.clock.advance(301_000);
    expect((await desk.call(deskRoutes.renewRecoveryCodes, { by: owner })).body.code).toBe('auth.step-up-required');
    const recovery = { code: owner.recoveryCodes[0] };
    expect((await desk.call(deskRoutes.stepUp, { by: owner, body: recovery })).status).toBe(400);
    const { body } = await desk.call(deskRoutes.stepUp, { by: owner, body: { code: desk.codeOf(owner) } });
    expect(body['secondFactorAt']).toBe(new Date(desk.clock.now()).toISOString());
    const stepped = { ...owner, accessToken: String(body['accessToken']) };
    const renewed = await desk.call(deskRoutes.renewRecoveryCodes, { by: stepped });
    expect(renewed.body['recoveryCodes']).toHaveLength(10);
    expect((await desk.signIn(owner, { code: owner.recoveryCodes[0]! })).body.code).toBe('identity.code-wrong');
    expect((await desk.refresh(owner)).body['secondFactorAt']).toBe(body['secondFactorAt']);
  });

  it('is still asked of whoever has come in by a recovery code', async () => {
    const owner = await desk.firstOwner();
    expect((await desk.signIn(owner, { code: owner.recoveryCodes[0]! })).status).toBe(200);
    expect((await desk.call(deskRoutes.renewRecoveryCodes, { by: owner })).body.code).toBe('auth.step-up-required');
    owner.accessToken = String((await desk.refresh(owner)).body['accessToken']);
    expect((await desk.call(deskRoutes.renewRecoveryCodes, { by: owner })).body.code).toBe('auth.step-up-required');
  });

  it('locks after wrong codes, whoever has the password', async () => {
    const owner = await desk.firstOwner();
    const wrong = () => desk.call(deskRoutes.stepUp, { by: owner, body: { code: '000000' } });
    for (let attempt = 1; attempt <= 5; attempt += 1) expect((await wrong()).body.code).toBe('identity.code-wrong');
    const locked = await desk.call(deskRoutes.stepUp, {
      by: owner,
      body: { code: totpCode(bytesOf(owner.secret), totpStep(desk.clock.now()) + 1) },
    });
    expect([locked.body.code, Number(locked.headers['retry-after'])]).toEqual(['identity.locked', 30]);
  });
});

describe('a password', () => {
  it('is changed with the old one, ends the other sessions and leaves this one', async () => {
    const owner = await desk.firstOwner();
    const other = { ...owner, cookies: new Map<string, string>() };
    await desk.signIn(other);
    const change = { password, newPassword: 'five other words are better' };
    desk.clock.advance(301_000);
    expect((await desk.call(deskRoutes.changePassword, { by: owner, body: { ...change, password: 'wrong' } })).body.code).toBe(
      'auth.step-up-required',
    );
    const { body: stepped } = await desk.call(deskRoutes.stepUp, { by: owner, body: { code: desk.codeOf(owner) } });
    owner.accessToken = String(stepped['accessToken']);
    expect((await desk.call(deskRoutes.changePassword, { by: owner, body: { ...change, password: 'wrong' } })).body.code).toBe(
      'identity.credentials-wrong',
    );
    const changed = await desk.call(deskRoutes.changePassword, { by: owner, body: change });
    const guard = (await desk.guards.read(owner.staffId))!;
    expect(decodeJwt(String(changed.body['accessToken']))).toMatchObject({
      ver: guard.version,
      sid: decodeJwt(owner.accessToken)['sid'],
    });
    expect((await desk.refresh(owner)).status).toBe(200);
    expect((await desk.refresh(other)).body.code).toBe('identity.session-ended');
    expect((await desk.signIn(owner)).body.code).toBe('identity.credentials-wrong');
    expect((await desk.signIn(owner, { password: change.newPassword })).status).toBe(200);
    expect(desk.messenger.sent.at(-1)).toMatchObject({ template: 'password-changed', to: owner.email });
  });

  it('is reset by a link and a second factor, once', async () => {
    const owner = await desk.firstOwner();
    const asked = await desk.call(deskRoutes.forgotPassword, { body: { email: 'OLIVIA@example.id' } });
    expect(asked.status).toBe(202);
    const body = { token: desk.tokenOfLastLink(), code: '000000', password: 'five other words are better' };
    expect((await desk.call(deskRoutes.resetPassword, { body })).body.code).toBe('identity.code-wrong');
    const reset = { ...body, code: owner.recoveryCodes[9] };
    expect((await desk.call(deskRoutes.resetPassword, { body: reset })).status).toBe(204);
    expect((await desk.call(deskRoutes.resetPassword, { body: { ...body, code: desk.codeOf(owner) } })).body.code).toBe(
      'identity.ticket-invalid',
    );
    expect((await desk.refresh(owner)).body.code).toBe('identity.session-ended');
    expect((await desk.signIn(owner, { password: body.password })).status).toBe(200);
  });

  it('is forgotten alike by somebody and by nobody, who gets no mail', async () => {
    await desk.firstOwner();
    const known = await desk.call(deskRoutes.forgotPassword, { body: { email: 'olivia@example.id' } });
    const unknown = await desk.call(deskRoutes.forgotPassword, { body: { email: 'nobody@example.id' } });
    expect(unknown).toEqual({ ...known, headers: unknown.headers });
    const [first, second] = desk.messenger.sent.slice(-2);
    expect(Date.parse(first!.expiresAt!)).toBeGreaterThan(desk.clock.now());
    expect(Date.parse(second!.expiresAt!)).toBeLessThan(desk.clock.now());
    expect(
      (await desk.call(deskRoutes.resetPassword, { body: { token: desk.tokenOfLastLink(), code: '123456', password } })).body.code,
    ).toBe('identity.ticket-invalid');
  });
});
