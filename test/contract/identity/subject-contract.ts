/**
 * What every database of the engine promises about subjects and the values that only one of them may have.
 */
import { expect, it } from 'vitest';
import type { RecordRefused } from '#shared/identity/engine/auth-database.ts';
import type { Subject } from '#shared/identity/engine/realm.ts';
import { createSubject, findSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import type { SubjectContract, WithSubject } from './subject-world.ts';

const outcomes = async (all: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(all);
  return {
    done: settled.filter(({ status }) => status === 'fulfilled').length,
    refusals: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as RecordRefused] : [])),
  };
};

export function subjects<User extends Subject>(contract: SubjectContract<User>, withSubject: WithSubject<User>): void {
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
