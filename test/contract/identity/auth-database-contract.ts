/**
 * What every database of the engine promises, whatever it is made of.
 */
import { expect, it } from 'vitest';
import { RecordRefused } from '#shared/identity/engine/auth-database.ts';
import { createSubject, findSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import { oneTimePurpose, openCode, openTicket, tryCode, tryTicket, useUp, useUpNow } from '#shared/identity/engine/one-time.ts';
import { checkPassword, writePassword } from '#shared/identity/engine/passwords.ts';
import {
  checkSecondFactor,
  confirmSecondFactor,
  newSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '#shared/identity/engine/second-factor.ts';
import {
  endAllSessions,
  endSession,
  endSessionOf,
  listSessions,
  openSession,
  refreshSession,
  stepUpSession,
} from '#shared/identity/engine/sessions.ts';
import { guesses } from './guess-contract.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { guessOf } from '#shared/identity/engine/guesses.ts';
import { unseal } from '#shared/identity/engine/sealing.ts';
import type { Realm, Subject } from '#shared/identity/engine/realm.ts';
import { testKeys, type EngineWorld } from '#test/fakes/identity-world.ts';
import * as z from 'zod';

export interface Contract<User extends Subject> {
  readonly realm: Realm<User>;
  open(): Promise<EngineWorld<User>>;
  user(id: string, changes?: Partial<User>): User;
}

const client = { address: '192.0.2.1', userAgent: 'test' };
const purpose = oneTimePurpose({ name: 'test', seconds: 600, data: z.object({ to: z.string() }) });

/** Registers the promises as tests of the suite around it. */
export function authDatabaseContract<User extends Subject>(contract: Contract<User>): void {
  const withSubject = async (secrets: { password?: string } = {}) => {
    const world = await contract.open();
    const { engine } = world;
    const user = contract.user(newSubjectId(engine));
    const passwordHash = secrets.password === undefined ? undefined : await engine.passwords.hash(secrets.password);
    await createSubject(engine, { user, passwordHash });
    const load = (what: 'password' | 'second-factor' = 'password') =>
      engine.database.load(user.id, { guess: guessOf(engine, what, client) });
    const signIn = async () => openSession(engine, { subject: await load(), client });
    return { ...world, user, load, signIn };
  };
  subjects(contract, withSubject);
  records(withSubject);
  oneTimes(withSubject);
  sessions(withSubject);
  passwords(withSubject);
  guesses(withSubject);
  secondFactors(withSubject);
}

type WithSubject<User extends Subject> = (secrets?: { password?: string }) => Promise<
  EngineWorld<User> & {
    user: User;
    load: (what?: 'password' | 'second-factor') => ReturnType<EngineWorld<User>['engine']['database']['load']>;
    signIn: () => ReturnType<typeof openSession<User>>;
  }
>;

const outcomes = async (all: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(all);
  return {
    done: settled.filter(({ status }) => status === 'fulfilled').length,
    refusals: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as RecordRefused] : [])),
  };
};

