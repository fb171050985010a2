import { accessTokenSeconds } from '#shared/identity/access-token.ts';
import type { SessionGuard, SessionGuards } from '#shared/identity/session-guard.ts';
import type { Clock } from '#shared/platform/clock.ts';

/** Guards in memory, with the promises of `SessionGuards`. */
export function fakeSessionGuards(clock: Clock): SessionGuards & { readonly reads: string[] } {
  const guards = new Map<string, SessionGuard>();
  const reads: string[] = [];
  return {
    reads,
    async read(subject) {
      reads.push(subject);
      return structuredClone(guards.get(subject));
    },
    async open(subject) {
      if (!guards.has(subject)) guards.set(subject, { version: 1, revoked: {} });
    },
    async raise(subject) {
      const version = (guards.get(subject)?.version ?? 0) + 1;
      guards.set(subject, { version, revoked: {} });
      return version;
    },
    async revoke(subject, sessionId) {
      const guard = guards.get(subject);
      if (guard === undefined) return;
      const nowSeconds = Math.floor(clock.now() / 1_000);
      const standing = Object.entries(guard.revoked).filter(([, until]) => until > nowSeconds);
      if (standing.length >= 100) guards.set(subject, { version: guard.version + 1, revoked: {} });
      else
        guards.set(subject, { ...guard, revoked: { ...Object.fromEntries(standing), [sessionId]: nowSeconds + accessTokenSeconds + 60 } });
    },
  };
}
