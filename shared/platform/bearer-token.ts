/**
 * Bearer tokens of the API: signed JWTs, checked against the issuer's published keys.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Clock } from './clock.ts';

export interface TokenIssuer {
  /** Where the issuer publishes its keys (JWKS). */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

/** Who the token speaks of. */
export interface Identity {
  readonly subject: string;
  readonly roles: readonly string[];
}

/** Asymmetric signatures only: a token that names HS256 or none is refused before any key is looked up. */
const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'RS256'];
/** Clocks of two machines differ; more than this would stretch every token's life. */
const clockToleranceSeconds = 5;
const jwks = { timeoutDuration: 3_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };
const tokenCharactersMax = 8_192;

/**
 * A verifier that keeps the issuer's keys for ten minutes and looks again for a key it does not know, at most every 30 s.
 * It answers undefined for a token that is not valid, and throws when the keys cannot be had: not knowing is not a yes, nor the caller's fault.
 */
export function tokenVerifier(issuer: TokenIssuer, clock: Clock) {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl), jwks);
  return async (authorization: string | undefined): Promise<Identity | undefined> => {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined || token.length > tokenCharactersMax) return undefined;
    const payload = await verified(token, keys, { issuer, clock });
    return payload && identityOf(payload);
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  rule: { issuer: TokenIssuer; clock: Clock },
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      issuer: rule.issuer.issuer,
      audience: rule.issuer.audience,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(rule.clock.now()),
      requiredClaims: ['sub', 'exp'],
    });
    return payload;
  } catch (error) {
    if (isTokensFault(error)) return undefined;
    throw error;
  }
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

/** Roles come as `roles: [...]`, or as `role: "admin,ops"`; anything else is no role. */
function identityOf({ sub, roles, role }: JWTPayload): Identity | undefined {
  if (sub === undefined || sub === '') return undefined;
  const named: unknown[] = Array.isArray(roles) ? roles : typeof role === 'string' ? role.split(',') : [];
  return {
    subject: sub,
    roles: named
      .filter((name) => typeof name === 'string')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  };
}