function subjects<User extends Subject>(contract: Contract<User>, withSubject: WithSubject<User>): void {
  it('finds a subject by its unique value in any case, and reads all of it at once', async () => {
    const { engine, user } = await withSubject({ password: 'a long password' });
    expect(await findSubject(engine, { field: 'email', value: String(user.email).toUpperCase() })).toBe(user.id);
    expect(await engine.database.load(user.id)).toEqual({
      id: user.id,
      user,
      passwordHash: await engine.passwords.hash('a long password'),
      secondFactor: undefined,
      before: undefined,
      version: 1,
      session: undefined,
    });
  });

  it('answers one id for whoever is not there, and reads nothing under it', async () => {
    const { engine } = await withSubject();
    const id = await findSubject(engine, { field: 'email', value: 'nobody@example.id' });
    expect(await findSubject(engine, { field: 'email', value: 'Nobody@example.id' })).toBe(id);
    expect(await engine.database.load(id)).toMatchObject({ user: undefined, passwordHash: undefined, version: 0 });
  });

  it('lets one of two sign-ups at once have an address', async () => {
    const { engine } = await contract.open();
    const email = 'both@example.id';
    const twice = [1, 2].map(() => createSubject(engine, { user: { ...contract.user(newSubjectId(engine)), email } }));
    const { done, refusals } = await outcomes(twice);
    expect(done).toBe(1);
    expect(refusals).toMatchObject([{ reason: 'taken', model: 'user', field: 'email' }]);
    const holder = await findSubject(engine, { field: 'email', value: email });
    expect((await engine.database.load(holder)).user).toMatchObject({ id: holder, email });
  });

  it('makes nothing of a subject whose unique value is taken', async () => {
    const { engine, user } = await withSubject();
    const id = newSubjectId(engine);
    const again = createSubject(engine, { user: { ...contract.user(id), email: user.email }, passwordHash: 'hash' });
    await expect(again).rejects.toMatchObject({ reason: 'taken', field: 'email' });
    expect(await engine.database.load(id)).toMatchObject({ user: undefined, passwordHash: undefined, version: 0 });
  });

  it('gives a former unique value back when it is changed, and refuses a taken one', async () => {
    const { engine, user } = await withSubject();
    const where = [{ field: 'id', value: user.id }];
    await engine.records.update({ model: 'user', where, update: { email: 'new@example.id' } });
    expect(await findSubject(engine, { field: 'email', value: 'new@example.id' })).toBe(user.id);
    const other = contract.user(newSubjectId(engine), { email: user.email } as Partial<User>);
    await createSubject(engine, { user: other });
    await expect(engine.records.update({ model: 'user', where, update: { email: user.email } })).rejects.toMatchObject({ reason: 'taken' });
    expect((await engine.database.load(user.id)).user?.email).toBe('new@example.id');
  });

  it('frees all unique values of a subject that is deleted', async () => {
    const { engine, user } = await withSubject();
    await engine.records.delete({ model: 'user', where: [{ field: 'id', value: user.id }] });
    await createSubject(engine, { user: { ...contract.user(newSubjectId(engine)), email: user.email } });
    expect((await engine.database.load(user.id)).user).toBeUndefined();
  });
}

function records<User extends Subject>(withSubject: WithSubject<User>): void {
  it('keeps the contract of better-auth for single records', async () => {
    const { engine, user, signIn } = await withSubject({ password: 'a long password' });
    const { sessionId } = await signIn();
    const byToken = [{ field: 'token', value: `${user.id}.${sessionId}` }];
    const { records } = engine;
    expect(await records.findOne({ model: 'session', where: byToken })).toMatchObject({ id: sessionId, expiresAt: expect.any(Date) });
    expect(await records.count({ model: 'session', where: [{ field: 'userId', value: user.id }] })).toBe(1);
    expect(
      await records.updateMany({ model: 'session', where: [{ field: 'userId', value: user.id }], update: { userAgent: 'other' } }),
    ).toBe(1);
    expect(await records.findOne({ model: 'session', where: byToken })).toMatchObject({ userAgent: 'other' });
    expect(
      await records.update({ model: 'session', where: [{ field: 'token', value: 'no.such' }], update: { userAgent: 'x' } }),
    ).toBeNull();
    expect(await records.findOne({ model: 'user', where: [{ field: 'email', value: String(user.email) }] })).toMatchObject({ id: user.id });
    expect(await records.findMany({ model: 'account', where: [{ field: 'userId', value: user.id }] })).toHaveLength(1);
  });

  it('consumes a record once, however many ask at once', async () => {
    const { engine, user, signIn } = await withSubject();
    const { sessionId } = await signIn();
    const consume = () => engine.records.consumeOne({ model: 'session', where: [{ field: 'token', value: `${user.id}.${sessionId}` }] });
    const consumed = await Promise.all(Array.from({ length: 10 }, consume));
    expect(consumed.filter((row) => row !== null)).toHaveLength(1);
  });

  it('loses no increment of many at once', async () => {
    const { engine } = await withSubject();
    const count = () => engine.database.countFailure('nobody-1', 'password', 1_000);
    await Promise.all(Array.from({ length: 20 }, count));
    expect(await count()).toBe(21);
  });

  it('increments under a condition only while it holds', async () => {
    const { engine } = await withSubject();
    const { challengeId } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'x' } });
    const increment = () =>
      engine.records.incrementOne({
        model: 'verification',
        where: [
          { field: 'identifier', value: challengeId },
          { field: 'attempts', operator: 'lt', value: 3 },
        ],
        increment: { attempts: 1 },
      });
    const all = await Promise.all(Array.from({ length: 8 }, increment));
    expect(all.filter((row) => row !== null)).toHaveLength(3);
  });

  it('does all of a transaction or nothing', async () => {
    const { engine, user, load } = await withSubject({ password: 'a long password' });
    const failed = engine.transact(async (inside) => {
      await inside.update({ model: 'user', where: [{ field: 'id', value: user.id }], update: { email: 'changed@example.id' } });
      await writePassword(inside, { id: user.id, passwordHash: 'another than it is' }, 'new');
    });
    await expect(failed).rejects.toBeInstanceOf(RecordRefused);
    expect((await load()).user?.email).toBe(user.email);
    expect(await findSubject(engine, { field: 'email', value: 'changed@example.id' })).not.toBe(user.id);
  });
}

