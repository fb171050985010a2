/**
 * Authorizer of the HTTP API (REQUEST, payload 2.0, simple response) for every guarded route.
 *
 * Its answer is cached by its identity sources, so these must be the Authorization header and `$context.routeKey`: with the header
 * alone, a yes for one path would be a yes for all.
 */
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { tokenVerifier, type Identity } from '#shared/platform/bearer-token.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { mayPass } from '#shared/platform/permissions.ts';

const env = requireEnv('JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE');
const verify = tokenVerifier({ jwksUrl: env.JWKS_URL, issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE }, systemClock);

export async function handler(
  event: APIGatewayRequestAuthorizerEventV2,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Partial<Identity>>> {
  const identity = await verify(event.headers?.authorization);
  // API Gateway answers 401 for exactly this message, and 403 for `isAuthorized: false`.
  if (identity === undefined) throw new Error('Unauthorized');
  return { isAuthorized: mayPass(identity.roles, event.rawPath), context: { ...identity } };
}
