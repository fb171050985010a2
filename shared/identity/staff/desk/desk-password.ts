/**
 * A new password for somebody of the staff, who knows the old one or has forgotten it. Either way it takes a second factor.
 */
import { emailSchema } from '../../member.ts';
import { openTicket, tryTicket, useUp } from '../../engine/one-time.ts';
import { refuseBreached, writePassword } from '../../engine/passwords.ts';
import type { RecordsInTransaction } from '../../engine/better-auth-realm.ts';
import { endAllSessions, forgotten } from '../../engine/sessions.ts';
import { findSubject } from '../../engine/subjects.ts';
import { identityFault } from '../../identity-faults.ts';
import { loadSelf, mayComeIn, ownEntry, type DeskDeps, type From, type PresentStaff } from './deps.ts';
import { requirePassword, requireSecondFactor, usedOnce } from './desk-sign-in.ts';
import { deskPurposes } from './one-time-purposes.ts';

const resetMinutes = deskPurposes.password.seconds / 60;
/** What is reserved for never being anybody's (RFC 2606, 2). */
const nowhere = 'nobody@xm.invalid';

/**
 * Sends a link to set a new password by. The answer is the same for an address that nobody has, and takes the same requests: the message that
 * nobody gets is over before it begins.
 */
export async function deskForgotPassword(
  { engine, messenger, backofficeOrigin }: DeskDeps,
  email: string,
): Promise<{ readonly expiresAt: string }> {
  const person = await engine.database.load(await findSubject(engine, { field: 'email', value: email.toLowerCase() }));
  const { ticket, expiresAtMs } = await openTicket(engine, deskPurposes.password, {
    data: { staffId: person.id, version: person.version },
  });
  const message = { channel: 'email', template: 'staff-password-reset' } as const;
  const link = (token: string): string => `${backofficeOrigin}/#/reset?token=${token}`;
  const expiresAt = new Date(expiresAtMs).toISOString();
  if (mayComeIn(person)) {
    const values = { link: link(ticket), minutes: resetMinutes };
    await messenger.send({ ...message, to: person.user.email, locale: person.user.locale, expiresAt, values });
  } else {
    const values = { link: link('none'), minutes: resetMinutes };
    const to = emailSchema.safeParse(email).data ?? nowhere;
    await messenger.send({ ...message, to, locale: 'id', expiresAt: new Date(0).toISOString(), values });
  }
  return { expiresAt };
}

/** Ends all sessions. Throws `identity.ticket-invalid`, `identity.code-wrong`, `identity.locked`, `identity.password-breached`. */
export async function deskResetPassword(
  deps: DeskDeps,
  { token, code, password }: { readonly token: string; readonly code: string; readonly password: string },
  client: From,
): Promise<undefined> {
  const { engine, audit } = deps;
  // Before the link is looked at: a password that is refused costs no attempt.
  await refuseBreached(engine, password);
  const proven = await tryTicket(engine, deskPurposes.password, token);
  if (proven === undefined) throw identityFault('identity.ticket-invalid');
  const person = await engine.database.load(proven.data.staffId);
  if (!mayComeIn(person) || person.version !== proven.data.version) throw identityFault('identity.ticket-invalid');
  await requireSecondFactor(deps, { person, code }, client);
  await replacePassword(deps, { person, password, work: (records) => useUp(records, proven) });
  await endAllSessions(engine, person.id);
  await audit.append(ownEntry(person.user, client, { action: 'password.reset' }));
  await tellPasswordChanged(deps, person);
}

interface Change {
  readonly caller: { readonly subject: string; readonly sessionId: string; readonly secondFactorAt?: number | undefined };
  readonly password: string;
  readonly newPassword: string;
}

/** Ends all other sessions, and answers a new access token for this one. Throws `identity.credentials-wrong`, `identity.locked`. */
export async function deskChangePassword(
  deps: DeskDeps,
  { caller, password, newPassword }: Change,
  client: From,
): Promise<{ readonly person: PresentStaff; readonly accessToken: string; readonly secondFactorAtMs: number }> {
  const { engine, audit } = deps;
  await refuseBreached(engine, newPassword);
  const person = await loadSelf(deps, caller);
  await requirePassword(deps, { person, password }, client);
  await replacePassword(deps, { person, password: newPassword });
  await endAllSessions(engine, person.id, caller.sessionId);
  await audit.append(ownEntry(person.user, client, { action: 'password.changed' }));
  await tellPasswordChanged(deps, person);
  // The guard was raised: the caller's own token has ended with all others.
  const now = await loadSelf(deps, caller);
  const { subject, sessionId, secondFactorAt } = caller;
  const roles = engine.realm.rolesOf(now.user, engine.clock.now());
  const accessToken = await engine.tokens.sign({ subject, roles, sessionId, version: now.version, secondFactorAt });
  return { person: now, accessToken, secondFactorAtMs: (secondFactorAt ?? 0) * 1_000 };
}

async function replacePassword(
  { engine }: DeskDeps,
  { person, password, work }: { person: PresentStaff; password: string; work?: (records: RecordsInTransaction) => Promise<void> },
): Promise<void> {
  const hash = await engine.passwords.hash(password);
  await usedOnce(
    engine.transact(
      async (records) => {
        await writePassword(records, person, hash);
        await work?.(records);
      },
      { failures: forgotten(person) },
    ),
  );
}

async function tellPasswordChanged({ engine, messenger }: DeskDeps, { user }: PresentStaff): Promise<void> {
  const values = { at: new Date(engine.clock.now()).toISOString() };
  await messenger.send({ channel: 'email', to: user.email, locale: user.locale, template: 'password-changed', values });
}