async function provenBy<User extends Subject>(
  engine: EngineWorld<User>['engine'],
  given: { readonly challengeId: string; readonly code: string },
  name = purpose.name,
) {
  const tried = await tryCode(engine, { ...purpose, name }, { ...given, address: client.address });
  return tried.outcome === 'right' ? tried.proven : undefined;
}

function oneTimes<User extends Subject>(withSubject: WithSubject<User>): void {
  it('uses a code up once, however many use it at once', async () => {
    const { engine } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'sari@example.id' } });
    const proven = await provenBy(engine, { challengeId, code });
    expect(proven?.data).toEqual({ to: 'sari@example.id' });
    const uses = await Promise.all(Array.from({ length: 10 }, () => useUpNow(engine, proven!)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
    await expect(engine.transact((inside) => useUp(inside, proven!))).rejects.toMatchObject({ reason: 'changed', model: 'verification' });
  });

  it('takes five attempts at a code, also when they come at once', async () => {
    const { engine } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'x' } });
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 5 }, () => provenBy(engine, { challengeId, code: wrong })));
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
  });

  it('takes no code that has expired, was made for something else, or opens nothing', async () => {
    const { engine, clock } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'x' } });
    expect(await provenBy(engine, { challengeId, code }, 'another')).toBeUndefined();
    clock.advance(600_000);
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
    const nothing = await openCode(engine, purpose, { subjectId: 'nobody-1', data: undefined });
    expect(await provenBy(engine, nothing)).toBeUndefined();
  });

  it('takes a ticket as it was given, and no other', async () => {
    const { engine } = await withSubject();
    const { ticket } = await openTicket(engine, purpose, { data: { to: 'x' } });
    expect(await tryTicket(engine, purpose, `${ticket}x`)).toBeUndefined();
    expect((await tryTicket(engine, purpose, ticket))?.data).toEqual({ to: 'x' });
  });
}

