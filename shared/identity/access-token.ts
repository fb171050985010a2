/**
 * Access tokens: short-lived JWTs that say who calls, in which session, and how fresh the second factor is.
 */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';

/** How long an access token is good for, in seconds. What must bite sooner goes through the session guard. */
export const accessTokenSeconds = 600;

export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
}

/** Claims beside the registered ones (RFC 7519): session id, version of the subject's guard, time of the last second factor. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  roles: z.array(z.string()),
  sid: z.string().min(1),
  ver: z.int().nonnegative(),
  mfa_at: z.int().optional(),
});

/** Who a valid token speaks of. */
export interface TokenIdentity {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly sessionId: string;
  readonly version: number;
  /** Seconds since the epoch. */
  readonly secondFactorAt?: number | undefined;
}

/** Asymmetric signatures only: a token that names HS256 or none is refused before any key is looked up. */
const signingAlgorithms = ['EdDSA', 'ES256'];
/** Clocks of two machines differ; more than this would stretch every token's life. */
const clockToleranceSeconds = 5;
const tokenCharactersMax = 8_192;

export function claimsOf(identity: TokenIdentity): JWTPayload {
  const { subject, roles, sessionId, version, secondFactorAt } = identity;
  const claims: z.output<typeof claimsSchema> = { sub: subject, roles: [...roles], sid: sessionId, ver: version };
  return secondFactorAt === undefined ? claims : { ...claims, mfa_at: secondFactorAt };
}

/**
 * Reads an `Authorization` header. The verifier answers undefined for a token that is not valid, and throws when the keys cannot be had: not knowing
 * is not a yes, nor the caller's fault.
 */
export function tokenVerifier({ issuer, audience }: TokenIssuer, keys: JWTVerifyGetKey, clock: Clock) {
  return async (authorization: string | undefined): Promise<TokenIdentity | undefined> => {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined || token.length > tokenCharactersMax) return undefined;
    const currentDate = new Date(clock.now());
    const rule = { algorithms: signingAlgorithms, issuer, audience, clockTolerance: clockToleranceSeconds, requiredClaims: ['exp'] };
    try {
      const { payload } = await jwtVerify(token, keys, { ...rule, currentDate });
      return identityOf(payload);
    } catch (error) {
      if (isTokensFault(error)) return undefined;
      throw error;
    }
  };
}

function identityOf(payload: JWTPayload): TokenIdentity | undefined {
  const claims = claimsSchema.safeParse(payload).data;
  if (claims === undefined) return undefined;
  const { sub, roles, sid, ver, mfa_at: secondFactorAt } = claims;
  return { subject: sub, roles, sessionId: sid, version: ver, ...(secondFactorAt !== undefined && { secondFactorAt }) };
}

/** True for what the token's bearer did wrong; a key set that cannot be read, or times out, is not among it. */
function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}
