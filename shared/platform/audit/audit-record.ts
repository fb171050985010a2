/**
 * The audit record: who did what to whom, when and from where, as a link of its stream's hash chain.
 *
 * A record's hash is taken over all of it and over the hash of the record before, so nothing of a stream can be changed, taken out or
 * put in without every later hash being wrong. It does not show that the end of a stream was cut off; `npm run audit:verify` keeps the
 * ends it saw for that.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson, type Json } from './canonical-json.ts';

export const auditLimits = {
  /** What is longer is cut there. */
  actorNameCharactersMax: 200,
  addressCharactersMax: 64,
  userAgentCharactersMax: 300,
  requestIdCharactersMax: 128,
  reasonCharactersMax: 500,
  /** Of `before` and of `after` as JSON. What is longer belongs into its own store, and its id here. */
  stateCharactersMax: 16 * 1024,
  /** Attempts to put a record behind the last one of its stream while others do the same; the waits add up to 4 s on average. */
  appendAttemptsMax: 16,
  appendWait: { firstMs: 10, mostMs: 1_000 },
  /** Records that a page of the list reads, and records of one read: the first, doubled up to the last. */
  recordsPerPageMax: 2_000,
  recordsPerReadMin: 25,
  recordsPerReadMax: 400,
  /** Days with records that a page of the list looks at. */
  daysPerPageMax: 400,
  /** Days that are asked for at once, and whose first records are read side by side. */
  daysAtOnce: 8,
  /** Newest records of a stream that a request verifies; the command verifies all. */
  recordsPerVerification: 1_000,
  /** Streams that the command verifies side by side. */
  streamsAtOnce: 8,
} as const;

/** `member:123`, `staff:stf_…`, `system`, `anonymous:7f`: a kind, and which one. */
const reference = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z-]*(?::[\w.@+-]+)?$/);
const actionSchema = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/);
const stateSchema = z.record(z.string(), z.json());

/** What a use case says. */
export interface AuditEntry {
  /** The chain that the record joins. What concerns a member or a person of the staff stands in their own stream, which is their subject. */
  readonly stream: string;
  /** `area.verb`: `member.status-changed`, `sign-in.refused`. */
  readonly action: string;
  /** `staff:stf_…`, `member:…`, `system` or `system:<what>`, `anonymous`. */
  readonly actor: string;
  readonly actorName?: string | undefined;
  /** To whom or what it was done, written like an actor. */
  readonly subject: string;
  /** Where the request came from. */
  readonly client?: { readonly address: string; readonly userAgent: string; readonly requestId?: string | undefined } | undefined;
  readonly requestId?: string | undefined;
  /** Why, in the actor's words. */
  readonly reason?: string | undefined;
  /** What changed, as it was and as it is. Never a password, a code, a token, or what is in a document. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

export const auditRecordSchema = z.strictObject({
  stream: reference,
  /** From 1 on, without a gap. */
  seq: z.int().positive(),
  /** Never before the record it follows, so that the order of a chain is the order in time. */
  at: z.iso.datetime({ precision: 3 }),
  action: actionSchema,
  actor: reference,
  actorName: z.string().max(auditLimits.actorNameCharactersMax).nullable(),
  subject: reference,
  address: z.string().max(auditLimits.addressCharactersMax).nullable(),
  userAgent: z.string().max(auditLimits.userAgentCharactersMax).nullable(),
  requestId: z.string().max(auditLimits.requestIdCharactersMax).nullable(),
  reason: z.string().max(auditLimits.reasonCharactersMax).nullable(),
  before: stateSchema.nullable(),
  after: stateSchema.nullable(),
  previousHash: z.hash('sha256'),
  hash: z.hash('sha256'),
});

export type AuditRecord = z.output<typeof auditRecordSchema>;

/** What the first record of a stream follows. */
export const firstHash = '0'.repeat(64);

export const auditId = ({ stream, seq }: Pick<AuditRecord, 'stream' | 'seq'>): string => `${stream}/${seq}`;

/** Stream and number of an id; undefined for what is none. */
export function placeOfAudit(id: string): { readonly stream: string; readonly seq: number } | undefined {
  const [, stream = '', number = ''] = /^(.+)\/([1-9]\d{0,11})$/.exec(id) ?? [];
  return reference.safeParse(stream).success ? { stream, seq: Number(number) } : undefined;
}

/** True for a subject whose records all stand in one stream, named like the subject. */
export const hasOwnStream = (subject: string): boolean => /^(?:member|staff):/.test(subject);

/** Hex SHA-256 over the canonical JSON of everything else in the record, the former hash included. */
export function hashOf(record: Omit<AuditRecord, 'hash'>): string {
  const content = Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'hash'));
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The entry as the record behind `last`. Throws for an entry that is not fit to be kept: it could never be taken back. */
export function sealed(entry: AuditEntry, last: AuditRecord | undefined, nowMs: number): AuditRecord {
  const { stream, subject } = entry;
  if (hasOwnStream(subject) && stream !== subject)
    throw new TypeError(`What concerns ${subject} stands in its own stream, not in ${stream}`);
  const { seq, at, hash } = last ?? beginning;
  const record = auditRecordSchema.parse({
    ...saidBy(entry),
    seq: seq + 1,
    at: new Date(Math.max(nowMs, Date.parse(at))).toISOString(),
    previousHash: hash,
    hash: firstHash,
  });
  return { ...record, hash: hashOf(record) };
}

const beginning = { seq: 0, at: '1970-01-01', hash: firstHash };

function saidBy({ stream, action, actor, subject, ...entry }: AuditEntry) {
  return {
    stream,
    action,
    actor,
    actorName: text(entry.actorName, auditLimits.actorNameCharactersMax),
    subject,
    ...placeOfClient(entry),
    reason: text(entry.reason, auditLimits.reasonCharactersMax),
    before: stateOf(entry.before),
    after: stateOf(entry.after),
  };
}

function placeOfClient({ client, requestId }: Pick<AuditEntry, 'client' | 'requestId'>) {
  return {
    address: text(client?.address, auditLimits.addressCharactersMax),
    userAgent: text(client?.userAgent, auditLimits.userAgentCharactersMax),
    requestId: text(requestId ?? client?.requestId, auditLimits.requestIdCharactersMax),
  };
}

/** Half a surrogate pair would come back from a store as another character, and the hash would be wrong. */
const text = (value: string | undefined, charactersMax: number): string | null =>
  value === undefined ? null : value.slice(0, charactersMax).toWellFormed();

/** Names under which a text or a list would be a secret. How many there are, or whether, may be told. */
const secretNames = new Set([
  'password',
  'secret',
  'code',
  'codes',
  'recoverycodes',
  'token',
  'accesstoken',
  'refreshtoken',
  'nik',
  'hash',
]);

/** As JSON says it: without what is undefined, and dates as text. */
function stateOf(state: Readonly<Record<string, unknown>> | undefined): Record<string, Json> | null {
  if (state === undefined) return null;
  const json = JSON.stringify(state, (name, value: unknown) => {
    if (secretNames.has(name.toLowerCase()) && value !== null && ['string', 'object'].includes(typeof value))
      throw new TypeError(`A record is kept for ever, so it takes no "${name}"`);
    return value;
  });
  if (json.length > auditLimits.stateCharactersMax) throw new RangeError(`A state of ${json.length} characters is too long for a record`);
  return JSON.parse(json) as Record<string, Json>;
}
