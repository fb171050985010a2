import { describe, expect, it } from 'vitest';
import { eraseMembers } from '#shared/identity/account/erase-members.ts';
import { unseal } from '#shared/identity/engine/sealing.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { testKeys } from '#test/fakes/identity-world.ts';
import { memberFlows } from '#test/fakes/member-flow-world.ts';

const password = 'correct horse battery';
const dayMs = 86_400_000;
type Flows = Awaited<ReturnType<typeof memberFlows>>;
const signIn = (world: Flows, identifier: string, given = password) =>
  world.call('POST /api/xm/auth/sign-in', { body: { identifier, password: given } });

describe('the own account', () => {
  it('changes handle, name and language, and frees the former handle', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const changed = await sari.as('PATCH /api/xm/me', { body: { handle: 'sari.dewi', displayName: 'Sari D.', locale: 'en' } });
    expect(changed.body).toMatchObject({ handle: 'sari.dewi', displayName: 'Sari D.', locale: 'en' });
    expect(await sari.as('GET /api/xm/me')).toMatchObject({ body: changed.body });
    const budi = await world.signedUp('sari', undefined, 'budi@example.id');
    expect(await budi.as('PATCH /api/xm/me', { body: { handle: 'SARI.dewi' } })).toMatchObject({
      status: 409,
      body: { code: 'identity.handle-taken' },
    });
    expect(await sari.as('PATCH /api/xm/me', { body: { handle: 'Sari.Dewi' } })).toMatchObject({ status: 200 });
  });

  it('takes a new password for the old one, keeps this session and ends the others', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    await signIn(world, 'sari');
    const change = (given: string) =>
      sari.as('POST /api/xm/me/password', { body: { password: given, newPassword: 'another long password' } });
    expect(await change('wrong')).toMatchObject({ status: 401, body: { code: 'identity.credentials-wrong' } });
    expect(await change(password)).toMatchObject({ status: 204 });
    const { body } = await sari.as('GET /api/xm/me/sessions');
    expect(body.sessions).toMatchObject([{ id: sari.caller.sessionId, current: true }]);
    expect(await world.call('POST /api/xm/auth/refresh', { body: { refreshToken: sari.tokens.refreshToken } })).toMatchObject({
      status: 200,
    });
    expect(await signIn(world, 'sari')).toMatchObject({ status: 401 });
    expect(await signIn(world, 'sari', 'another long password')).toMatchObject({ status: 200 });
    expect(world.messenger.sent.at(-1)).toMatchObject({ template: 'password-changed' });
  });

  it('gives a first password to somebody who proves by a code, once', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari');
    const { body } = await sari.as('POST /api/xm/me/codes');
    const proof = { challengeId: body.challengeId, code: world.messenger.codeTo(sari.email) };
    expect(await sari.as('POST /api/xm/me/password', { body: { newPassword: password } })).toMatchObject({ status: 400 });
    expect(await sari.as('POST /api/xm/me/password', { body: { ...proof, newPassword: password } })).toMatchObject({ status: 204 });
    expect(await sari.as('POST /api/xm/me/password', { body: { ...proof, newPassword: password } })).toMatchObject({ status: 400 });
    expect(await signIn(world, 'sari')).toMatchObject({ status: 200 });
  });

  it('takes no password that is known from a breach, before anything is proven by it', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    world.knownFromBreach.add('another long password');
    const change = await sari.as('POST /api/xm/me/password', { body: { password, newPassword: 'another long password' } });
    expect(change).toMatchObject({ status: 400, body: { code: 'identity.password-breached', errors: [{ pointer: '/newPassword' }] } });
    const signUp = { handle: 'budi', email: 'budi@example.id', password: 'another long password' };
    expect(await world.call('POST /api/xm/auth/sign-up', { body: signUp })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/password' }] },
    });
    expect(await signIn(world, 'sari')).toMatchObject({ status: 200 });
  });

  it('takes no code that was sent to somebody else', async () => {
    const world = await memberFlows();
    const [sari, budi] = [await world.signedUp('sari'), await world.signedUp('budi')];
    const { body } = await budi.as('POST /api/xm/me/codes');
    const proof = { challengeId: body.challengeId, code: world.messenger.codeTo(budi.email) };
    expect(await sari.as('POST /api/xm/me/password', { body: { ...proof, newPassword: password } })).toMatchObject({ status: 400 });
  });

  it('takes a new address that answers a code, and tells the former one', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const { body } = await sari.as('POST /api/xm/me/identifiers', { body: { email: 'New@example.id', password } });
    const given = { challengeId: body.challengeId, code: world.messenger.codeTo('new@example.id') };
    expect(await sari.as('POST /api/xm/me/identifiers/verify', { body: given })).toMatchObject({ body: { email: 'new@example.id' } });
    expect(world.messenger.sent.at(-1)).toMatchObject({ to: sari.email, template: 'identifier-changed' });
    expect(await signIn(world, 'new@example.id')).toMatchObject({ status: 200 });
    expect(await signIn(world, sari.email)).toMatchObject({ status: 401 });
    expect(world.audit.all().find(({ action }) => action === 'identifier.changed')).toMatchObject({
      before: { email: 's***@example.id' },
      after: { email: 'n***@example.id' },
    });
  });

  it('tells somebody who had no number yet by e-mail that there is one now', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const { body } = await sari.as('POST /api/xm/me/identifiers', { body: { phone: '081234567890', password } });
    const given = { challengeId: body.challengeId, code: world.messenger.codeTo('+6281234567890') };
    expect(await sari.as('POST /api/xm/me/identifiers/verify', { body: given })).toMatchObject({ body: { phone: '+6281234567890' } });
    expect(world.messenger.sent.at(-1)).toMatchObject({ to: sari.email, template: 'identifier-changed', values: { kind: 'phone' } });
  });

  it('takes no code any more that went to a former address', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const asked = async (route: string) => ({
      challengeId: (await world.call(route, { body: { identifier: sari.email } })).body.challengeId as string,
      code: world.messenger.codeTo(sari.email),
    });
    const [signingIn, forgotten] = [await asked('POST /api/xm/auth/codes'), await asked('POST /api/xm/auth/password/forgot')];
    const { body: proof } = await sari.as('POST /api/xm/me/codes');
    const proven = { challengeId: proof.challengeId, code: world.messenger.codeTo(sari.email) };
    const { body } = await sari.as('POST /api/xm/me/identifiers', { body: { email: 'new@example.id', password } });
    const given = { challengeId: body.challengeId, code: world.messenger.codeTo('new@example.id') };
    expect(await sari.as('POST /api/xm/me/identifiers/verify', { body: given })).toMatchObject({ status: 200 });
    const refused = { status: 400, body: { code: 'identity.code-wrong' } };
    expect(await world.call('POST /api/xm/auth/sign-in/code', { body: signingIn })).toMatchObject(refused);
    expect(
      await world.call('POST /api/xm/auth/password/reset', { body: { ...forgotten, password: 'another long password' } }),
    ).toMatchObject(refused);
    expect(await sari.as('POST /api/xm/me/password', { body: { ...proven, newPassword: 'another long password' } })).toMatchObject(refused);
  });

  it('gives a token alone neither another address nor the data', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const sent = world.messenger.sent.length;
    const refusals = [
      [{}, { status: 400, body: { code: 'identity.code-wrong' } }],
      [{ password: 'not the password' }, { status: 401, body: { code: 'identity.credentials-wrong' } }],
    ] as const;
    for (const [proof, wrong] of refusals) {
      expect(await sari.as('POST /api/xm/me/identifiers', { body: { email: 'thief@example.id', ...proof } })).toMatchObject(wrong);
      expect(await sari.as('POST /api/xm/me/export', { body: proof })).toMatchObject(wrong);
    }
    expect(world.messenger.sent).toHaveLength(sent);
    expect(world.exports.size).toBe(0);
  });

  it('does not tell whether an address is somebody else’s, and never takes it', async () => {
    const world = await memberFlows();
    const [sari, budi] = [await world.signedUp('sari', password), await world.signedUp('budi')];
    const ask = (email: string) => sari.as('POST /api/xm/me/identifiers', { body: { email, password } });
    const [taken, free] = [await ask(budi.email), await ask('free@example.id')];
    expect([taken.status, Object.keys(taken.body)]).toEqual([free.status, Object.keys(free.body)]);
    expect(world.messenger.sent.at(-2)).toMatchObject({ to: budi.email, expiresAt: '1970-01-01T00:00:00.000Z' });
    const given = { challengeId: taken.body.challengeId, code: '000000' };
    expect(await sari.as('POST /api/xm/me/identifiers/verify', { body: given })).toMatchObject({ status: 400 });
  });

  it('signs out one session or all', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    await signIn(world, 'sari');
    const { body } = await sari.as('GET /api/xm/me/sessions');
    const other = (body.sessions as { id: string; current: boolean }[]).find(({ current }) => !current)!;
    const end = () => sari.as('DELETE /api/xm/me/sessions/{sessionId}', { path: { sessionId: other.id } });
    expect(await end()).toMatchObject({ status: 204 });
    expect(await end()).toMatchObject({ status: 404, body: { code: 'identity.session-not-found' } });
    expect(await sari.as('DELETE /api/xm/me/sessions')).toMatchObject({ status: 204 });
    expect((await sari.as('GET /api/xm/me/sessions')).body.sessions).toEqual([]);
  });
});

