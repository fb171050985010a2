import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { movedTo } from '#shared/identity/administration/membership-status.ts';
import { unseal } from '#shared/identity/engine/sealing.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { testKeys } from '#test/fakes/identity-world.ts';
import { memberFlows } from '#test/fakes/member-flow-world.ts';

const password = 'correct horse battery';
const signIn = (identifier: string, given = password) => ['POST /api/xm/auth/sign-in', { body: { identifier, password: given } }] as const;
type Flows = Awaited<ReturnType<typeof memberFlows>>;

const actions = (world: Flows) => world.audit.all().map(({ action }) => action);

async function withSecondFactor(world: Flows, handle = 'sari') {
  const member = await world.signedUp(handle, password);
  await member.as('POST /api/xm/me/second-factor', { body: { password } });
  const sealed = (await world.engine.database.load(member.id)).secondFactor!.secret;
  const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed, context: member.id }), 'base64url');
  const codeNow = () => totpCode(secret, totpStep(world.clock.now()));
  const confirmed = await member.as('POST /api/xm/me/second-factor/confirm', { body: { code: codeNow() } });
  world.clock.advance(30_000);
  return { member, codeNow, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

async function ban(world: Flows, id: string) {
  const { user } = await world.engine.database.load(id);
  const membership = movedTo(user!.membership, { to: 'banned', reason: 'spam', actor: 'staff:stf_1' }, world.clock.now());
  await world.engine.records.update({ model: 'user', where: [{ field: 'id', value: id }], update: { membership } });
}

describe('signing up', () => {
  it('makes a member of somebody whose code comes back, and signs in', async () => {
    const world = await memberFlows();
    const member = await world.signedUp('Sari.Dewi', password);
    expect(member.tokens).toMatchObject({
      next: 'done',
      tokenType: 'Bearer',
      expiresInSeconds: 600,
      account: { handle: 'Sari.Dewi', email: 'sari.dewi@example.id', status: 'basic', hasPassword: true, hasSecondFactor: false },
    });
    expect(decodeJwt(member.tokens.accessToken)).toMatchObject({ sub: member.id, roles: ['member'], ver: 1, iss: 'https://issuer.test' });
    expect(actions(world)).toEqual(['member.signed-up']);
  });

  it('takes an Indonesian number as people write it, and signs in by it', async () => {
    const world = await memberFlows();
    const { body } = await world.call('POST /api/xm/auth/sign-up', { body: { handle: 'budi', phone: '0812-3456-7890', password } });
    const code = world.messenger.codeTo('+6281234567890');
    const made = await world.call('POST /api/xm/auth/sign-up/verify', { body: { challengeId: body.challengeId, code } });
    expect(made.body.account).toMatchObject({ phone: '+6281234567890', email: null });
    for (const identifier of ['+6281234567890', '081234567890', 'BUDI'])
      expect(await world.call(...signIn(identifier))).toMatchObject({ status: 200 });
  });

  it('takes no handle that reads as a number: its holder could not sign in by it, and codes would go to whose number it is', async () => {
    const world = await memberFlows();
    const ask = (handle: string) => world.call('POST /api/xm/auth/sign-up', { body: { handle, email: 'sari@example.id' } });
    for (const handle of ['081234567890', '0812.3456.7890', '6281234567890']) expect((await ask(handle)).status).toBe(400);
    expect((await ask('sari08123')).status).toBe(202);
  });

  it('makes nobody before the code comes back, and takes a code once', async () => {
    const world = await memberFlows();
    const { body } = await world.call('POST /api/xm/auth/sign-up', { body: { handle: 'sari', email: 'sari@example.id', password } });
    expect(await world.call(...signIn('sari'))).toMatchObject({ status: 401 });
    const verify = { body: { challengeId: body.challengeId, code: world.messenger.codeTo('sari@example.id') } };
    expect(await world.call('POST /api/xm/auth/sign-up/verify', verify)).toMatchObject({ status: 201 });
    expect(await world.call('POST /api/xm/auth/sign-up/verify', verify)).toMatchObject({
      status: 400,
      body: { code: 'identity.code-wrong' },
    });
  });

  it('answers alike for an address that has an account, and tells its owner alone', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    const ask = (handle: string, email: string) => world.call('POST /api/xm/auth/sign-up', { body: { handle, email, password } });
    const [taken, free] = [await ask('budi', 'SARI@example.id'), await ask('citra', 'citra@example.id')];
    expect(Object.keys(taken.body)).toEqual(Object.keys(free.body));
    expect(taken.status).toBe(free.status);
    expect(world.messenger.sent.at(-2)).toMatchObject({ to: 'sari@example.id', template: 'sign-up-existing' });
  });

  it('says at once that a handle is taken, whatever its case', async () => {
    const world = await memberFlows();
    await world.signedUp('sari');
    const again = await world.call('POST /api/xm/auth/sign-up', { body: { handle: 'SARI', email: 'other@example.id' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'identity.handle-taken' } });
  });

  it('gives an address that two ask for to one of them', async () => {
    const world = await memberFlows();
    const ask = async (handle: string) => {
      const { body } = await world.call('POST /api/xm/auth/sign-up', { body: { handle, email: 'both@example.id' } });
      return { challengeId: body.challengeId, code: world.messenger.codeTo('both@example.id') };
    };
    const [one, two] = [await ask('one'), await ask('two')];
    const both = await Promise.all([one, two].map((body) => world.call('POST /api/xm/auth/sign-up/verify', { body })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 400]);
  });
});

