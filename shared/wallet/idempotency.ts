/**
 * Requests that may be repeated: the caller's key stands for one request of one member, for ever, and so does its answer.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson, type Json } from '#shared/platform/audit/canonical-json.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { requestFault } from '#shared/platform/request-faults.ts';

const header = 'idempotency-key';
const keySchema = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** What was asked for under a key, and what was answered. Written in the transaction that did it. */
export const rememberedSchema = z.object({
  memberId: z.string(),
  key: keySchema,
  /** Hex SHA-256 over what was asked, the operation included: a key is one request's, whatever that does. */
  bodyHash: z.hash('sha256'),
  /** Of what was made. */
  id: z.string(),
  answer: z.record(z.string(), z.json()),
});
export type Remembered = z.output<typeof rememberedSchema>;

/** The header of a request that needs one. Throws `request.invalid`. */
export function idempotencyKeyOf(client: Pick<Client, 'header'>): string {
  const { data } = keySchema.safeParse(client.header(header));
  if (data !== undefined) return data;
  const detail = 'Send 1 to 64 printable ASCII characters without blanks, new for each request and the same for its repetitions.';
  throw requestFault('request.invalid', { errors: [{ pointer: '/header/idempotency-key', detail }] });
}

export function requestHashOf(operation: string, body: Readonly<Record<string, Json>>): string {
  return createHash('sha256').update(canonicalJson({ operation, body })).digest('hex');
}
