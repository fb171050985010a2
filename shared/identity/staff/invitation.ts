/**
 * An invitation to the staff: good once, for three days, until it is withdrawn.
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import type { StaffRole } from '#shared/platform/permissions.ts';
import { newLinkSecret, opens } from './link-secret.ts';
import { rolesSchema } from './staff-record.ts';

export const invitationHours = 72;

export const invitationSchema = z.object({
  /** `inv_…` */
  id: z.string(),
  email: z.string(),
  roles: rolesSchema,
  /** Id of a staff account, or `system` for the first owner's. */
  invitedBy: z.string(),
  invitedByName: z.string(),
  createdAtMs: z.int().nonnegative(),
  expiresAtMs: z.int().nonnegative(),
  /** As written down; an open one expires by the clock. */
  status: z.enum(['open', 'accepted', 'withdrawn']),
  secretHash: z.string(),
});

export type Invitation = z.output<typeof invitationSchema>;

interface Invited {
  readonly email: string;
  readonly roles: readonly StaffRole[];
  readonly invitedBy: string;
  readonly invitedByName: string;
}

/** The token goes into the link and is kept nowhere. */
export function newInvitation(
  deps: { readonly clock: Clock; readonly chance: Chance },
  { email, roles, invitedBy, invitedByName }: Invited,
): { readonly invitation: Invitation; readonly token: string } {
  const id = prefixedId('inv', deps);
  const { token, secretHash } = newLinkSecret(id, deps.chance);
  const createdAtMs = deps.clock.now();
  const expiresAtMs = createdAtMs + invitationHours * 3_600_000;
  const invitation = {
    id,
    email,
    roles: [...roles],
    invitedBy,
    invitedByName,
    createdAtMs,
    expiresAtMs,
    status: 'open' as const,
    secretHash,
  };
  return { invitation, token };
}

export function invitationStatusAt({ status, expiresAtMs }: Invitation, nowMs: number): Invitation['status'] | 'expired' {
  return status === 'open' && expiresAtMs <= nowMs ? 'expired' : status;
}

/** True when the token is the invitation's and it can be accepted now. */
export const isOpenFor = (invitation: Invitation, token: string, nowMs: number): boolean =>
  opens(token, invitation.secretHash) && invitationStatusAt(invitation, nowMs) === 'open';
