/**
 * What every database of the engine promises better-auth about single records, and about several at once.
 */
import { expect, it } from 'vitest';
import { RecordRefused } from '#shared/identity/engine/auth-database.ts';
import { openCode } from '#shared/identity/engine/one-time.ts';
import { writePassword } from '#shared/identity/engine/passwords.ts';
import type { Subject } from '#shared/identity/engine/realm.ts';
import { findSubject } from '#shared/identity/engine/subjects.ts';
import { purpose, type WithSubject } from './subject-world.ts';

export function records<User extends Subject>(withSubject: WithSubject<User>): void {
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
