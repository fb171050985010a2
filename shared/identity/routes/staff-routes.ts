/**
 * Staff accounts and invitations: `/api/admin/staff`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { nextCursor, pageQuery } from '#shared/platform/paging.ts';
import { staffRoles } from '#shared/platform/permissions.ts';
import { emailSchema } from '../member.ts';
import { invitationView, reason, sessionView, staffId, staffView } from './views.ts';

const nothing = z.undefined();
const pathParameters = z.object({ staffId });
const roles = z
  .array(z.enum(staffRoles))
  .min(1)
  .max(staffRoles.length)
  .refine((all) => new Set(all).size === all.length, 'Each role once.');

export const staffRoutes = {
  list: route({
    operationId: 'listStaff',
    method: 'GET',
    path: '/api/admin/staff',
    summary: 'Staff accounts, newest first',
    permission: 'staff:read',
    query: z.object({ status: z.enum(['active', 'disabled']).optional(), ...pageQuery }),
    status: 200,
    answer: z.object({ staff: z.array(staffView), nextCursor }),
    faults: [],
  }),
  read: route({
    operationId: 'readStaff',
    method: 'GET',
    path: '/api/admin/staff/{staffId}',
    summary: 'A staff account and its sessions',
    permission: 'staff:read',
    pathParameters,
    status: 200,
    answer: staffView.extend({ sessions: z.array(sessionView) }),
    faults: ['identity.staff-not-found'],
  }),
  changeRoles: route({
    operationId: 'changeStaffRoles',
    method: 'PUT',
    path: '/api/admin/staff/{staffId}/roles',
    summary: 'Gives a staff account other roles',
    permission: 'staff:manage',
    stepUp: true,
    pathParameters,
    body: z.object({ roles, reason }),
    status: 200,
    answer: staffView,
    faults: ['identity.staff-not-found', 'identity.not-oneself', 'identity.last-owner'],
  }),
  changeStatus: route({
    operationId: 'changeStaffStatus',
    method: 'POST',
    path: '/api/admin/staff/{staffId}/status',
    summary: 'Disables or enables a staff account',
    permission: 'staff:manage',
    stepUp: true,
    pathParameters,
    body: z.object({ to: z.enum(['active', 'disabled']), reason }),
    status: 200,
    answer: staffView,
    faults: ['identity.staff-not-found', 'identity.not-oneself', 'identity.last-owner'],
  }),
  resetSecondFactor: route({
    operationId: 'resetStaffSecondFactor',
    method: 'POST',
    path: '/api/admin/staff/{staffId}/second-factor/reset',
    summary: 'Sends a link to set up a new authenticator app, and ends all sessions',
    permission: 'staff:manage',
    stepUp: true,
    pathParameters,
    body: z.object({ reason }),
    status: 202,
    answer: z.object({ expiresAt: z.iso.datetime() }),
    faults: ['identity.staff-not-found', 'identity.not-oneself'],
  }),
  endSessions: route({
    operationId: 'endStaffSessions',
    method: 'DELETE',
    path: '/api/admin/staff/{staffId}/sessions',
    summary: 'Signs a person of the staff out everywhere',
    permission: 'staff:manage',
    pathParameters,
    status: 204,
    answer: nothing,
    faults: ['identity.staff-not-found'],
  }),
  listInvitations: route({
    operationId: 'listInvitations',
    method: 'GET',
    path: '/api/admin/staff/invitations',
    summary: 'Invitations, newest first',
    permission: 'staff:read',
    query: z.object({ ...pageQuery }),
    status: 200,
    answer: z.object({ invitations: z.array(invitationView), nextCursor }),
    faults: [],
  }),
  invite: route({
    operationId: 'inviteStaff',
    method: 'POST',
    path: '/api/admin/staff/invitations',
    summary: 'Invites somebody to the staff, by e-mail',
    permission: 'staff:manage',
    stepUp: true,
    body: z.object({ email: emailSchema, roles }),
    status: 201,
    answer: invitationView,
    faults: ['identity.staff-exists', 'request.rate-limited'],
  }),
  withdrawInvitation: route({
    operationId: 'withdrawInvitation',
    method: 'DELETE',
    path: '/api/admin/staff/invitations/{invitationId}',
    summary: 'Makes an open invitation void',
    permission: 'staff:manage',
    pathParameters: z.object({ invitationId: z.string().max(64) }),
    status: 204,
    answer: nothing,
    faults: ['identity.invitation-invalid'],
  }),
} as const;
