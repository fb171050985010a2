import type * as z from 'zod';
import { accessTokenSeconds } from '../../access-token.ts';
import { recoveryCodesLeft } from '../../engine/second-factor.ts';
import type { deskSessionView } from '../../routes/views.ts';
import type { PresentStaff } from './deps.ts';

export type DeskSession = z.input<typeof deskSessionView>;

/** The own account, as its owner sees it. */
export function presentSelf({ user, secondFactor }: PresentStaff): DeskSession['staff'] {
  const { id, email, name, roles, locale } = user;
  return { id, email, name, roles, locale, recoveryCodesLeft: recoveryCodesLeft(secondFactor) };
}

export function presentDeskSession(
  person: PresentStaff,
  { accessToken, secondFactorAtMs }: { readonly accessToken: string; readonly secondFactorAtMs: number | undefined },
): DeskSession {
  return {
    next: 'done',
    accessToken,
    tokenType: 'Bearer',
    expiresInSeconds: accessTokenSeconds,
    secondFactorAt: new Date(secondFactorAtMs ?? 0).toISOString(),
    staff: presentSelf(person),
  };
}