describe('the second factor of a member', () => {
  it('is set up with a proof and a first code, renewed and removed with a code', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    expect(await sari.as('POST /api/xm/me/second-factor', { body: { password: 'wrong' } })).toMatchObject({ status: 401 });
    const started = await sari.as('POST /api/xm/me/second-factor', { body: { password } });
    expect(started.body).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringContaining('otpauth://totp/XM:sari'),
    });
    const sealed = (await world.engine.database.load(sari.id)).secondFactor!.secret;
    const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed, context: sari.id }), 'base64url');
    const codeNow = () => {
      world.clock.advance(30_000);
      return totpCode(secret, totpStep(world.clock.now()));
    };
    const confirmed = await sari.as('POST /api/xm/me/second-factor/confirm', { body: { code: codeNow() } });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect(await sari.as('GET /api/xm/me')).toMatchObject({ body: { hasSecondFactor: true } });
    expect(await sari.as('POST /api/xm/me/second-factor', { body: { password } })).toMatchObject({
      status: 409,
      body: { code: 'identity.second-factor-present' },
    });
    const renewed = await sari.as('POST /api/xm/me/second-factor/recovery-codes', { body: { code: codeNow() } });
    expect(renewed.body.recoveryCodes).not.toContain(confirmed.body.recoveryCodes[0]);
    const remove = (code: string) => sari.as('POST /api/xm/me/second-factor/remove', { body: { code } });
    expect(await remove(confirmed.body.recoveryCodes[0])).toMatchObject({ status: 400 });
    expect(await remove(renewed.body.recoveryCodes[0])).toMatchObject({ status: 204 });
    expect(await sari.as('GET /api/xm/me')).toMatchObject({ body: { hasSecondFactor: false } });
    const actions = world.audit.all().map(({ action }) => action);
    expect(actions).toEqual([
      'member.signed-up',
      'proof.refused',
      'second-factor.on',
      'recovery-codes.renewed',
      'proof.refused',
      'second-factor.off',
    ]);
  });
});

