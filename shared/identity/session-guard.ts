/**
 * What can end a session before its access token does: one small item a subject, which the authorizer reads beside the token.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import type { TokenIdentity } from './access-token.ts';

export const sessionGuardSchema = z.object({
  /** Raised by whatever ends all of the subject's sessions or changes what they may: a ban, a password change, other roles. */
  version: z.int().nonnegative(),
  /** Sessions that were ended one by one → when the last of their tokens expires, in seconds since the epoch. */
  revoked: z.record(z.string(), z.int()),
});

export type SessionGuard = z.output<typeof sessionGuardSchema>;

/** Where guards are kept. A subject is a member's or a staff account's id. */
export interface SessionGuards {
  /** Undefined for a subject that has none, and so no sessions. */
  read(subject: string): Promise<SessionGuard | undefined>;
  /** Makes the guard of a new subject, at version 1. Nothing happens when there is one. */
  open(subject: string): Promise<void>;
  /** Ends every token issued so far and answers the version that new ones carry. */
  raise(subject: string): Promise<number>;
  /** Ends one session's tokens. */
  revoke(subject: string, sessionId: string): Promise<void>;
}

/** How long an authorizer believes what it read. With the 30 s that the gateway keeps an answer, a ban bites within a minute. */
export const guardSecondsMax = 25;
/** Guards that one authorizer remembers; the oldest goes. */
const guardsMax = 10_000;

/** Whether the token's session still stands. */
export function stands({ version, revoked }: SessionGuard, token: TokenIdentity): boolean {
  return token.version >= version && revoked[token.sessionId] === undefined;
}

/** Reads through a memory of this process, so that a subject's requests cost one read in `guardSecondsMax` at most. */
export function rememberedGuards(guards: Pick<SessionGuards, 'read'>, clock: Clock): Pick<SessionGuards, 'read'> {
  const known = new Map<string, { guard: SessionGuard | undefined; untilMs: number }>();
  return {
    async read(subject) {
      const nowMs = clock.now();
      const remembered = known.get(subject);
      if (remembered !== undefined && remembered.untilMs > nowMs) return remembered.guard;
      const guard = await guards.read(subject);
      known.delete(subject);
      known.set(subject, { guard, untilMs: nowMs + guardSecondsMax * 1_000 });
      const oldest = known.size > guardsMax ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      return guard;
    },
  };
}
