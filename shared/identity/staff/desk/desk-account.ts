/**
 * What somebody of the staff sees and changes of the own account.
 */
import { endAllSessions, endSession, listSessions } from '../../engine/sessions.ts';
import { renewRecoveryCodes } from '../../engine/second-factor.ts';
import { identityFault } from '../../identity-faults.ts';
import type { StaffRecord } from '../staff-record.ts';
import { presentSessions, signedInOf } from '../../subject-sessions.ts';
import { loadSelf, ownEntry, type DeskDeps, type From } from './deps.ts';
import { presentSelf, type DeskSession } from './present-desk.ts';

interface Self {
  readonly subject: string;
  readonly sessionId: string;
}

export async function readDesk(deps: DeskDeps, self: Self): Promise<DeskSession['staff']> {
  return presentSelf(await loadSelf(deps, self));
}

export async function changeDesk(
  deps: DeskDeps,
  { self, ...change }: { readonly self: Self; readonly name?: string | undefined; readonly locale?: StaffRecord['locale'] | undefined },
  client: From,
): Promise<DeskSession['staff']> {
  const person = await loadSelf(deps, self);
  const { name = person.user.name, locale = person.user.locale } = change;
  const changed = { ...person, user: { ...person.user, name, locale } };
  if (name === person.user.name && locale === person.user.locale) return presentSelf(person);
  await deps.engine.records.update({ model: 'user', where: [{ field: 'id', value: person.id }], update: { name, locale } });
  const before = { name: person.user.name, locale: person.user.locale };
  await deps.audit.append(ownEntry(changed.user, client, { action: 'staff.profile-changed', before, after: { name, locale } }));
  return presentSelf(changed);
}

export async function renewDeskRecoveryCodes(deps: DeskDeps, self: Self, client: From): Promise<{ recoveryCodes: string[] }> {
  const person = await loadSelf(deps, self);
  const recoveryCodes = await renewRecoveryCodes(deps.engine, person.id);
  await deps.audit.append(ownEntry(person.user, client, { action: 'recovery-codes.renewed' }));
  return { recoveryCodes };
}

export async function listDeskSessions({ engine }: DeskDeps, { subject, sessionId }: Self) {
  const sessions = await listSessions(engine, subject);
  return { sessions: presentSessions(sessions.map(signedInOf), sessionId) };
}

/** Throws `identity.session-not-found`. */
export async function endDeskSession(
  deps: DeskDeps,
  { self, sessionId }: { readonly self: Self; readonly sessionId: string },
  client: From,
): Promise<undefined> {
  const person = await loadSelf(deps, self);
  if (!(await endSession(deps.engine, { subjectId: person.id, sessionId }))) throw identityFault('identity.session-not-found');
  await deps.audit.append(ownEntry(person.user, client, { action: 'session.ended', after: { sessionId } }));
}

export async function endDeskSessions(deps: DeskDeps, self: Self, client: From): Promise<undefined> {
  const person = await loadSelf(deps, self);
  await endAllSessions(deps.engine, person.id);
  await deps.audit.append(ownEntry(person.user, client, { action: 'session.all-ended' }));
}