describe('leaving', () => {
  const leave = async (world: Flows) => {
    const sari = await world.signedUp('sari', password);
    await sari.as('POST /api/xm/me/export', { body: { password } });
    const asked = await sari.as('POST /api/xm/me/deletion', { body: { password } });
    return { sari, asked };
  };

  it('hands out all data of the member and none of anybody else', async () => {
    const world = await memberFlows();
    const [sari, budi] = [await world.signedUp('sari', password), await world.signedUp('budi')];
    const { body } = await sari.as('POST /api/xm/me/export', { body: { password } });
    expect(body).toEqual({ url: expect.any(String), expiresAt: new Date(world.clock.now() + 900_000).toISOString() });
    const content = world.exports.get(sari.id) ?? '';
    expect(JSON.parse(content)).toMatchObject({
      account: { id: sari.id, handle: 'sari', email: sari.email },
      sessions: [{ id: sari.caller.sessionId, address: '192.0.2.1' }],
      events: [{ action: 'member.signed-up' }],
    });
    for (const secret of [budi.id, sari.tokens.refreshToken, 'refreshHash', 'plain:']) expect(content).not.toContain(secret);
  });

  it('wants the data exported within a week before', async () => {
    const world = await memberFlows();
    const sari = await world.signedUp('sari', password);
    const ask = () => sari.as('POST /api/xm/me/deletion', { body: { password } });
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'identity.export-first' } });
    await sari.as('POST /api/xm/me/export', { body: { password } });
    world.clock.advance(7 * dayMs + 1);
    expect(await ask()).toMatchObject({ status: 409 });
    await sari.as('POST /api/xm/me/export', { body: { password } });
    expect(await ask()).toMatchObject({ status: 202, body: { deletionAt: new Date(world.clock.now() + 14 * dayMs).toISOString() } });
  });

  it('can be taken back within the grace, which asking again does not begin anew', async () => {
    const world = await memberFlows();
    const { sari, asked } = await leave(world);
    world.clock.advance(dayMs);
    expect((await sari.as('POST /api/xm/me/deletion', { body: { password } })).body).toEqual(asked.body);
    expect((await sari.as('DELETE /api/xm/me/deletion')).body).toMatchObject({ deletionAt: null });
    world.clock.advance(30 * dayMs);
    expect(await eraseMembers(world.deps)).toBe(0);
    expect(await sari.as('GET /api/xm/me')).toMatchObject({ status: 200 });
  });

  it('leaves a tombstone without personal data, and frees handle and address', async () => {
    const world = await memberFlows();
    const { sari } = await leave(world);
    world.clock.advance(14 * dayMs - 1);
    expect(await eraseMembers(world.deps)).toBe(0);
    world.clock.advance(1);
    expect(await eraseMembers(world.deps)).toBe(1);
    const { user } = await world.engine.database.load(sari.id);
    expect(user).toMatchObject({
      handle: `deleted-${sari.id}`,
      email: null,
      phone: null,
      membership: { status: 'deleted' },
      deletionAtMs: null,
    });
    expect(JSON.stringify([...world.database.rows()].filter(([key]) => key.startsWith('user')))).not.toContain('sari');
    expect(world.erased).toEqual([sari.id]);
    expect(world.exports.has(sari.id)).toBe(false);
    expect(await signIn(world, 'sari')).toMatchObject({ status: 401 });
    expect(await world.call('POST /api/xm/auth/refresh', { body: { refreshToken: sari.tokens.refreshToken } })).toMatchObject({
      status: 401,
    });
    expect((await world.signedUp('sari')).id).not.toBe(sari.id);
    expect(await eraseMembers(world.deps)).toBe(0);
  });

  it('cannot be kept from happening by somebody who takes the handle of the tombstone', async () => {
    const world = await memberFlows();
    const { sari } = await leave(world);
    const budi = await world.signedUp('budi');
    for (const handle of [`deleted.${sari.id}`, `deleted-${sari.id}`]) await budi.as('PATCH /api/xm/me', { body: { handle } });
    world.clock.advance(14 * dayMs);
    expect(await eraseMembers(world.deps)).toBe(1);
    expect((await world.engine.database.load(sari.id)).user).toMatchObject({ email: null, membership: { status: 'deleted' } });
  });

  it('of one member does not wait for another, who cannot be erased', async () => {
    const world = await memberFlows();
    const { sari } = await leave(world);
    await world.engine.transact(() => Promise.resolve(), { also: [world.deletions.scheduled('1', world.clock.now())] });
    world.clock.advance(14 * dayMs);
    const sessions = {
      endAll: (subject: string) => (subject === sari.id ? world.deps.sessions.endAll(subject) : Promise.reject(new Error('no'))),
    };
    const load: typeof world.deps.database.load = async (id) =>
      id === '1' ? Promise.reject(new Error('no')) : world.deps.database.load(id);
    const failing = { ...world.deps, sessions, database: { ...world.deps.database, load } };
    await expect(eraseMembers(failing)).rejects.toThrow('1 of 2 members could not be erased');
    expect(world.erased).toEqual([sari.id]);
  });

  it('is finished by the next run when one was cut off', async () => {
    const world = await memberFlows();
    const { sari } = await leave(world);
    world.clock.advance(14 * dayMs);
    const cutOff = { ...world.deps, belongings: { erase: () => Promise.reject(new Error('cut off')) } };
    await expect(eraseMembers(cutOff)).rejects.toMatchObject({ errors: [new Error('cut off')] });
    expect(await sari.as('DELETE /api/xm/me/deletion')).toMatchObject({ status: 200, body: { status: 'deleted' } });
    expect(await eraseMembers(world.deps)).toBe(1);
    expect(world.erased).toEqual([sari.id]);
  });
});
