/**
 * A new password for somebody of the staff, who knows the old one or has forgotten it. Either way it takes a second factor.
 */
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { emailSchema } from '../../member.ts';
import { guessOf, isKnownHere } from '../../engine/guesses.ts';
import { openTicket, tryTicket, useUp } from '../../engine/one-time.ts';
import { refuseBreached, writePassword } from '../../engine/passwords.ts';
import type { RecordsInTransaction } from '../../engine/better-auth-realm.ts';
import { endAllSessions, reissueAccessToken } from '../../engine/sessions.ts';
import { findSubject } from '../../engine/subjects.ts';
import { identityFault } from '../../identity-faults.ts';
import { withinSharedLimit } from '../../within-shared-limit.ts';
import { loadSelf, mayComeIn, ownEntry, type DeskDeps, type From, type PresentStaff } from './deps.ts';
import { requirePassword, requireSecondFactor, usedOnce } from './desk-sign-in.ts';
import { linksTo } from './desk-rate-rules.ts';
import { deskPurposes } from './one-time-purposes.ts';

const resetMinutes = deskPurposes.password.seconds / 60;
/** What is reserved for never being anybody's (RFC 2606, 2). */
const nowhere = 'nobody@xm.invalid';

/**
 * Sends a link to set a new password by. The answer is the same for an address that nobody has, and takes the same requests: the message that
 * nobody gets is over before it begins. Throws `request.rate-limited` where too many leave for one address, unless the account is known where it is
 * asked for.
 */
export async function deskForgotPassword(
  { engine, messenger, limits, backofficeOrigin }: DeskDeps & { readonly limits: RateLimits },
  email: string,
  client: From,
): Promise<{ readonly expiresAt: string }> {
  const value = email.toLowerCase();
  const guess = guessOf(engine, 'password', { address: client.address, identifier: value });
  const person = await engine.database.load(await findSubject(engine, { field: 'email', value }), { guess });
  await withinSharedLimit(limits, linksTo(value), isKnownHere(person, engine.clock.now()));
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
  const guess = guessOf(engine, 'second-factor', { address: client.address });
  const person = await engine.database.load(proven.data.staffId, { guess });
  if (!mayComeIn(person) || person.version !== proven.data.version) throw identityFault('identity.ticket-invalid');
  await requireSecondFactor(deps, { person, code }, client);
  await replacePassword(deps, { person, password, work: (records) => useUp(records, proven) });
  await endAllSessions(engine, person.id);
  await audit.append(ownEntry(person.user, client, { action: 'password.reset' }));
  await tellPasswordChanged(deps, person);
}

interface Change {
  readonly caller: { readonly subject: string; readonly sessionId: string };
  readonly password: string;
  readonly newPassword: string;
}

/** Ends all other sessions, and answers a new access token for this one. Throws `identity.credentials-wrong`, `identity.locked`. */
export async function deskChangePassword(
  deps: DeskDeps,
  { caller, password, newPassword }: Change,
  client: From,
): Promise<{ readonly person: PresentStaff; readonly accessToken: string; readonly secondFactorAtMs: number | undefined }> {
  const { engine, audit } = deps;
  await refuseBreached(engine, newPassword);
  const guess = guessOf(engine, 'password', { address: client.address, identifier: 'own', isTrusted: true });
  const person = await loadSelf(deps, caller, guess);
  await requirePassword(deps, { person, password }, client);
  await replacePassword(deps, { person, password: newPassword });
  await endAllSessions(engine, person.id, caller.sessionId);
  await audit.append(ownEntry(person.user, client, { action: 'password.changed' }));
  await tellPasswordChanged(deps, person);
  // The guard was raised: the caller's own token has ended with all others.
  const now = await loadSelf(deps, caller);
  return { person: now, ...(await reissueAccessToken(engine, now)) };
}

async function replacePassword(
  { engine }: DeskDeps,
  { person, password, work }: { person: PresentStaff; password: string; work?: (records: RecordsInTransaction) => Promise<void> },
): Promise<void> {
  const hash = await engine.passwords.hash(password);
  await usedOnce(
    engine.transact(async (records) => {
      await writePassword(records, person, hash);
      await work?.(records);
    }),
  );
  await engine.database.forgetFailures(person.id, 'password');
}

async function tellPasswordChanged({ engine, messenger }: DeskDeps, { user }: PresentStaff): Promise<void> {
  const values = { at: new Date(engine.clock.now()).toISOString() };
  await messenger.send({ channel: 'email', to: user.email, locale: user.locale, template: 'password-changed', values });
}
