/**
 * A database of the engine with one subject in it, as every part of its contract begins.
 */
import { guessOf } from '#shared/identity/engine/guesses.ts';
import { oneTimePurpose } from '#shared/identity/engine/one-time.ts';
import type { Realm, Subject } from '#shared/identity/engine/realm.ts';
import { openSession } from '#shared/identity/engine/sessions.ts';
import { createSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import type { EngineWorld } from '#test/fakes/identity-world.ts';
import * as z from 'zod';

export interface SubjectContract<User extends Subject> {
  readonly realm: Realm<User>;
  open(): Promise<EngineWorld<User>>;
  user(id: string, changes?: Partial<User>): User;
}

export const client = { address: '192.0.2.1', userAgent: 'test' };
export const purpose = oneTimePurpose({ name: 'test', seconds: 600, data: z.object({ to: z.string() }) });

export interface SubjectWorld<User extends Subject> extends EngineWorld<User> {
  readonly user: User;
  /** As somebody who tries the password, or the second factor, from the client's address. */
  readonly load: (what?: 'password' | 'second-factor') => ReturnType<EngineWorld<User>['engine']['database']['load']>;
  readonly signIn: () => ReturnType<typeof openSession<User>>;
}

export type WithSubject<User extends Subject> = (secrets?: { password?: string }) => Promise<SubjectWorld<User>>;

export const withSubjectOf =
  <User extends Subject>(contract: SubjectContract<User>): WithSubject<User> =>
  async (secrets = {}) => {
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
