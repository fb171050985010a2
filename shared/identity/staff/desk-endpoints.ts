/**
 * The routes by which staff come in and look after their own accounts, tied to their use cases, limits and cookies.
 */
import { Answered } from '#shared/platform/http/answer.ts';
import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { withinRateLimits, type RateCheck } from '#shared/platform/rate-limit/within-rate-limits.ts';
import type { IssuedTokens } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import { deskRoutes } from '../routes/desk-routes.ts';
import type { DeskDeps, PresentStaff } from './desk/deps.ts';
import { changeDesk, endDeskSession, endDeskSessions, listDeskSessions, readDesk, renewDeskRecoveryCodes } from './desk/desk-account.ts';
import { noCookies, refreshTokenFrom, sessionCookies } from './desk/desk-cookies.ts';
import { deskChangePassword, deskForgotPassword, deskResetPassword } from './desk/desk-password.ts';
import { attemptFrom, linkFor, refreshFrom, signInFrom, stepUpOf } from './desk/desk-rate-rules.ts';
import { deskRefresh, deskSignOut, deskStepUp } from './desk/desk-session.ts';
import { deskSecondFactor, deskSignIn } from './desk/desk-sign-in.ts';
import { acceptInvitation, enrol, readInvitation, renewEnrolment } from './desk/join-staff.ts';
import { presentDeskSession } from './desk/present-desk.ts';

export interface DeskEndpointDeps extends DeskDeps {
  readonly limits: RateLimits;
}

/** For the function that has the engine. */
export function deskEndpoints(deps: DeskEndpointDeps): Endpoint[] {
  return [...signInEndpoints(deps), ...sessionEndpoints(deps), ...joinEndpoints(deps), ...accountEndpoints(deps)];
}

function signInEndpoints(deps: DeskEndpointDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(deskRoutes.signIn, ({ body, client }) => limited(limits, [signInFrom(client.address)], () => deskSignIn(deps, body, client))),
    on(deskRoutes.secondFactor, ({ body, client }) =>
      opened(deps, [attemptFrom(client.address)], async () => sessionOf(await deskSecondFactor(deps, body, client))),
    ),
    on(deskRoutes.forgotPassword, ({ body, client }) =>
      limited(limits, linkFor(body.email, client.address), () => deskForgotPassword(deps, body.email, client)),
    ),
    on(deskRoutes.resetPassword, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => deskResetPassword(deps, body, client)),
    ),
  ];
}

function sessionEndpoints(deps: DeskEndpointDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(deskRoutes.refresh, ({ client }) =>
      opened(deps, [refreshFrom(client.address)], async () => {
        const token = tokenFrom(deps, client);
        if (token === undefined) throw identityFault('identity.session-ended');
        return sessionOf(await deskRefresh(deps, token, client));
      }),
    ),
    on(deskRoutes.signOut, async ({ client }) => {
      const token = tokenFrom(deps, client);
      // A form of another site comes without the cookies (SameSite), and its answer could still take them away.
      if (token === undefined) return undefined;
      await deskSignOut(deps, token, client);
      return new Answered(undefined, { cookies: noCookies });
    }),
    on(deskRoutes.stepUp, ({ body, caller, client }) => {
      const self = required(caller);
      return limited(limits, [stepUpOf(self.subject)], async () => {
        const { person, ...tokens } = await deskStepUp(deps, { caller: self, code: body.code }, client);
        return presentDeskSession(person, tokens);
      });
    }),
  ];
}

function joinEndpoints(deps: DeskEndpointDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(deskRoutes.readInvitation, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], async () => {
        const { email, roles, invitedByName, expiresAtMs } = await readInvitation(deps, body.token);
        return { email, roles, invitedByName, expiresAt: new Date(expiresAtMs).toISOString() };
      }),
    ),
    on(deskRoutes.acceptInvitation, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => acceptInvitation(deps, body)),
    ),
    on(deskRoutes.renewEnrolment, ({ body, client }) =>
      limited(limits, [attemptFrom(client.address)], () => renewEnrolment(deps, body, client)),
    ),
    on(deskRoutes.enrol, ({ body, client }) =>
      opened(deps, [attemptFrom(client.address)], async () => {
        const { recoveryCodes, ...session } = await enrol(deps, body, client);
        const { view, tokens } = sessionOf(session);
        return { view: { ...view, recoveryCodes }, tokens };
      }),
    ),
  ];
}

function accountEndpoints(deps: DeskEndpointDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(deskRoutes.readMe, ({ caller }) => readDesk(deps, required(caller))),
    on(deskRoutes.changeMe, ({ body, caller, client }) => changeDesk(deps, { self: required(caller), ...body }, client)),
    on(deskRoutes.changePassword, ({ body, caller, client }) => {
      const self = required(caller);
      return limited(limits, [stepUpOf(self.subject)], async () => {
        const { person, ...tokens } = await deskChangePassword(deps, { caller: self, ...body }, client);
        return presentDeskSession(person, tokens);
      });
    }),
    on(deskRoutes.renewRecoveryCodes, ({ caller, client }) => renewDeskRecoveryCodes(deps, required(caller), client)),
    on(deskRoutes.listSessions, ({ caller }) => listDeskSessions(deps, required(caller))),
    on(deskRoutes.endSession, ({ path, caller, client }) => endDeskSession(deps, { self: required(caller), ...path }, client)),
    on(deskRoutes.endAllSessions, ({ caller, client }) => endDeskSessions(deps, required(caller), client)),
  ];
}

const tokenFrom = ({ engine, backofficeOrigin }: DeskEndpointDeps, client: Client): string | undefined =>
  refreshTokenFrom({ keys: engine.keys, backofficeOrigin }, client);

const sessionOf = ({ person, tokens }: { person: PresentStaff; tokens: IssuedTokens }) => ({
  view: presentDeskSession(person, tokens),
  tokens,
});

/** Opens a session, or goes on with it, unless a limit is spent: the answer carries its cookies. */
async function opened<View>(
  { limits, engine }: DeskEndpointDeps,
  checks: readonly RateCheck[],
  open: () => Promise<{ view: View; tokens: IssuedTokens }>,
): Promise<Answered<View>> {
  const headers = await withinRateLimits(limits, checks);
  const { view, tokens } = await open();
  return new Answered(view, { headers, cookies: sessionCookies(engine.keys, tokens, engine.clock.now()) });
}
