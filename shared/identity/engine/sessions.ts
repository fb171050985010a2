/**
 * Sessions: opened, kept alive by refresh tokens that change with each use, and ended one by one or all at once.
 */
import { prefixedId } from '#shared/platform/ids.ts';
import { accessTokenSeconds } from '../access-token.ts';
import { RecordRefused, sessionRecordSchema, type LoadedSubject, type SessionRecord, type Together } from './auth-database.ts';
import type { RecordsInTransaction } from './better-auth-realm.ts';
import type { Engine } from './engine.ts';
import { identityFault } from '../identity-faults.ts';
import { forgotten, knownFrom } from './guesses.ts';
import type { Subject } from './realm.ts';
import { newRefreshToken, readRefreshToken, refreshTokenHash } from './refresh-token.ts';

/** From where a session is used. Nothing of it is proven. */
export interface SessionClient {
  readonly address: string;
  readonly userAgent: string;
}

export interface IssuedTokens {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresAtMs: number;
  readonly secondFactorAtMs: number | undefined;
}

export type Refreshed<User> =
  | { readonly outcome: 'refreshed'; readonly subject: LoadedSubject<User>; readonly tokens: IssuedTokens }
  /** No such session any more, or never one; `subjectId` when the token was ours. */
  | { readonly outcome: 'ended'; readonly subjectId: string | undefined }
  /** The account may not come in; the session is as it was. */
  | { readonly outcome: 'barred'; readonly subject: LoadedSubject<User> }
  /** A former token of the session: somebody has a copy. The session has been ended. */
  | { readonly outcome: 'reused'; readonly subjectId: string; readonly sessionId: string };

interface Opening<User> {
  readonly subject: LoadedSubject<User>;
  readonly client: SessionClient;
  /** When a second factor was given, if one was. */
  readonly secondFactorAtMs?: number | undefined;
  /** Wrong attempts that are forgotten with it: those that were read with the subject, unless a password has opened it (see `openedByPassword`). */
  readonly failures?: Together['failures'];
  /** Further writes of the same transaction, such as using up a code. */
  readonly work?: (records: RecordsInTransaction) => Promise<unknown>;
}

/** A member's page shows when somebody was seen last to about this. */
const seenEveryMs = 3_600_000;

/**
 * Opens a session in one transaction, which also forgets wrong attempts and notes the network as known. Throws `identity.ticket-invalid` when all sessions of the subject
 * were ended since it was loaded: what let it in, such as a password, may not hold any more.
 */
export async function openSession<User extends Subject>(engine: Engine<User>, opening: Opening<User>): Promise<IssuedTokens> {
  const { subject, client, secondFactorAtMs, work, failures = forgotten(subject) } = opening;
  const now = engine.clock.now();
  const sessionId = prefixedId('ses', engine);
  const refreshToken = newRefreshToken(engine.keys.refresh, { subject: subject.id, sessionId }, engine.chance);
  const endsAt = now + engine.realm.sessionSeconds.absolute * 1_000;
  const expiresAt = Math.min(endsAt, now + engine.realm.sessionSeconds.idle * 1_000);
  const session = {
    id: sessionId,
    userId: subject.id,
    token: `${subject.id}.${sessionId}`,
    createdAt: new Date(now),
    updatedAt: new Date(now),
    expiresAt: new Date(expiresAt),
    endsAt: new Date(endsAt),
    ipAddress: client.address,
    userAgent: client.userAgent,
    refreshHash: refreshTokenHash(engine.keys.refresh, refreshToken),
    secondFactorAt: secondFactorAtMs === undefined ? null : new Date(secondFactorAtMs),
  };
  await refusedAsStale(
    engine.transact(
      async (records) => {
        await records.create({ model: 'session', data: session, forceAllowId: true });
        await records.update({ model: 'user', where: [{ field: 'id', value: subject.id }], update: { lastSeenAtMs: now } });
        await work?.(records);
      },
      { guard: { id: subject.id, version: subject.version }, failures, known: knownFrom(engine, subject, client.address) },
    ),
  );
  const accessToken = await signFor(engine, { subject, sessionId, secondFactorAtMs });
  return { sessionId, accessToken, expiresInSeconds: accessTokenSeconds, refreshToken, refreshExpiresAtMs: expiresAt, secondFactorAtMs };
}

