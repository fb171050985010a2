/**
 * A member's own account: `/api/xm/me`.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { emailSchema, handleSchema, kycStateSchema, localeSchema, passwordSchema, phoneSchema } from '../member.ts';
import { accountView, challengeView, recoveryCodesView, sessionId, sessionView, totpEnrolmentView } from './views.ts';

const nothing = z.undefined();
const code = z.string().min(6).max(32).meta({ description: 'A code of the authenticator app, or a recovery code.' });
const sentCode = z.string().regex(/^\d{6}$/, 'Six digits.');
const givenPassword = z.string().min(1).max(512).meta({ format: 'password' });
/** Proof that it is still the member: the password of an account that has one, or a code asked for at `/me/codes`. */
const proof = {
  password: givenPassword.optional(),
  challengeId: z.string().max(100).optional(),
  code: sentCode.optional(),
};

const nik = z
  .string()
  .regex(/^\d{16}$/, 'Sixteen digits.')
  .meta({ description: 'Nomor Induk Kependudukan, as on the identity card.' });
export const kycData = z.object({
  nik,
  fullName: z.string().trim().min(2).max(100),
  birthDate: z.iso.date(),
  address: z.string().trim().min(5).max(300),
});

export const accountRoutes = {
  read: route({
    operationId: 'readAccount',
    method: 'GET',
    path: '/api/xm/me',
    summary: 'The own account',
    permission: 'account:read',
    status: 200,
    answer: accountView,
    faults: [],
  }),
  change: route({
    operationId: 'changeAccount',
    method: 'PATCH',
    path: '/api/xm/me',
    summary: 'Changes handle, name or language',
    permission: 'account:use',
    body: z.object({ handle: handleSchema, displayName: z.string().trim().min(1).max(60), locale: localeSchema }).partial(),
    status: 200,
    answer: accountView,
    faults: ['identity.handle-taken'],
  }),
  requestProof: route({
    operationId: 'requestProofCode',
    method: 'POST',
    path: '/api/xm/me/codes',
    summary: 'Sends a code that proves it is still the member',
    permission: 'account:read',
    status: 202,
    answer: challengeView,
    faults: ['request.rate-limited'],
  }),
  changePassword: route({
    operationId: 'changePassword',
    method: 'POST',
    path: '/api/xm/me/password',
    summary: 'Sets a password and ends all other sessions',
    permission: 'account:use',
    body: z.object({ ...proof, newPassword: passwordSchema }),
    status: 204,
    answer: nothing,
    faults: ['identity.credentials-wrong', 'identity.code-wrong', 'identity.password-breached', 'request.rate-limited'],
  }),
  changeIdentifier: route({
    operationId: 'changeIdentifier',
    method: 'POST',
    path: '/api/xm/me/identifiers',
    summary: 'Sends a code to a new e-mail address or phone number',
    permission: 'account:use',
    body: z
      .object({ email: emailSchema.optional(), phone: phoneSchema.optional() })
      .refine(({ email, phone }) => (email === undefined) !== (phone === undefined), {
        message: 'Either an e-mail address or a phone number.',
        path: ['email'],
      }),
    status: 202,
    answer: challengeView,
    faults: ['request.rate-limited'],
  }),
  verifyIdentifier: route({
    operationId: 'verifyIdentifier',
    method: 'POST',
    path: '/api/xm/me/identifiers/verify',
    summary: 'Takes the new address or number; the former one is told',
    permission: 'account:use',
    body: z.object({ challengeId: z.string().max(100), code: sentCode }),
    status: 200,
    answer: accountView,
    faults: ['identity.code-wrong', 'identity.identifier-taken', 'request.rate-limited'],
  }),
  listSessions: route({
    operationId: 'listSessions',
    method: 'GET',
    path: '/api/xm/me/sessions',
    summary: 'Where the member is signed in',
    permission: 'account:read',
    status: 200,
    answer: z.object({ sessions: z.array(sessionView) }),
    faults: [],
  }),
  endSession: route({
    operationId: 'endSession',
    method: 'DELETE',
    path: '/api/xm/me/sessions/{sessionId}',
    summary: 'Signs out one session',
    permission: 'account:read',
    pathParameters: z.object({ sessionId }),
    status: 204,
    answer: nothing,
    faults: ['identity.session-not-found'],
  }),
  endAllSessions: route({
    operationId: 'endAllSessions',
    method: 'DELETE',
    path: '/api/xm/me/sessions',
    summary: 'Signs out everywhere',
    permission: 'account:read',
    status: 204,
    answer: nothing,
    faults: [],
  }),
  startTotp: route({
    operationId: 'startSecondFactor',
    method: 'POST',
    path: '/api/xm/me/second-factor',
    summary: 'Begins to set up an authenticator app',
    permission: 'account:use',
    body: z.object(proof),
    status: 200,
    answer: totpEnrolmentView,
    faults: ['identity.credentials-wrong', 'identity.code-wrong', 'identity.second-factor-present', 'request.rate-limited'],
  }),
  confirmTotp: route({
    operationId: 'confirmSecondFactor',
    method: 'POST',
    path: '/api/xm/me/second-factor/confirm',
    summary: 'Asks for the second factor from now on',
    permission: 'account:use',
    body: z.object({ code: sentCode }),
    status: 200,
    answer: recoveryCodesView,
    faults: ['identity.code-wrong', 'identity.second-factor-present', 'request.rate-limited'],
  }),
  removeTotp: route({
    operationId: 'removeSecondFactor',
    method: 'POST',
    path: '/api/xm/me/second-factor/remove',
    summary: 'Asks for no second factor any more',
    permission: 'account:use',
    body: z.object({ code }),
    status: 204,
    answer: nothing,
    faults: ['identity.code-wrong', 'request.rate-limited'],
  }),
  renewRecoveryCodes: route({
    operationId: 'renewRecoveryCodes',
    method: 'POST',
    path: '/api/xm/me/second-factor/recovery-codes',
    summary: 'Replaces the recovery codes',
    permission: 'account:use',
    body: z.object({ code }),
    status: 200,
    answer: recoveryCodesView,
    faults: ['identity.code-wrong', 'request.rate-limited'],
  }),
  submitKyc: route({
    operationId: 'submitKyc',
    method: 'POST',
    path: '/api/xm/me/kyc',
    summary: 'Gives the data of the identity card, to become a verified member',
    permission: 'account:use',
    body: kycData,
    status: 202,
    answer: z.object({ state: kycStateSchema }),
    faults: ['identity.kyc-settled', 'identity.nik-taken'],
  }),
  requestExport: route({
    operationId: 'requestExport',
    method: 'POST',
    path: '/api/xm/me/export',
    summary: 'All data of the account, as a file to download',
    permission: 'account:read',
    status: 200,
    answer: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
    faults: ['request.rate-limited'],
  }),
  requestDeletion: route({
    operationId: 'requestDeletion',
    method: 'POST',
    path: '/api/xm/me/deletion',
    summary: 'Has the account erased after a time of grace; the data must have been exported in the week before',
    permission: 'account:read',
    body: z.object(proof),
    status: 202,
    answer: z.object({ deletionAt: z.iso.datetime() }),
    faults: ['identity.credentials-wrong', 'identity.code-wrong', 'identity.export-first', 'request.rate-limited'],
  }),
  cancelDeletion: route({
    operationId: 'cancelDeletion',
    method: 'DELETE',
    path: '/api/xm/me/deletion',
    summary: 'Keeps the account after all',
    permission: 'account:read',
    status: 200,
    answer: accountView,
    faults: [],
  }),
} as const;
