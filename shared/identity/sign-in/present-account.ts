import type * as z from 'zod';
import { membershipAt } from '../administration/membership-status.ts';
import type { LoadedSubject } from '../engine/auth-database.ts';
import type { IssuedTokens } from '../engine/sessions.ts';
import type { MemberRecord } from '../member-record.ts';
import type { accountView, tokensView } from '../routes/views.ts';

export type LoadedMember = LoadedSubject<MemberRecord>;
/** A member whose account has been found. */
export type PresentMember = LoadedMember & { readonly user: MemberRecord };

export const isPresent = (subject: LoadedMember): subject is PresentMember => subject.user !== undefined;

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The account as its owner sees it. */
export function presentAccount({ user, passwordHash, secondFactor }: PresentMember, nowMs: number): z.input<typeof accountView> {
  const { status, reason, untilMs } = membershipAt(user.membership, nowMs);
  return {
    id: user.id,
    handle: user.handle,
    displayName: user.displayName,
    email: user.email,
    phone: user.phone,
    status,
    statusReason: reason,
    statusUntil: instant(untilMs),
    hasPassword: passwordHash !== undefined,
    hasSecondFactor: secondFactor?.verified === true,
    locale: user.locale,
    createdAt: new Date(user.createdAtMs).toISOString(),
    deletionAt: instant(user.deletionAtMs),
  };
}

/** A session that has just been opened or refreshed. */
export function presentTokens(member: PresentMember, tokens: IssuedTokens, nowMs: number): z.input<typeof tokensView> {
  return {
    next: 'done',
    accessToken: tokens.accessToken,
    tokenType: 'Bearer',
    expiresInSeconds: tokens.expiresInSeconds,
    refreshToken: tokens.refreshToken,
    refreshExpiresAt: new Date(tokens.refreshExpiresAtMs).toISOString(),
    account: presentAccount(member, nowMs),
  };
}
