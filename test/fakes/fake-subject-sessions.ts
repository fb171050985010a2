import type { SignedIn, SubjectSessions } from '#shared/identity/subject-sessions.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';

export interface FakeSubjectSessions extends SubjectSessions {
  signIn(subject: string, session: SignedIn): void;
  /** What of a subject's tokens has ended, in order: a session's id, or `all`. */
  ended(subject: string): string[];
}

/** Sessions in memory, with the promises of `SubjectSessions`. */
export function fakeSubjectSessions(audit: AuditLog, clock: Clock): FakeSubjectSessions {
  const sessions = new Map<string, SignedIn[]>();
  const tokens = new Map<string, string[]>();
  const of = (subject: string): SignedIn[] => sessions.get(subject) ?? [];
  const endTokens = (subject: string, what: string) => tokens.set(subject, [...(tokens.get(subject) ?? []), what]);
  return {
    signIn: (subject, session) => void sessions.set(subject, [...of(subject), session]),
    ended: (subject) => tokens.get(subject) ?? [],
    list: async (subject) =>
      of(subject)
        .filter(({ expiresAtMs }) => expiresAtMs > clock.now())
        .toSorted((a, b) => b.lastUsedAtMs - a.lastUsedAtMs),
    async end(subject, sessionId, entry) {
      const left = of(subject).filter(({ id }) => id !== sessionId);
      if (left.length === of(subject).length) return false;
      sessions.set(subject, left);
      endTokens(subject, sessionId);
      await audit.append(entry);
      return true;
    },
    async endAll(subject, entry) {
      sessions.delete(subject);
      endTokens(subject, 'all');
      if (entry !== undefined) await audit.append(entry);
    },
  };
}
