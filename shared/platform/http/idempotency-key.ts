/**
 * `Idempotency-Key`: the caller's name for one wish, so that a wish that is sent twice is done once.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import { requestFault } from '../request-faults.ts';
import type { Client } from './request.ts';

const charactersMax = 64;
/** Printable ASCII. */
const pattern = new RegExp(`^[!-~]{1,${charactersMax}}$`);

/** Of a request that has to have one. Throws `request.invalid` without, and for one that is no key. */
export function idempotencyKeyOf(client: Pick<Client, 'header'>): string {
  const key = client.header('idempotency-key');
  if (key !== undefined && pattern.test(key)) return key;
  const detail = `Send a key of your own for this wish: 1 to ${charactersMax} printable characters without blanks.`;
  throw requestFault('request.invalid', { errors: [{ pointer: '/header/idempotency-key', detail }] });
}

/** Hex SHA-256 of what is wished for; `operation` tells wishes of different kinds apart under one key. */
export function wishHashOf(operation: string, body: Json): string {
  return createHash('sha256').update(canonicalJson({ operation, body })).digest('hex');
}