/** Exchanges a refresh token: one conditional write, so that of any number at once one succeeds. */
export async function refreshSession<User extends Subject>(
  engine: Engine<User>,
  { refreshToken, client }: { refreshToken: string; client: SessionClient },
): Promise<Refreshed<User>> {
  const parts = readRefreshToken(engine.keys.refresh, refreshToken);
  if (parts === undefined) return { outcome: 'ended', subjectId: undefined };
  const now = engine.clock.now();
  const subject = await engine.database.load(parts.subject, { sessionId: parts.sessionId });
  const { user, session } = subject;
  if (user === undefined || session === undefined || session.expiresAt <= now) return { outcome: 'ended', subjectId: subject.id };
  if (engine.realm.rolesOf(user, now).length === 0) return { outcome: 'barred', subject };
  const renewed = await rotate(engine, session, { refreshToken, client });
  if (renewed === undefined) return reused(engine, parts);
  if ((user.lastSeenAtMs ?? 0) <= now - seenEveryMs) await noteSeen(engine, subject.id);
  const secondFactorAtMs = session.secondFactorAt ?? undefined;
  const accessToken = await signFor(engine, { subject, sessionId: session.id, secondFactorAtMs });
  return {
    outcome: 'refreshed',
    subject,
    tokens: { sessionId: session.id, accessToken, expiresInSeconds: accessTokenSeconds, ...renewed, secondFactorAtMs },
  };
}

/** Notes a fresh second factor in the session; answers an access token that says so. Throws `identity.session-ended`. */
export async function stepUpSession<User extends Subject>(
  engine: Engine<User>,
  { subject, sessionId }: { subject: LoadedSubject<User>; sessionId: string },
): Promise<{ readonly accessToken: string; readonly secondFactorAtMs: number }> {
  const secondFactorAtMs = engine.clock.now();
  const where = [{ field: 'token', value: `${subject.id}.${sessionId}` }];
  const noted = await engine.records.update({ model: 'session', where, update: { secondFactorAt: new Date(secondFactorAtMs) } });
  if (noted === null) throw identityFault('identity.session-ended');
  return { accessToken: await signFor(engine, { subject, sessionId, secondFactorAtMs }), secondFactorAtMs };
}

/** A new access token for the session that was read with its subject. Throws `identity.session-ended` where that has ended meanwhile. */
export async function reissueAccessToken<User extends Subject>(
  engine: Engine<User>,
  subject: LoadedSubject<User>,
): Promise<{ readonly accessToken: string; readonly secondFactorAtMs: number | undefined }> {
  const { session } = subject;
  if (session === undefined || session.expiresAt <= engine.clock.now()) throw identityFault('identity.session-ended');
  const secondFactorAtMs = session.secondFactorAt ?? undefined;
  return { accessToken: await signFor(engine, { subject, sessionId: session.id, secondFactorAtMs }), secondFactorAtMs };
}

/** Ends one session with its tokens. False when there is no such session. */
export async function endSession<User extends Subject>(
  { records, guards }: Engine<User>,
  { subjectId, sessionId }: { subjectId: string; sessionId: string },
): Promise<boolean> {
  const ended = await records.consumeOne({ model: 'session', where: [{ field: 'token', value: `${subjectId}.${sessionId}` }] });
  if (ended === null) return false;
  await guards.revoke(subjectId, sessionId);
  return true;
}

/** Ends the session of a refresh token, also of a former one. Answers whose it was, if there was one. */
export async function endSessionOf<User extends Subject>(
  engine: Engine<User>,
  refreshToken: string,
): Promise<{ readonly subjectId: string; readonly sessionId: string } | undefined> {
  const parts = readRefreshToken(engine.keys.refresh, refreshToken);
  if (parts === undefined) return undefined;
  const named = { subjectId: parts.subject, sessionId: parts.sessionId };
  return (await endSession(engine, named)) ? named : undefined;
}

