/**
 * How staff come in and what they see of themselves: `/api/admin/auth` and `/api/admin/me`.
 *
 * The refresh token travels in the cookie `__Host-xm-desk` alone. Routes that read it want the header `x-csrf-token` to repeat the cookie
 * `__Host-xm-csrf`, which the page can read and another site cannot.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { staffRoles } from '#shared/platform/permissions.ts';
import { localeSchema, passwordSchema } from '../member.ts';
import { deskSessionView, recoveryCodesView, secondFactorNeeded, sessionId, sessionView, totpEnrolmentView } from './views.ts';

const nothing = z.undefined();
const ticket = z.string().min(1).max(512);
const totpCode = z
  .string()
  .regex(/^\d{6}$/, 'Six digits.')
  .meta({ description: 'A code of the authenticator app.' });
const anyCode = z.string().min(6).max(32).meta({ description: 'A code of the authenticator app, or a recovery code.' });
const email = z.string().trim().min(1).max(254);
const givenPassword = z.string().min(1).max(512).meta({ format: 'password' });
const invitationToken = z.string().min(1).max(512).meta({ description: 'From the link of the invitation.' });
const enrolment = totpEnrolmentView.extend({ next: z.literal('enrol'), ticket });

export const deskRoutes = {
  signIn: route({
    operationId: 'deskSignIn',
    method: 'POST',
    path: '/api/admin/auth/sign-in',
    summary: 'First step of a staff sign-in: the password',
    body: z.object({ email, password: givenPassword }),
    status: 200,
    answer: secondFactorNeeded,
    faults: ['identity.credentials-wrong', 'identity.locked', 'request.rate-limited'],
  }),
  secondFactor: route({
    operationId: 'deskSecondFactor',
    method: 'POST',
    path: '/api/admin/auth/second-factor',
    summary: 'Second step: a code of the authenticator app, or a recovery code',
    body: z.object({ ticket, code: anyCode }),
    status: 200,
    answer: deskSessionView,
    faults: ['identity.code-wrong', 'identity.ticket-invalid', 'identity.locked', 'request.rate-limited'],
  }),
  refresh: route({
    operationId: 'deskRefresh',
    method: 'POST',
    path: '/api/admin/auth/refresh',
    summary: 'A new access token for the session in the cookie',
    status: 200,
    answer: deskSessionView,
    faults: ['identity.session-ended', 'identity.csrf', 'request.rate-limited'],
  }),
  signOut: route({
    operationId: 'deskSignOut',
    method: 'POST',
    path: '/api/admin/auth/sign-out',
    summary: 'Ends the session in the cookie',
    status: 204,
    answer: nothing,
    faults: ['identity.csrf'],
  }),
  stepUp: route({
    operationId: 'deskStepUp',
    method: 'POST',
    path: '/api/admin/auth/step-up',
    summary: 'A fresh second factor, for decisions',
    permission: 'desk:use',
    body: z.object({ code: totpCode }),
    status: 200,
    answer: deskSessionView,
    faults: ['identity.code-wrong', 'identity.locked', 'request.rate-limited'],
  }),
  forgotPassword: route({
    operationId: 'deskForgotPassword',
    method: 'POST',
    path: '/api/admin/auth/password/forgot',
    summary: 'Sends a link to set a new password by',
    body: z.object({ email }),
    status: 202,
    answer: z.object({ expiresAt: z.iso.datetime() }),
    faults: ['request.rate-limited'],
  }),
  resetPassword: route({
    operationId: 'deskResetPassword',
    method: 'POST',
    path: '/api/admin/auth/password/reset',
    summary: 'Sets a new password, with the link and the second factor, and ends all sessions',
    body: z.object({ token: ticket, code: anyCode, password: passwordSchema }),
    status: 204,
    answer: nothing,
    faults: ['identity.code-wrong', 'identity.ticket-invalid', 'identity.locked', 'identity.password-breached', 'request.rate-limited'],
  }),
  readInvitation: route({
    operationId: 'readInvitation',
    method: 'POST',
    path: '/api/admin/auth/invitations/read',
    summary: 'What an invitation invites to',
    body: z.object({ token: invitationToken }),
    status: 200,
    answer: z.object({ email: z.string(), roles: z.array(z.enum(staffRoles)), invitedByName: z.string(), expiresAt: z.iso.datetime() }),
    faults: ['identity.invitation-invalid', 'request.rate-limited'],
  }),
  acceptInvitation: route({
    operationId: 'acceptInvitation',
    method: 'POST',
    path: '/api/admin/auth/invitations/accept',
    summary: 'Name and password of the new staff account; the authenticator app comes next',
    body: z.object({
      token: invitationToken,
      name: z.string().trim().min(1).max(60),
      password: passwordSchema,
      locale: localeSchema.default('id'),
    }),
    status: 200,
    answer: enrolment,
    faults: ['identity.invitation-invalid', 'identity.password-breached', 'request.rate-limited'],
  }),
  renewEnrolment: route({
    operationId: 'renewDeskEnrolment',
    method: 'POST',
    path: '/api/admin/auth/enrolments',
    summary: 'Begins to set up a new authenticator app, with the link of a second factor that was reset and the password',
    body: z.object({ token: ticket, password: givenPassword }),
    status: 200,
    answer: enrolment,
    faults: ['identity.ticket-invalid', 'identity.credentials-wrong', 'identity.locked', 'request.rate-limited'],
  }),
  enrol: route({
    operationId: 'deskEnrol',
    method: 'POST',
    path: '/api/admin/auth/enrol',
    summary: 'Takes the authenticator app, makes the account of an accepted invitation, and signs in',
    body: z.object({ ticket, code: totpCode }),
    status: 201,
    answer: deskSessionView.extend(recoveryCodesView.shape),
    faults: ['identity.code-wrong', 'identity.ticket-invalid', 'identity.invitation-invalid', 'request.rate-limited'],
  }),
  readMe: route({
    operationId: 'readDesk',
    method: 'GET',
    path: '/api/admin/me',
    summary: 'The own staff account',
    permission: 'desk:use',
    status: 200,
    answer: deskSessionView.shape.staff,
    faults: [],
  }),
  changeMe: route({
    operationId: 'changeDesk',
    method: 'PATCH',
    path: '/api/admin/me',
    summary: 'Changes name or language',
    permission: 'desk:use',
    body: z.object({ name: z.string().trim().min(1).max(60), locale: localeSchema }).partial(),
    status: 200,
    answer: deskSessionView.shape.staff,
    faults: [],
  }),
  changePassword: route({
    operationId: 'changeDeskPassword',
    method: 'POST',
    path: '/api/admin/me/password',
    summary: 'Sets a new password and ends all other sessions',
    permission: 'desk:use',
    stepUp: true,
    body: z.object({ password: givenPassword, newPassword: passwordSchema }),
    status: 200,
    answer: deskSessionView,
    faults: ['identity.credentials-wrong', 'identity.locked', 'identity.password-breached', 'request.rate-limited'],
  }),
  renewRecoveryCodes: route({
    operationId: 'renewDeskRecoveryCodes',
    method: 'POST',
    path: '/api/admin/me/recovery-codes',
    summary: 'Replaces the recovery codes',
    permission: 'desk:use',
    stepUp: true,
    status: 200,
    answer: recoveryCodesView,
    faults: [],
  }),
  listSessions: route({
    operationId: 'listDeskSessions',
    method: 'GET',
    path: '/api/admin/me/sessions',
    summary: 'Where one is signed in',
    permission: 'desk:use',
    status: 200,
    answer: z.object({ sessions: z.array(sessionView) }),
    faults: [],
  }),
  endSession: route({
    operationId: 'endDeskSession',
    method: 'DELETE',
    path: '/api/admin/me/sessions/{sessionId}',
    summary: 'Signs out one session',
    permission: 'desk:use',
    pathParameters: z.object({ sessionId }),
    status: 204,
    answer: nothing,
    faults: ['identity.session-not-found'],
  }),
  endAllSessions: route({
    operationId: 'endAllDeskSessions',
    method: 'DELETE',
    path: '/api/admin/me/sessions',
    summary: 'Signs out everywhere',
    permission: 'desk:use',
    status: 204,
    answer: nothing,
    faults: [],
  }),
} as const;