describe('signing in', () => {
  it('answers alike for a wrong password, an unknown account and one without a password, down to the lock', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    await world.signedUp('wordless');
    const answers = async (identifier: string) => {
      const all = [];
      for (let count = 0; count < 6; count += 1) all.push(await world.call(...signIn(identifier, 'wrong')));
      return all.map(({ status, body, headers }) => ({ status, code: body.code, wait: headers['retry-after'] }));
    };
    const known = await answers('sari@example.id');
    expect(known.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await answers('nobody@example.id')).toEqual(known);
    expect(await answers('wordless')).toEqual(known);
  });

  it('does the same for an unknown account as for a known one: requests, verifications, records', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    const trace = async (identifier: string) => {
      const [requests, verified, records] = [world.database.requests.length, world.hasher.verified.length, world.audit.all().length];
      await world.call(...signIn(identifier, 'wrong'));
      return {
        requests: world.database.requests.slice(requests),
        verified: world.hasher.verified.length - verified,
        records: world.audit.all().length - records,
      };
    };
    const known = await trace('sari@example.id');
    expect(known).toEqual({ requests: ['findHolder', 'load', 'countFailure', 'countFailure'], verified: 1, records: 1 });
    expect(await trace('nobody@example.id')).toEqual(known);
    expect(await trace('+6281200000000')).toEqual(known);
  });

  it('does the same for a code that nobody gets: requests and messages', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    for (const route of ['POST /api/xm/auth/codes', 'POST /api/xm/auth/password/forgot']) {
      const trace = async (identifier: string) => {
        const [requests, sent] = [world.database.requests.length, world.messenger.sent.length];
        const { status, body } = await world.call(route, { body: { identifier } });
        return {
          status,
          keys: Object.keys(body),
          requests: world.database.requests.slice(requests),
          sent: world.messenger.sent.length - sent,
        };
      };
      expect(await trace('nobody')).toEqual(await trace('sari'));
      expect(await trace('nobody@example.id')).toEqual(await trace('sari@example.id'));
    }
    const strangers = world.messenger.sent.filter(({ to }) => to.startsWith('nobody'));
    expect(strangers).toHaveLength(4);
    expect(strangers.every(({ expiresAt }) => expiresAt === '1970-01-01T00:00:00.000Z')).toBe(true);
  });

  it('signs in by a code, once', async () => {
    const world = await memberFlows();
    const { email } = await world.signedUp('sari');
    const { body } = await world.call('POST /api/xm/auth/codes', { body: { identifier: 'sari' } });
    const given = { body: { challengeId: body.challengeId, code: world.messenger.codeTo(email) } };
    const both = await Promise.all([1, 2].map(() => world.call('POST /api/xm/auth/sign-in/code', given)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });

  it('asks for the second factor where there is one, and takes a ticket and a code once', async () => {
    const world = await memberFlows();
    const { codeNow, member } = await withSecondFactor(world);
    const first = await world.call(...signIn('sari'));
    expect(first.body).toEqual({ next: 'second-factor', ticket: expect.any(String) });
    const code = codeNow();
    const step = (ticket: string) => world.call('POST /api/xm/auth/sign-in/second-factor', { body: { ticket, code } });
    const done = await step(first.body.ticket);
    expect(decodeJwt(done.body.accessToken)).toMatchObject({ sub: member.id, mfa_at: Math.floor(world.clock.now() / 1_000) });
    expect(await step(first.body.ticket)).toMatchObject({ status: 401, body: { code: 'identity.ticket-invalid' } });
    const second = await world.call(...signIn('sari'));
    expect(await step(second.body.ticket)).toMatchObject({ status: 400, body: { code: 'identity.code-wrong' } });
  });

  it('lets a recovery code in, once', async () => {
    const world = await memberFlows();
    const { recoveryCodes } = await withSecondFactor(world);
    const enter = async () => {
      const { body } = await world.call(...signIn('sari'));
      return world.call('POST /api/xm/auth/sign-in/second-factor', { body: { ticket: body.ticket, code: recoveryCodes[0] } });
    };
    expect(await enter()).toMatchObject({ status: 200 });
    expect(await enter()).toMatchObject({ status: 400 });
    expect(world.audit.all().findLast(({ action }) => action === 'sign-in.ok')?.after).toMatchObject({
      by: 'recovery',
      recoveryCodesLeft: 9,
    });
  });

  it('takes no ticket from before all sessions were ended', async () => {
    const world = await memberFlows();
    const { member, codeNow } = await withSecondFactor(world);
    const { body } = await world.call(...signIn('sari'));
    await member.as('DELETE /api/xm/me/sessions');
    const step = { body: { ticket: body.ticket, code: codeNow() } };
    expect(await world.call('POST /api/xm/auth/sign-in/second-factor', step)).toMatchObject({ status: 401 });
  });

  it('tells somebody who was banned, once the password is right, and nobody else', async () => {
    const world = await memberFlows();
    const { id, tokens } = await world.signedUp('sari', password);
    await ban(world, id);
    expect(await world.call(...signIn('sari'))).toMatchObject({ status: 403, body: { code: 'identity.banned' } });
    expect(await world.call(...signIn('sari', 'wrong'))).toMatchObject({ status: 401 });
    const refresh = await world.call('POST /api/xm/auth/refresh', { body: { refreshToken: tokens.refreshToken } });
    expect(refresh).toMatchObject({ status: 403, body: { code: 'identity.banned' } });
  });

  it('limits attempts of one address, and says how long to wait', async () => {
    const world = await memberFlows();
    const all = [];
    for (let count = 0; count < 31; count += 1) all.push(await world.call(...signIn(`nobody${count}`)));
    expect(all[0]?.headers).toMatchObject({ 'ratelimit-policy': '"sign-in-address";q=30;w=60' });
    expect(all.at(-1)).toMatchObject({
      status: 429,
      body: { code: 'request.rate-limited' },
      headers: { 'retry-after': expect.any(String) },
    });
  });
});

