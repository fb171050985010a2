/**
 * What every database of the engine promises about sessions and the passwords that open them.
 */
import { expect, it } from 'vitest';
import { checkPassword, writePassword } from '#shared/identity/engine/passwords.ts';
import type { Subject } from '#shared/identity/engine/realm.ts';
import {
  endAllSessions,
  endSession,
  endSessionOf,
  listSessions,
  openSession,
  refreshSession,
  stepUpSession,
} from '#shared/identity/engine/sessions.ts';
import { client, type WithSubject } from './subject-world.ts';

export function sessions<User extends Subject>(withSubject: WithSubject<User>): void {
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

export function passwords<User extends Subject>(withSubject: WithSubject<User>): void {
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
