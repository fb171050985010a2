/** How staff come in, in the fake: one password and one code for everybody, tokens that are only names of sessions. */
import { identityFault } from '#shared/identity/identity-faults.ts';
import { deskRoutes } from '#shared/identity/routes/desk-routes.ts';
import { Answered } from '#shared/platform/http/answer.ts';
import { type Endpoint, on, required } from '#shared/platform/http/http-handler.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';
import { seedMs } from './desk-seed.ts';
import { type DeskState, invitationToken, recoveryCode, sessionOf, type Staff, staffCode, staffPassword } from './desk-state.ts';

const cookieFlags = 'Path=/; Secure; SameSite=Strict';
const csrf = 'csrf-of-the-fake';
const enrolment = { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/XM:baru%40xm.example?secret=JBSWY3DPEHPK3PXP&issuer=XM' };
const newRecoveryCodes = Array.from({ length: 10 }, (_, index) => `k7mq-${String(index).padStart(2, '0')}xd-p4rt`);
const lockedAfter = 5;

export interface FakeAuth {
  readonly endpoints: readonly Endpoint[];
  /** Who a bearer token stands for. */
  callerOf(token: string): Caller | undefined;
  /** How often a refresh token was used; each is good once. */
  readonly refreshes: () => number;
  /** Ends every access token, as time would. */
  expireTokens(): void;
  /** Second factors were given a while ago. */
  ageSecondFactors(): void;
  /** Ends every session, as a ban would. */
  endSessions(): void;
}

interface Grant {
  readonly staff: Staff;
  readonly sessionId: string;
  secondFactorAtMs: number;
}

export function fakeAuth(state: DeskState, now: () => number): FakeAuth {
  const tokens = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();
  let count = 0;
  let failures = 0;
  let refreshes = 0;
  let accepted = { email: '', name: '', locale: 'id' as 'id' | 'en' };

  const sessionFor = (grant: Grant): Answered<never> => {
    count += 1;
    const [accessToken, refreshToken] = [`access-${count}`, `refresh-${count}`];
    tokens.set(accessToken, { ...grant });
    refreshTokens.set(refreshToken, grant);
    const { id, email, name, roles, locale, recoveryCodesLeft } = grant.staff;
    const body = {
      next: 'done',
      accessToken,
      tokenType: 'Bearer',
      expiresInSeconds: 600,
      secondFactorAt: new Date(grant.secondFactorAtMs).toISOString(),
      staff: { id, email, name, roles, locale, recoveryCodesLeft },
    };
    const cookies = [`__Host-xm-desk=${refreshToken}; HttpOnly; ${cookieFlags}`, `__Host-xm-csrf=${csrf}; ${cookieFlags}`];
    return new Answered(body as never, { cookies });
  };
  const signedIn = (staff: Staff): Answered<never> => {
    const sessionId = `ses_${staff.sessions.length + 1}`;
    staff.sessions.push(sessionOf(sessionId, staff.sessions.length));
    return sessionFor({ staff, sessionId, secondFactorAtMs: now() });
  };
  const staffOf = (caller: Caller | undefined): Staff => found(state.staff.find(({ id }) => id === required(caller).subject));
  const sameSite = (client: Client): void => {
    if (client.header('x-csrf-token') !== csrf) throw identityFault('identity.csrf');
  };
  const refused = (): never => {
    failures += 1;
    if (failures >= lockedAfter) throw identityFault('identity.locked', { retryAfterSeconds: 30 });
    throw identityFault('identity.credentials-wrong');
  };
  const view = (staff: Staff) => {
    const { id, email, name, roles, locale, recoveryCodesLeft } = staff;
    return { id, email, name, roles, locale, recoveryCodesLeft };
  };

  const entrance: Endpoint[] = [
    on(deskRoutes.signIn, async ({ body }) => {
      if (failures >= lockedAfter) throw identityFault('identity.locked', { retryAfterSeconds: 30 });
      const staff = state.staff.find(({ email, status }) => email === body.email && status === 'active');
      if (staff === undefined || body.password !== staffPassword) return refused();
      return { next: 'second-factor' as const, ticket: staff.id };
    }),
    on(deskRoutes.secondFactor, async ({ body }) => {
      if (body.code !== staffCode && body.code !== recoveryCode) throw identityFault('identity.code-wrong');
      failures = 0;
      return signedIn(found(state.staff.find(({ id }) => id === body.ticket)));
    }),
    on(deskRoutes.refresh, async ({ client }) => {
      sameSite(client);
      const token = client.cookies.get('__Host-xm-desk') ?? '';
      const grant = refreshTokens.get(token);
      if (grant === undefined) throw identityFault('identity.session-ended');
      refreshes += 1;
      refreshTokens.delete(token);
      return sessionFor(grant);
    }),
    on(deskRoutes.signOut, async ({ client }) => {
      sameSite(client);
      refreshTokens.delete(client.cookies.get('__Host-xm-desk') ?? '');
      const gone = ['__Host-xm-desk', '__Host-xm-csrf'].map((name) => `${name}=; Max-Age=0; ${cookieFlags}`);
      return new Answered(undefined, { cookies: gone });
    }),
    on(deskRoutes.stepUp, async ({ body, caller }) => {
      if (body.code !== staffCode) throw identityFault('identity.code-wrong');
      return sessionFor({ staff: staffOf(caller), sessionId: required(caller).sessionId, secondFactorAtMs: now() });
    }),
    on(deskRoutes.forgotPassword, async () => ({ expiresAt: new Date(now() + 1_800_000).toISOString() })),
    on(deskRoutes.resetPassword, async ({ body }) => {
      if (body.code !== staffCode) throw identityFault('identity.code-wrong');
      return undefined;
    }),
    on(deskRoutes.readInvitation, async ({ body }) => {
      if (body.token !== invitationToken) throw identityFault('identity.invitation-invalid');
      const { email, roles, invitedByName, expiresAt } = found(state.invitations[0]);
      return { email, roles, invitedByName, expiresAt };
    }),
    on(deskRoutes.acceptInvitation, async ({ body }) => {
      if (body.password === 'password123') throw identityFault('identity.password-breached');
      accepted = { email: found(state.invitations[0]).email, name: body.name, locale: body.locale };
      return { next: 'enrol' as const, ticket: 'enrol', ...enrolment };
    }),
    on(deskRoutes.renewEnrolment, async ({ body }) => {
      if (body.password !== staffPassword) throw identityFault('identity.credentials-wrong');
      return { next: 'enrol' as const, ticket: 'enrol', ...enrolment };
    }),
    on(deskRoutes.enrol, async ({ body }) => {
      if (body.code !== staffCode) throw identityFault('identity.code-wrong');
      const staff: Staff = {
        id: 'stf_baru',
        ...accepted,
        roles: ['support'],
        status: 'active',
        createdAt: new Date(seedMs).toISOString(),
        lastSeenAt: null,
        recoveryCodesLeft: 10,
        sessions: [],
      };
      state.staff.unshift(staff);
      const session = signedIn(staff);
      return new Answered({ ...(session.body as object), recoveryCodes: newRecoveryCodes } as never, { cookies: session.cookies });
    }),
  ];
  const profile: Endpoint[] = [
    on(deskRoutes.readMe, async ({ caller }) => view(staffOf(caller))),
    on(deskRoutes.changeMe, async ({ caller, body }) => view(Object.assign(staffOf(caller), body))),
    on(deskRoutes.changePassword, async ({ caller, body }) => {
      if (body.password !== staffPassword) throw identityFault('identity.credentials-wrong');
      return sessionFor({ staff: staffOf(caller), sessionId: required(caller).sessionId, secondFactorAtMs: now() });
    }),
    on(deskRoutes.renewRecoveryCodes, async () => ({ recoveryCodes: newRecoveryCodes })),
    on(deskRoutes.listSessions, async ({ caller }) => ({
      sessions: staffOf(caller).sessions.map((session) =>
        Object.assign({}, session, { current: session.id === required(caller).sessionId }),
      ),
    })),
    on(deskRoutes.endSession, async ({ caller, path }) => {
      const staff = staffOf(caller);
      staff.sessions = staff.sessions.filter(({ id }) => id !== path.sessionId);
      return undefined;
    }),
    on(deskRoutes.endAllSessions, async ({ caller }) => {
      staffOf(caller).sessions = [];
      return undefined;
    }),
  ];
  return {
    endpoints: [...entrance, ...profile],
    callerOf(token) {
      const grant = tokens.get(token);
      if (grant === undefined) return undefined;
      const { staff, sessionId, secondFactorAtMs } = grant;
      return { subject: staff.id, roles: staff.roles, sessionId, secondFactorAt: secondFactorAtMs / 1000 };
    },
    refreshes: () => refreshes,
    expireTokens: () => tokens.clear(),
    ageSecondFactors() {
      for (const grant of tokens.values()) grant.secondFactorAtMs = 0;
    },
    endSessions() {
      tokens.clear();
      refreshTokens.clear();
    },
  };
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The fake has no such thing.');
  return value;
}
