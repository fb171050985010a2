/**
 * The engine behind sign-in, the same for members and staff. A use case is given an `Engine` of its realm and calls:
 *
 * - subjects.ts: `newSubjectId`, `findSubject`, `createSubject`; `engine.database.load(id, { sessionId, guess })` reads all of one at once
 * - guesses.ts: `guessOf` names the counters of an attempt; `forgotten`, `isKnownHere`
 * - passwords.ts: `refuseBreached`, `checkPassword`, `openedByPassword`, `writePassword`
 * - second-factor.ts: `newSecondFactor`, `startSecondFactor`, `confirmSecondFactor`, `checkSecondFactor`, `renewRecoveryCodes`, `removeSecondFactor`
 * - one-time.ts: `oneTimePurpose`, `openCode`, `openTicket`, `tryCode`, `tryTicket`, `useUp`, `useUpNow`
 * - sessions.ts: `openSession`, `refreshSession`, `stepUpSession`, `endSession`, `endSessionOf`, `endAllSessions`, `listSessions`
 * - signing-keys.ts: `rotateSigningKeys`
 *
 * None of them writes to the audit log or sends messages: they answer what happened, and the use case tells it.
 * Writes that belong together go through `engine.transact(work, { also })`; `also` takes what other adapters add, such as an audit record.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { SessionGuards } from '../session-guard.ts';
import type { AuthDatabase, Together } from './auth-database.ts';
import { betterAuthRealm, type Records, type RecordsInTransaction } from './better-auth-realm.ts';
import type { BreachList } from './breach-list.ts';
import type { IdentityKeys } from './identity-keys.ts';
import type { PasswordHasher } from './password-hash.ts';
import type { Realm, Subject } from './realm.ts';
import type { TokenSigner } from './signing-keys.ts';

/** What differs between production and a test. */
export interface EngineParts<User extends Subject> {
  readonly realm: Realm<User>;
  readonly database: AuthDatabase<User>;
  readonly guards: SessionGuards;
  readonly tokens: TokenSigner;
  readonly passwords: PasswordHasher;
  readonly breaches: BreachList;
  readonly keys: IdentityKeys;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface Engine<User extends Subject> extends EngineParts<User> {
  /** better-auth's adapter: single records, checked against its models. */
  readonly records: Records;
  /** All of it or nothing; see `AuthDatabase.transact`. Throws `RecordRefused`. */
  transact<R>(work: (records: RecordsInTransaction) => Promise<R>, together?: Together): Promise<R>;
}

export async function openEngine<User extends Subject>(parts: EngineParts<User>): Promise<Engine<User>> {
  const { realm, database, passwords, keys } = parts;
  const { records, inTransaction } = await betterAuthRealm({ realm, database, passwords, secret: keys['better-auth'] });
  return { ...parts, records, transact: (work, together) => database.transact((raw) => work(inTransaction(raw)), together) };
}