describe('refreshing', () => {
  it('ends the session when a former token comes back, and keeps a record', async () => {
    const world = await memberFlows();
    const { tokens } = await world.signedUp('sari');
    const refresh = (refreshToken: string) => world.call('POST /api/xm/auth/refresh', { body: { refreshToken } });
    const second = await refresh(tokens.refreshToken);
    expect(second).toMatchObject({ status: 200, body: { account: { handle: 'sari' } } });
    expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 401, body: { code: 'identity.session-ended' } });
    expect(await refresh(second.body.refreshToken)).toMatchObject({ status: 401 });
    expect(actions(world)).toEqual(['member.signed-up', 'session.reuse-detected']);
  });

  it('ends with the sign-out, which says nothing about whether there was a session', async () => {
    const world = await memberFlows();
    const { tokens } = await world.signedUp('sari');
    for (const refreshToken of [tokens.refreshToken, tokens.refreshToken, 'no token'])
      expect(await world.call('POST /api/xm/auth/sign-out', { body: { refreshToken } })).toMatchObject({ status: 204, body: undefined });
    expect(await world.call('POST /api/xm/auth/refresh', { body: { refreshToken: tokens.refreshToken } })).toMatchObject({ status: 401 });
    expect(actions(world)).toEqual(['member.signed-up', 'session.ended']);
  });
});

