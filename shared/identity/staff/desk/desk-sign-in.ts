/**
 * How staff sign in: the password, then a code of the authenticator app or a recovery code. There is no way in with one of them.
 */
import { RecordRefused } from '../../engine/auth-database.ts';
import { guessOf, type Counted } from '../../engine/guesses.ts';
import { openTicket, tryTicket, useUp } from '../../engine/one-time.ts';
import { checkPassword, openedByPassword } from '../../engine/passwords.ts';
import { checkSecondFactor, type SecondFactorChecked } from '../../engine/second-factor.ts';
import { openSession, type IssuedTokens } from '../../engine/sessions.ts';
import { findSubject } from '../../engine/subjects.ts';
import { identityFault } from '../../identity-faults.ts';
import { refusedAttempt } from '../../refused-attempt.ts';
import { attemptEntry, mayComeIn, ownEntry, type DeskDeps, type From, type LoadedStaff, type PresentStaff } from './deps.ts';
import { deskPurposes } from './one-time-purposes.ts';

/**
 * The first step. Throws `identity.credentials-wrong` and `identity.locked`, alike for an account that is there, is not, or is disabled.
 */
export async function deskSignIn(
  deps: DeskDeps,
  { email, password }: { readonly email: string; readonly password: string },
  client: From,
): Promise<{ next: 'second-factor'; ticket: string }> {
  const { engine } = deps;
  const value = email.toLowerCase();
  const guess = guessOf(engine, 'password', { address: client.address, identifier: value });
  const person = await engine.database.load(await findSubject(engine, { field: 'email', value }), { guess });
  await requirePassword(deps, { person, password }, client);
  if (!mayComeIn(person)) {
    await deps.audit.append(attemptEntry(person.id, client, { action: 'sign-in.refused', after: { why: 'disabled' } }));
    throw identityFault('identity.credentials-wrong');
  }
  const data = { staffId: person.id, version: person.version };
  const opening = await openedByPassword(engine, person, (failures) =>
    engine.transact((records) => openTicket(engine, deskPurposes.secondFactor, { data, records }), { failures }),
  );
  if (opening.opened === undefined) throw await refusedPassword(deps, { person, counted: opening.counted }, client);
  return { next: 'second-factor', ticket: opening.opened.ticket };
}

/** The second step. A recovery code lets in and opens no decisions: see `deskStepUp`. Throws `identity.ticket-invalid`, `identity.code-wrong`, `identity.locked`. */
export async function deskSecondFactor(
  deps: DeskDeps,
  { ticket, code }: { readonly ticket: string; readonly code: string },
  client: From,
): Promise<{ readonly person: PresentStaff; readonly tokens: IssuedTokens }> {
  const { engine, audit } = deps;
  const proven = await tryTicket(engine, deskPurposes.secondFactor, ticket);
  if (proven === undefined) throw identityFault('identity.ticket-invalid');
  const person = await engine.database.load(proven.data.staffId, { guess: guessOf(engine, 'second-factor', client) });
  if (!mayComeIn(person) || person.version !== proven.data.version) throw identityFault('identity.ticket-invalid');
  const { how, recoveryCodesLeft } = await requireSecondFactor(deps, { person, code }, client);
  const opening = { subject: person, client, secondFactorAtMs: how === 'totp' ? engine.clock.now() : undefined };
  const tokens = await usedOnce(openSession(engine, { ...opening, work: (records) => useUp(records, proven) }));
  const after = { by: how, sessionId: tokens.sessionId, recoveryCodesLeft };
  await audit.append(ownEntry(person.user, client, { action: 'sign-in.ok', after }));
  // A recovery code that was given is used up: only then is the account another one than was read.
  const now = how === 'recovery' ? await engine.database.load(person.id) : person;
  return { person: mayComeIn(now) ? now : person, tokens };
}

/** Throws `identity.locked` and `identity.credentials-wrong`, and keeps a record of what is wrong. The account was read with its attempts at the password. */
export async function requirePassword(
  deps: DeskDeps,
  { person, password }: { readonly person: LoadedStaff; readonly password: string },
  client: From,
): Promise<void> {
  const checked = await checkPassword(deps.engine, person, password);
  if (checked.outcome === 'right') return;
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  throw await refusedPassword(deps, { person, counted: checked.counted }, client);
}

async function refusedPassword(deps: DeskDeps, { person, counted }: { person: LoadedStaff; counted: Counted }, client: From) {
  await deps.audit.append(attemptEntry(person.id, client, refusedAttempt('password', counted)));
  return identityFault('identity.credentials-wrong');
}

/** Throws `identity.locked` and `identity.code-wrong`, and keeps a record of what is wrong. The account was read with its attempts at the second factor. */
export async function requireSecondFactor(
  deps: DeskDeps,
  { person, code, appOnly = false }: { readonly person: LoadedStaff; readonly code: string; readonly appOnly?: boolean },
  client: From,
): Promise<Extract<SecondFactorChecked, { outcome: 'right' }>> {
  const checked = await checkSecondFactor(deps.engine, person, { code, appOnly });
  if (checked.outcome === 'right') return checked;
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  await deps.audit.append(attemptEntry(person.id, client, refusedAttempt('second-factor', checked.counted)));
  throw identityFault('identity.code-wrong');
}

/** A ticket that somebody else used a moment ago is none. */
export async function usedOnce<T>(transaction: Promise<T>): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    if (error instanceof RecordRefused) throw identityFault('identity.ticket-invalid', { cause: error });
    throw error;
  }
}
