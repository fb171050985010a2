/**
 * The public keys of our access tokens (RFC 7517), for whoever verifies them outside.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';

export const keyRoutes = {
  list: route({
    operationId: 'listPublicKeys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The public keys that access tokens are signed with',
    status: 200,
    answer: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), alg: z.string(), use: z.literal('sig') })) }),
    faults: [],
  }),
} as const;