describe('a forgotten password', () => {
  it('is set anew by a code, which ends all sessions and every lock', async () => {
    const world = await memberFlows();
    const { email, tokens } = await world.signedUp('sari', password);
    for (let count = 0; count < 5; count += 1) await world.call(...signIn('sari', 'wrong'));
    const { body } = await world.call('POST /api/xm/auth/password/forgot', { body: { identifier: email } });
    const reset = { challengeId: body.challengeId, code: world.messenger.codeTo(email), password: 'another long password' };
    expect(await world.call('POST /api/xm/auth/password/reset', { body: reset })).toMatchObject({ status: 204 });
    expect(await world.call('POST /api/xm/auth/password/reset', { body: reset })).toMatchObject({ status: 400 });
    expect(await world.call('POST /api/xm/auth/refresh', { body: { refreshToken: tokens.refreshToken } })).toMatchObject({ status: 401 });
    expect(await world.call(...signIn('sari'))).toMatchObject({ status: 401 });
    expect(await world.call(...signIn('sari', 'another long password'))).toMatchObject({ status: 200 });
    expect(world.messenger.sent.at(-1)).toMatchObject({ to: email, template: 'password-changed' });
  });
});

describe('an attacker in one network', () => {
  const [home, abroad] = ['192.0.2.1', '198.51.100.7'];
  const codes = 'POST /api/xm/auth/codes';

  it('keeps nobody out who comes from another, and learns nothing of which identifiers belong together', async () => {
    const world = await memberFlows();
    const { email } = await world.signedUp('sari', password);
    const guess = (identifier: string) =>
      world.call('POST /api/xm/auth/sign-in', { body: { identifier, password: 'wrong' }, address: abroad });
    for (let count = 0; count < 5; count += 1) await guess(email);
    expect(await guess(email)).toMatchObject({ status: 429, body: { code: 'identity.locked' } });
    expect(await guess('sari')).toMatchObject({ status: 401 });
    expect(await world.call(...signIn('sari'))).toMatchObject({ status: 200 });
  });

  it('leaves one record of a lock, and none of attempts that meet it', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    for (let count = 0; count < 15; count += 1) await world.call(...signIn('sari', 'wrong'));
    expect(actions(world).slice(1)).toEqual([...Array.from({ length: 4 }, () => 'sign-in.refused'), 'sign-in.locked']);
    expect(world.audit.all().at(-1)).toMatchObject({ actor: 'anonymous', after: { why: 'password', seconds: 30 } });
  });

  it('uses up no codes of the owner, who asks from another', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    const ask = (address: string) => world.call(codes, { body: { identifier: 'sari' }, address });
    const attempts = [];
    for (let count = 0; count < 30; count += 1) attempts.push((await ask(abroad)).status);
    expect(attempts.filter((status) => status === 202)).toHaveLength(5);
    expect(await ask('203.0.113.5')).toMatchObject({ status: 202 });
  });

  it('with many others uses up what leaves for one identifier, but not where its owner has come in', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    const ask = (address: string) => world.call(codes, { body: { identifier: 'sari' }, address });
    for (let network = 0; network < 20; network += 1) expect(await ask(`203.0.${network}.1`)).toMatchObject({ status: 202 });
    expect(await ask(abroad)).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } });
    expect(await ask(home)).toMatchObject({ status: 202 });
  });

  it('leaves records of wrong codes, of accounts there are and are not', async () => {
    const world = await memberFlows();
    await world.signedUp('sari', password);
    for (const identifier of ['sari', 'nobody@example.id']) {
      const { body } = await world.call(codes, { body: { identifier }, address: abroad });
      const right = world.messenger.sent.at(-1)!.values as { code: string };
      const code = right.code === '111111' ? '222222' : '111111';
      await world.call('POST /api/xm/auth/sign-in/code', { body: { challengeId: body.challengeId, code }, address: abroad });
      expect(world.audit.all().at(-1)).toMatchObject({
        action: 'code.refused',
        actor: 'anonymous',
        address: abroad,
        after: { for: 'sign-in' },
      });
    }
  });
});

describe('the audit log of sign-ins', () => {
  it('holds no password, code, token or whole address', async () => {
    const world = await memberFlows();
    const { tokens } = await world.signedUp('sari', password);
    await world.call(...signIn('sari'));
    await world.call(...signIn('nobody@example.id', 'a secret guess'));
    const text = JSON.stringify(world.audit.all());
    for (const secret of [password, tokens.refreshToken, tokens.accessToken, 'sari@example.id', 'nobody@example.id', 'a secret guess'])
      expect(text).not.toContain(secret);
  });
});