function sessions<User extends Subject>(withSubject: WithSubject<User>): void {
  it('exchanges a refresh token once: of 50 at once one gets a new one, and the session ends', async () => {
    const { engine, user, signIn } = await withSubject();
    const { refreshToken, sessionId } = await signIn();
    const all = await Promise.all(Array.from({ length: 50 }, () => refreshSession(engine, { refreshToken, client })));
    const told = Map.groupBy(all, ({ outcome }) => outcome);
    expect(told.get('refreshed')).toHaveLength(1);
    expect(told.get('reused')).toHaveLength(1);
    const [winner] = told.get('refreshed') as { tokens: { refreshToken: string } }[];
    expect(await refreshSession(engine, { refreshToken: winner!.tokens.refreshToken, client })).toMatchObject({ outcome: 'ended' });
    expect((await engine.guards.read(user.id))?.revoked).toHaveProperty(sessionId);
  });

  it('goes on with the new token after each refresh, and ends the session when a former one comes back', async () => {
    const { engine, signIn } = await withSubject();
    const first = await signIn();
    const second = await refreshSession(engine, { refreshToken: first.refreshToken, client });
    if (second.outcome !== 'refreshed') throw new Error(second.outcome);
    const third = await refreshSession(engine, { refreshToken: second.tokens.refreshToken, client });
    expect(third.outcome).toBe('refreshed');
    expect(await refreshSession(engine, { refreshToken: first.refreshToken, client })).toMatchObject({ outcome: 'reused' });
    expect(await listSessions(engine, second.subject.id)).toEqual([]);
  });

  it('takes no notice of a token that was not made here', async () => {
    const { engine, user, signIn } = await withSubject();
    const { refreshToken } = await signIn();
    const forged = refreshToken.replace(/\.[^.]+$/, '.AAAA');
    expect(await refreshSession(engine, { refreshToken: forged, client })).toEqual({ outcome: 'ended', subjectId: undefined });
    expect(await endSessionOf(engine, forged)).toBeUndefined();
    expect(await listSessions(engine, user.id)).toHaveLength(1);
  });

  it('ends a session that is not used, and one that is used for too long', async () => {
    const { engine, clock, user, signIn } = await withSubject();
    const idle = await signIn();
    clock.advance(engine.realm.sessionSeconds.idle * 1_000);
    expect(await refreshSession(engine, { refreshToken: idle.refreshToken, client })).toMatchObject({ outcome: 'ended' });
    expect(await listSessions(engine, user.id)).toEqual([]);
    const used = await signIn();
    const endsAt = clock.now() + engine.realm.sessionSeconds.absolute * 1_000;
    let { refreshToken } = used;
    while (clock.now() < endsAt) {
      clock.advance(engine.realm.sessionSeconds.idle * 900);
      const refreshed = await refreshSession(engine, { refreshToken, client });
      if (refreshed.outcome !== 'refreshed') break;
      expect(refreshed.tokens.refreshExpiresAtMs).toBeLessThanOrEqual(endsAt);
      refreshToken = refreshed.tokens.refreshToken;
    }
    expect(clock.now()).toBeGreaterThanOrEqual(endsAt);
  });

  it('ends one session, or all but one', async () => {
    const { engine, user, signIn } = await withSubject();
    const [one, two, three] = [await signIn(), await signIn(), await signIn()];
    expect(await endSession(engine, { subjectId: user.id, sessionId: one.sessionId })).toBe(true);
    expect(await endSession(engine, { subjectId: user.id, sessionId: one.sessionId })).toBe(false);
    expect(await endAllSessions(engine, user.id, two.sessionId)).toBe(1);
    expect((await listSessions(engine, user.id)).map(({ id }) => id)).toEqual([two.sessionId]);
    expect(await refreshSession(engine, { refreshToken: three.refreshToken, client })).toMatchObject({ outcome: 'ended' });
    expect(await refreshSession(engine, { refreshToken: two.refreshToken, client })).toMatchObject({ outcome: 'refreshed' });
  });

  it('opens no session on what held before all sessions were ended', async () => {
    const { engine, user, load } = await withSubject();
    const before = await load();
    await endAllSessions(engine, user.id);
    await expect(openSession(engine, { subject: before, client })).rejects.toMatchObject({ code: 'identity.ticket-invalid' });
    expect(await listSessions(engine, user.id)).toEqual([]);
  });

  it('remembers a fresh second factor in its session', async () => {
    const { engine, clock, load, signIn } = await withSubject();
    const { sessionId, refreshToken } = await signIn();
    clock.advance(60_000);
    await stepUpSession(engine, { subject: await load(), sessionId });
    expect(await refreshSession(engine, { refreshToken, client })).toMatchObject({ tokens: { secondFactorAtMs: clock.now() } });
    await expect(stepUpSession(engine, { subject: await load(), sessionId: 'ses_none' })).rejects.toMatchObject({
      code: 'identity.session-ended',
    });
  });

  it('notes when somebody was seen', async () => {
    const { clock, load, signIn } = await withSubject();
    await signIn();
    expect((await load()).user?.lastSeenAtMs).toBe(clock.now());
  });
}

function passwords<User extends Subject>(withSubject: WithSubject<User>): void {
  it('hashes a right password anew when the parameters were raised', async () => {
    const { engine, hasher, load } = await withSubject({ password: 'a long password' });
    hasher.raiseParameters();
    expect(await checkPassword(engine, await load(), 'a long password')).toEqual({ outcome: 'right' });
    expect(hasher.outdated((await load()).passwordHash ?? '')).toBe(false);
    expect(await checkPassword(engine, await load(), 'a long password')).toEqual({ outcome: 'right' });
  });

  it('gives a password to a subject that had none', async () => {
    const { engine, load } = await withSubject();
    await writePassword(engine.records, await load(), await engine.passwords.hash('the first one'));
    expect(await checkPassword(engine, await load(), 'the first one')).toEqual({ outcome: 'right' });
  });
}

