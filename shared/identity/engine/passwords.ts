/**
 * Passwords of subjects: checked in the same time and with the same requests whether there is such a subject or not.
 */
import { identityFault } from '../identity-faults.ts';
import type { LoadedSubject } from './auth-database.ts';
import type { RecordsInTransaction } from './better-auth-realm.ts';
import type { BreachList } from './breach-list.ts';
import type { Engine } from './engine.ts';
import { countFailure, lockedSeconds } from './lockout.ts';
import type { Subject } from './realm.ts';

export type Checked =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'locked'; readonly seconds: number };

/** Throws `identity.password-breached`, with a pointer to where the password stands in the body. For new passwords. */
export async function refuseBreached({ breaches }: { breaches: BreachList }, password: string, pointer = '/password'): Promise<void> {
  if (!(await breaches.knows(password))) return;
  throw identityFault('identity.password-breached', { errors: [{ pointer, detail: 'Known from a breach.' }] });
}

/**
 * Checks a password and counts a wrong one. A right one of outdated parameters is hashed anew. The count is cleared by the session that follows.
 */
export async function checkPassword<User extends Subject>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
  password: string,
): Promise<Checked> {
  const seconds = lockedSeconds(subject.failures, engine.clock.now());
  if (seconds > 0) return { outcome: 'locked', seconds };
  const { passwordHash } = subject;
  const right = await engine.passwords.verify(password, passwordHash ?? engine.passwords.unknown);
  if (!right || passwordHash === undefined || subject.user === undefined) {
    await countFailure(engine, subject.id);
    return { outcome: 'wrong' };
  }
  if (engine.passwords.outdated(passwordHash)) await writePassword(engine.records, subject, await engine.passwords.hash(password));
  return { outcome: 'right' };
}

/** Stores the hash of a subject's password, the first one as well. Pass `records` of a transaction to make it part of that. */
export async function writePassword<User extends Subject>(
  records: RecordsInTransaction,
  { id, passwordHash: former }: Pick<LoadedSubject<User>, 'id' | 'passwordHash'>,
  passwordHash: string,
): Promise<void> {
  if (former === undefined) {
    await records.create({ model: 'account', data: passwordAccount(id, passwordHash), forceAllowId: true });
    return;
  }
  const where = [
    { field: 'userId', value: id },
    { field: 'providerId', value: 'credential' },
    // Of two changes at once, one is refused.
    { field: 'password', value: former },
  ];
  await records.update({ model: 'account', where, update: { password: passwordHash } });
}

/** What better-auth calls a credential account. */
export function passwordAccount(userId: string, password: string) {
  return { id: `${userId}.credential`, userId, accountId: userId, providerId: 'credential', password };
}
