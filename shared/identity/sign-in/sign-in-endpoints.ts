/**
 * The routes by which members come in, tied to their use cases and limits.
 */
import { on, type Endpoint } from '#shared/platform/http/http-handler.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { signInRoutes } from '../routes/sign-in-routes.ts';
import type { MemberFlowDeps } from './deps.ts';
import { identifierOf } from './identifier.ts';
import { attemptFrom, codeFor, codesTo, refreshFrom, signInFrom } from './rate-rules.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { requestCode } from './request-code.ts';
import { resetPassword } from './reset-password.ts';
import { signInByCode } from './sign-in-by-code.ts';
import { signInSecondFactor } from './sign-in-second-factor.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signUp } from './sign-up.ts';
import { verifySignUp } from './verify-sign-up.ts';

export interface SignInDeps extends MemberFlowDeps {
  readonly limits: RateLimits;
}

export function signInEndpoints(deps: SignInDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(signInRoutes.signUp, ({ body, client }) => {
      const identifier = body.email ?? body.phone ?? '';
      return limited(limits, [...codeFor(identifier, client.address), codesTo(identifier)], () => signUp(deps, body));
    }),
    on(signInRoutes.verifySignUp, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => verifySignUp(deps, body, client)),
    ),
    on(signInRoutes.signIn, ({ body, client }) => limited(limits, [signInFrom(client.address)], () => signIn(deps, body, client))),
    on(signInRoutes.requestCode, ({ body, client }) =>
      limited(limits, codeFor(identifierOf(body.identifier).value, client.address), () =>
        requestCode(deps, { ...body, purpose: 'signIn' }, client),
      ),
    ),
    on(signInRoutes.signInByCode, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => signInByCode(deps, body, client)),
    ),
    on(signInRoutes.signInSecondFactor, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => signInSecondFactor(deps, body, client)),
    ),
    on(signInRoutes.refresh, ({ body, client }) =>
      limited(limits, [refreshFrom(client.address)], () => refreshTokens(deps, body.refreshToken, client)),
    ),
    on(signInRoutes.signOut, async ({ body, client }) => {
      await signOut(deps, body.refreshToken, client);
      return undefined;
    }),
    on(signInRoutes.forgotPassword, ({ body, client }) =>
      limited(limits, codeFor(identifierOf(body.identifier).value, client.address), () =>
        requestCode(deps, { ...body, purpose: 'password' }, client),
      ),
    ),
    on(signInRoutes.resetPassword, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], async () => {
        await resetPassword(deps, body, client);
        return undefined;
      }),
    ),
  ];
}
