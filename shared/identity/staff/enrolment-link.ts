/**
 * The link by which somebody of the staff sets up a new authenticator app, after an owner took the former one away.
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { newLinkSecret, opens } from './link-secret.ts';

export const enrolmentLinkHours = 24;

/** One at a time: a newer link replaces the former. */
export const enrolmentLinkSchema = z.object({
  staffId: z.string(),
  secretHash: z.string(),
  expiresAtMs: z.int().nonnegative(),
});

export type EnrolmentLink = z.output<typeof enrolmentLinkSchema>;

export function newEnrolmentLink(
  { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
  staffId: string,
): { readonly link: EnrolmentLink; readonly token: string } {
  const { token, secretHash } = newLinkSecret(staffId, chance);
  return { link: { staffId, secretHash, expiresAtMs: clock.now() + enrolmentLinkHours * 3_600_000 }, token };
}

export const isGoodFor = (link: EnrolmentLink, token: string, nowMs: number): boolean =>
  link.expiresAtMs > nowMs && opens(token, link.secretHash);
