/**
 * How members come in: `/api/xm/auth`. Open to anybody, and limited per account and per address.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { emailSchema, handleSchema, localeSchema, passwordSchema, phoneSchema } from '../member.ts';
import { challengeView, secondFactorNeeded, tokensView } from './views.ts';

const challengeId = z.string().min(1).max(100);
const code = z
  .string()
  .regex(/^\d{6}$/, 'Six digits.')
  .meta({ description: 'The code that was sent.' });
const token = z.string().min(1).max(512);
/** Whatever somebody signs in by; a wrong shape is an unknown account, not a fault of its own. */
const identifier = z
  .string()
  .trim()
  .min(1)
  .max(254)
  .meta({ description: 'E-mail address, phone number or handle.', example: 'sari@example.id' });
/** Not checked against the rules for new passwords: these may have changed since. */
const givenPassword = z.string().min(1).max(512).meta({ format: 'password' });
const nothing = z.undefined();
const signedIn = z.discriminatedUnion('next', [tokensView, secondFactorNeeded]);

export const signInRoutes = {
  signUp: route({
    operationId: 'signUp',
    method: 'POST',
    path: '/api/xm/auth/sign-up',
    summary: 'Sends a code to the address or number of a new member',
    body: z
      .object({
        handle: handleSchema,
        email: emailSchema.optional(),
        phone: phoneSchema.optional(),
        password: passwordSchema.optional(),
        displayName: z.string().trim().min(1).max(60).optional(),
        locale: localeSchema.default('id'),
      })
      .refine(({ email, phone }) => (email === undefined) !== (phone === undefined), {
        message: 'Either an e-mail address or a phone number.',
        path: ['email'],
      }),
    status: 202,
    answer: challengeView,
    faults: ['identity.password-breached', 'identity.handle-taken', 'request.rate-limited'],
  }),
  verifySignUp: route({
    operationId: 'verifySignUp',
    method: 'POST',
    path: '/api/xm/auth/sign-up/verify',
    summary: 'Makes the member and signs in',
    body: z.object({ challengeId, code }),
    status: 201,
    answer: tokensView,
    faults: ['identity.code-wrong', 'identity.handle-taken', 'request.rate-limited'],
  }),
  signIn: route({
    operationId: 'signIn',
    method: 'POST',
    path: '/api/xm/auth/sign-in',
    summary: 'Signs in by password',
    body: z.object({ identifier, password: givenPassword }),
    status: 200,
    answer: signedIn,
    faults: ['identity.credentials-wrong', 'identity.ticket-invalid', 'identity.locked', 'identity.banned', 'request.rate-limited'],
  }),
  requestCode: route({
    operationId: 'requestSignInCode',
    method: 'POST',
    path: '/api/xm/auth/codes',
    summary: 'Sends a code to sign in by',
    body: z.object({ identifier }),
    status: 202,
    answer: challengeView,
    faults: ['request.rate-limited'],
  }),
  signInByCode: route({
    operationId: 'signInByCode',
    method: 'POST',
    path: '/api/xm/auth/sign-in/code',
    summary: 'Signs in by a code that was sent',
    body: z.object({ challengeId, code }),
    status: 200,
    answer: signedIn,
    faults: ['identity.code-wrong', 'identity.ticket-invalid', 'identity.banned', 'request.rate-limited'],
  }),
  signInSecondFactor: route({
    operationId: 'signInSecondFactor',
    method: 'POST',
    path: '/api/xm/auth/sign-in/second-factor',
    summary: 'Completes a sign-in with a code of the authenticator app, or a recovery code',
    body: z.object({ ticket: token, code: z.string().min(6).max(32) }),
    status: 200,
    answer: tokensView,
    faults: ['identity.code-wrong', 'identity.ticket-invalid', 'identity.locked', 'identity.banned', 'request.rate-limited'],
  }),
  refresh: route({
    operationId: 'refreshTokens',
    method: 'POST',
    path: '/api/xm/auth/refresh',
    summary: 'Exchanges the refresh token for a new pair',
    body: z.object({ refreshToken: token }),
    status: 200,
    answer: tokensView,
    faults: ['identity.session-ended', 'identity.banned', 'request.rate-limited'],
  }),
  signOut: route({
    operationId: 'signOut',
    method: 'POST',
    path: '/api/xm/auth/sign-out',
    summary: 'Ends the session of a refresh token',
    body: z.object({ refreshToken: token }),
    status: 204,
    answer: nothing,
    faults: [],
  }),
  forgotPassword: route({
    operationId: 'forgotPassword',
    method: 'POST',
    path: '/api/xm/auth/password/forgot',
    summary: 'Sends a code to set a new password by',
    body: z.object({ identifier }),
    status: 202,
    answer: challengeView,
    faults: ['request.rate-limited'],
  }),
  resetPassword: route({
    operationId: 'resetPassword',
    method: 'POST',
    path: '/api/xm/auth/password/reset',
    summary: 'Sets a new password and ends all sessions',
    body: z.object({ challengeId, code, password: passwordSchema }),
    status: 204,
    answer: nothing,
    faults: ['identity.code-wrong', 'identity.password-breached', 'request.rate-limited'],
  }),
} as const;