/**
 * Ends all sessions, but for `except`. Sessions go before the guard is raised, or a refresh in between would be given a token that outlives
 * it; and once more behind it, for one that was just being opened: later ones are refused by the guard. Access tokens end without exception;
 * a session that stays gets a new one by its refresh token. Answers how many sessions ended.
 */
export async function endAllSessions<User extends Subject>(engine: Engine<User>, subjectId: string, except?: string): Promise<number> {
  const but = except === undefined ? [] : [{ field: 'id', operator: 'ne' as const, value: except }];
  const deleteThem = () => engine.records.deleteMany({ model: 'session', where: [{ field: 'userId', value: subjectId }, ...but] });
  const ended = await deleteThem();
  await engine.guards.raise(subjectId);
  return ended + (await deleteThem());
}

/** Sessions that stand, the one used last first. */
export async function listSessions<User extends Subject>({ records, clock }: Engine<User>, subjectId: string): Promise<SessionRecord[]> {
  const rows = await records.findMany({
    model: 'session',
    where: [
      { field: 'userId', value: subjectId },
      { field: 'expiresAt', operator: 'gt', value: new Date(clock.now()) },
    ],
    sortBy: { field: 'updatedAt', direction: 'desc' },
  });
  return rows.map((row) => sessionRecordSchema.parse(row));
}

interface Signing<User> {
  readonly subject: LoadedSubject<User>;
  readonly sessionId: string;
  readonly secondFactorAtMs: number | undefined;
}

async function signFor<User extends Subject>(
  { realm, tokens, clock }: Engine<User>,
  { subject, sessionId, secondFactorAtMs }: Signing<User>,
) {
  const { id, user, version } = subject;
  const roles = user === undefined ? [] : realm.rolesOf(user, clock.now());
  const secondFactorAt = secondFactorAtMs === undefined ? undefined : Math.floor(secondFactorAtMs / 1_000);
  return tokens.sign({ subject: id, roles, sessionId, version, secondFactorAt });
}

/** Undefined when the token is not the session's current one. */
async function rotate<User extends Subject>(
  engine: Engine<User>,
  session: SessionRecord,
  { refreshToken, client }: { refreshToken: string; client: SessionClient },
): Promise<{ refreshToken: string; refreshExpiresAtMs: number } | undefined> {
  const { keys, clock, chance, realm } = engine;
  const now = clock.now();
  const next = newRefreshToken(keys.refresh, { subject: session.userId, sessionId: session.id }, chance);
  const expiresAt = Math.min(session.endsAt, now + realm.sessionSeconds.idle * 1_000);
  const rotated = await engine.records.incrementOne({
    model: 'session',
    where: [
      { field: 'token', value: `${session.userId}.${session.id}` },
      { field: 'refreshHash', value: refreshTokenHash(keys.refresh, refreshToken) },
    ],
    increment: {},
    set: {
      refreshHash: refreshTokenHash(keys.refresh, next),
      expiresAt: new Date(expiresAt),
      updatedAt: new Date(now),
      ipAddress: client.address,
      userAgent: client.userAgent,
    },
  });
  return rotated === null ? undefined : { refreshToken: next, refreshExpiresAtMs: expiresAt };
}

async function reused<User extends Subject>(
  engine: Engine<User>,
  { subject, sessionId }: { subject: string; sessionId: string },
): Promise<Refreshed<User>> {
  const ended = await endSession(engine, { subjectId: subject, sessionId });
  // Only the first of several tells it.
  return ended ? { outcome: 'reused', subjectId: subject, sessionId } : { outcome: 'ended', subjectId: subject };
}

async function noteSeen<User extends Subject>({ records, clock }: Engine<User>, id: string): Promise<void> {
  await records.update({ model: 'user', where: [{ field: 'id', value: id }], update: { lastSeenAtMs: clock.now() } });
}

async function refusedAsStale<T>(transaction: Promise<T>): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    if (error instanceof RecordRefused && !['verification', 'failures'].includes(error.model))
      throw identityFault('identity.ticket-invalid', { cause: error });
    throw error;
  }
}
