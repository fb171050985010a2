import type { JWK } from 'jose';
import * as z from 'zod';
import { Answered } from '#shared/platform/http/answer.ts';
import type { PublishedKeys } from './published-keys.ts';

/** Five minutes: a new key is published for longer than that before it signs, and a former one stays for longer. */
const cacheControl = 'public, max-age=300';
const publicJwk = z.looseObject({ kid: z.string(), kty: z.string(), alg: z.string(), use: z.literal('sig') });

/** A JSON Web Key Set (RFC 7517, 5). */
export async function presentKeys(keys: PublishedKeys): Promise<Answered<{ keys: z.output<typeof publicJwk>[] }>> {
  const listed: JWK[] = await keys.list();
  return new Answered({ keys: listed.map((key) => publicJwk.parse(key)) }, { headers: { 'cache-control': cacheControl } });
}
