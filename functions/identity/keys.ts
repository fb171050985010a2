/**
 * The public keys of our access tokens.
 */
import { dynamodbPublishedKeys } from '#shared/identity/dynamodb-session-guards.ts';
import { presentKeys } from '#shared/identity/present-keys.ts';
import { keyRoutes } from '#shared/identity/routes/key-routes.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';

const env = requireEnv('GUARDS_TABLE');
const keys = dynamodbPublishedKeys({ client: documentClient(), name: env.GUARDS_TABLE, chance: systemChance });

export const handler = httpHandler(on(keyRoutes.list, () => presentKeys(keys)));
