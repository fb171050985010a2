/**
 * Staff and invitations as staff see them.
 */
import type * as z from 'zod';
import type { invitationView, staffView } from '../routes/views.ts';
import { invitationStatusAt, type Invitation } from './invitation.ts';
import type { StaffRecord } from './staff-record.ts';

export type StaffView = z.input<typeof staffView>;
export type InvitationView = z.input<typeof invitationView>;

const instant = (ms: number): string => new Date(ms).toISOString();

export function presentStaff({ id, email, name, roles, status, createdAtMs, lastSeenAtMs }: StaffRecord): StaffView {
  const lastSeenAt = lastSeenAtMs === null ? null : instant(lastSeenAtMs);
  return { id, email, name, roles, status, createdAt: instant(createdAtMs), lastSeenAt };
}

export function presentInvitation(invitation: Invitation, nowMs: number): InvitationView {
  const { id, email, roles, invitedBy, invitedByName, createdAtMs, expiresAtMs } = invitation;
  const status = invitationStatusAt(invitation, nowMs);
  return { id, email, roles, invitedBy, invitedByName, createdAt: instant(createdAtMs), expiresAt: instant(expiresAtMs), status };
}
