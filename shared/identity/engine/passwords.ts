/**
 * Passwords of subjects: checked in the same time and with the same requests whether there is such a subject or not.
 */
import { identityFault } from '../identity-faults.ts';
import { RecordRefused, type Guess, type LoadedSubject, type Together } from './auth-database.ts';
import type { RecordsInTransaction } from './better-auth-realm.ts';
import type { BreachList } from './breach-list.ts';
import type { Engine } from './engine.ts';
import { countWrong, forgottenByRight, isClosed, waitSeconds, type Counted } from './guesses.ts';
import type { Subject } from './realm.ts';

export type Checked =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong'; readonly counted: Counted }
  | { readonly outcome: 'locked'; readonly seconds: number };

/** Throws `identity.password-breached`, with a pointer to where the password stands in the body. For new passwords. */
export async function refuseBreached({ breaches }: { breaches: BreachList }, password: string, pointer = '/password'): Promise<void> {
  if (!(await breaches.knows(password))) return;
  throw identityFault('identity.password-breached', { errors: [{ pointer, detail: 'Known from a breach.' }] });
}

/**
 * Checks a password and counts a wrong one; the subject was read with its attempts. A right one of outdated parameters is hashed anew. The count is
 * cleared by what follows: see `openedByPassword`.
 */
export async function checkPassword<User extends Subject>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
  password: string,
): Promise<Checked> {
  const nowMs = engine.clock.now();
  const seconds = waitSeconds(subject.before?.here, nowMs);
  if (seconds > 0) return { outcome: 'locked', seconds };
  // Closed or not there: the same work, and nothing opens it.
  const passwordHash = isClosed(subject, nowMs) ? undefined : subject.passwordHash;
  const right = await engine.passwords.verify(password, passwordHash ?? engine.passwords.unknown);
  if (!right || passwordHash === undefined || subject.user === undefined)
    return { outcome: 'wrong', counted: await countWrong(engine, { id: subject.id, guess: guessBehind(subject) }) };
  if (engine.passwords.outdated(passwordHash)) await writePassword(engine.records, subject, await engine.passwords.hash(password));
  return { outcome: 'right' };
}

/**
 * Opens what a right password opens, unless so many wrong ones were counted since the subject was read that this one should have waited; then it
 * was a wrong one, too, and is counted. So of any number of guesses that are under way at once no more count than of those that come
 * one by one, and whoever made them does not learn which was right. `open` passes `failures` on to its transaction.
 */
export async function openedByPassword<User extends Subject, Opened>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
  open: (failures: Together['failures']) => Promise<Opened>,
): Promise<{ readonly opened: Opened } | { readonly opened?: undefined; readonly counted: Counted }> {
  try {
    return { opened: await open(forgottenByRight(subject, engine.clock.now())) };
  } catch (error) {
    if (!(error instanceof RecordRefused) || error.model !== 'failures') throw error;
    return { counted: await countWrong(engine, { id: subject.id, guess: guessBehind(subject) }) };
  }
}

function guessBehind<User>({ id, before }: LoadedSubject<User>): Guess {
  if (before === undefined) throw new TypeError(`The attempts at ${id} were not read with it`);
  return before.guess;
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