function secondFactors<User extends Subject>(withSubject: WithSubject<User>): void {
  const enrolled = async () => {
    const world = await withSubject();
    const { engine, clock, load, user } = world;
    await startSecondFactor(engine, await load(), 'sari');
    const sealed = (await load()).secondFactor!.secret;
    const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed, context: user.id }), 'base64url');
    const codeNow = () => totpCode(secret, totpStep(clock.now()));
    const recoveryCodes = await confirmSecondFactor(engine, await load(), codeNow());
    clock.advance(90_000);
    const check = async (code: string, appOnly = false) => checkSecondFactor(engine, await load('second-factor'), { code, appOnly });
    return { ...world, codeNow, recoveryCodes: recoveryCodes ?? [], check };
  };

  it('takes a code of the app once, also when it comes twice at once', async () => {
    const { engine, codeNow, load } = await enrolled();
    const loaded = await load('second-factor');
    const code = codeNow();
    const both = await Promise.all([1, 2].map(() => checkSecondFactor(engine, loaded, { code })));
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['right', 'wrong']);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { recoveryCodes, check } = await enrolled();
    const [first = ''] = recoveryCodes;
    expect(await check(first.toLowerCase().replace('-', ' '))).toEqual({ outcome: 'right', how: 'recovery', recoveryCodesLeft: 9 });
    expect(await check(first)).toMatchObject({ outcome: 'wrong' });
    expect(await check(recoveryCodes[1] ?? '', true)).toMatchObject({ outcome: 'wrong' });
  });

  it('takes no former recovery code after they were renewed', async () => {
    const { engine, user, recoveryCodes, check } = await enrolled();
    const [fresh = ''] = await renewRecoveryCodes(engine, user.id);
    expect(await check(recoveryCodes[0] ?? '')).toMatchObject({ outcome: 'wrong' });
    expect(await check(fresh)).toMatchObject({ outcome: 'right' });
  });

  it('makes wrong codes wait, and is not cleared by a right password', async () => {
    const { check, codeNow } = await enrolled();
    for (let count = 0; count < 5; count += 1) expect(await check('0000000000')).toMatchObject({ outcome: 'wrong' });
    expect(await check(codeNow())).toEqual({ outcome: 'locked', seconds: 30 });
  });

  it('takes no right code that is under way while too many wrong ones are counted', async () => {
    const { engine, load, check, codeNow, recoveryCodes } = await enrolled();
    const loaded = await load('second-factor');
    for (let count = 0; count < 5; count += 1) await check('0000000000');
    expect(await checkSecondFactor(engine, loaded, { code: codeNow() })).toMatchObject({ outcome: 'wrong' });
    expect(await checkSecondFactor(engine, loaded, { code: recoveryCodes[0] ?? '' })).toMatchObject({ outcome: 'wrong' });
    expect((await load('second-factor')).before?.here).toMatchObject({ failures: 7 });
  });

  it('asks for no second factor before a first code has shown that the app was set up', async () => {
    const { engine, load, clock } = await withSubject();
    await startSecondFactor(engine, await load(), 'sari');
    expect(await checkSecondFactor(engine, await load('second-factor'), { code: '123456' })).toMatchObject({ outcome: 'wrong' });
    await startSecondFactor(engine, await load(), 'sari');
    expect(await confirmSecondFactor(engine, await load(), 'abcdef')).toBeUndefined();
    expect((await load()).secondFactor?.verified).toBe(false);
    clock.advance(1);
  });

  it('begins no second one beside it', async () => {
    const { engine, load } = await enrolled();
    const again = startSecondFactor(engine, await load(), 'sari');
    await expect(again).rejects.toMatchObject({ code: 'identity.second-factor-present' });
  });

  it('is made together with its subject where the realm wants it', async () => {
    const { engine, clock } = await withSubject();
    const id = newSubjectId(engine);
    const { sealedSecret, uri } = newSecondFactor(engine, { id, label: 'budi' });
    expect(uri).toMatch(/^otpauth:\/\/totp\/XM/);
    const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed: sealedSecret, context: id }), 'base64url');
    expect(totpCode(secret, totpStep(clock.now()))).toMatch(/^\d{6}$/);
    await expect(async () => unseal(testKeys['second-factor'], { sealed: sealedSecret, context: 'another' })).rejects.toThrow(
      /authenticate/,
    );
  });
}
