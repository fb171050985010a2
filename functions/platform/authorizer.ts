/**
 * Authorizer of the HTTP API (REQUEST, payload 2.0, simple response) for every guarded route.
 *
 * Its answer is cached by its identity sources, so these must be the Authorization header and `$context.routeKey`: with the header
 * alone, a yes for one path would be a yes for all.
 */
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { tokenVerifier } from '#shared/identity/access-token.ts';
import { dynamodbPublishedKeys, dynamodbSessionGuards } from '#shared/identity/dynamodb-session-guards.ts';
import { keyFinder } from '#shared/identity/published-keys.ts';
import { rememberedGuards, stands } from '#shared/identity/session-guard.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import type { Caller } from '#shared/platform/http/request.ts';
import { mayPass } from '#shared/platform/permissions.ts';

const env = requireEnv('GUARDS_TABLE', 'JWT_ISSUER', 'JWT_AUDIENCE');
const table = { client: documentClient(), name: env.GUARDS_TABLE, chance: systemChance };
const issuer = { issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE };
const verify = tokenVerifier(issuer, keyFinder(dynamodbPublishedKeys(table), systemClock), systemClock);
const guards = rememberedGuards(dynamodbSessionGuards(table, systemClock), systemClock);

export async function handler(
  event: APIGatewayRequestAuthorizerEventV2,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Partial<Caller>>> {
  const identity = await verify(event.headers?.authorization);
  const guard = identity && (await guards.read(identity.subject));
  // API Gateway answers 401 for exactly this message, and 403 for `isAuthorized: false`.
  if (identity === undefined || guard === undefined || !stands(guard, identity)) throw new Error('Unauthorized');
  const { version: _, ...caller } = identity;
  return { isAuthorized: mayPass(identity.roles, event.rawPath), context: caller };
}
