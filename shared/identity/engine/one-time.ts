/**
 * What is good once and for a short time: codes that are sent, and tickets that stand between two steps. At rest there is only a keyed hash;
 * every attempt is counted before it is looked at; and using one up is a conditional delete, so that of two uses one succeeds.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { verificationRecordSchema, type VerificationRecord } from './auth-database.ts';
import type { RecordsInTransaction } from './better-auth-realm.ts';
import type { Engine } from './engine.ts';
import { countWrong, guessOf, isClosedForCodes } from './guesses.ts';
import { keyedHash, sameText, type IdentityKeys } from './identity-keys.ts';
import type { Subject } from './realm.ts';

/** What a code or a ticket is for. One for another purpose or realm is not accepted, whatever else is right. */
export interface OneTimePurpose<Data> {
  readonly name: string;
  readonly seconds: number;
  readonly data: z.ZodType<Data>;
}

export const oneTimePurpose = <Data>(purpose: OneTimePurpose<Data>): OneTimePurpose<Data> => purpose;

export interface OneTime<Data> {
  readonly id: string;
  readonly secretHash: string;
  readonly data: Data;
}

export interface OpenedCode {
  readonly challengeId: string;
  /** Six digits; leaves through a message and nowhere else. */
  readonly code: string;
  readonly expiresAtMs: number;
  /** From then on another one can be asked for. */
  readonly resendAtMs: number;
}

export interface OpenedTicket {
  readonly ticket: string;
  readonly expiresAtMs: number;
}

const attemptsMax = 5;
const codeDigits = 6;
const resendAfterMs = 60_000;
const ticketSecretBytes = 32;

/**
 * Makes a code. `data` comes back with it; undefined makes one that nothing opens, in the same time. Wrong attempts at it are counted for the
 * subject, which need not exist.
 */
export async function openCode<User extends Subject, Data>(
  engine: Engine<User>,
  purpose: OneTimePurpose<Data>,
  { subjectId, data }: { readonly subjectId: string; readonly data: Data | undefined },
): Promise<OpenedCode> {
  const id = prefixedId('chl', engine);
  const number = Buffer.from(engine.chance.bytes(6)).readUIntBE(0, 6);
  const code = String(number % 10 ** codeDigits).padStart(codeDigits, '0');
  const expiresAtMs = await open(engine, purpose, { id, secret: code, data, subjectId });
  return { challengeId: id, code, expiresAtMs, resendAtMs: engine.clock.now() + resendAfterMs };
}

/** Makes a ticket, which its bearer gives back as it is. Pass `records` of a transaction to make it part of that. */
export async function openTicket<User extends Subject, Data>(
  engine: Engine<User>,
  purpose: OneTimePurpose<Data>,
  { data, records }: { data: Data; records?: RecordsInTransaction },
): Promise<OpenedTicket> {
  const id = prefixedId('tkt', engine);
  const secret = Buffer.from(engine.chance.bytes(ticketSecretBytes)).toString('base64url');
  const expiresAtMs = await open({ ...engine, records: records ?? engine.records }, purpose, { id, secret, data });
  return { ticket: `${id}.${secret}`, expiresAtMs };
}

export type TriedCode<Data> =
  | { readonly outcome: 'right'; readonly proven: OneTime<Data> }
  /** Whose code it was; undefined when it has run out, was used up or never was. */
  | { readonly outcome: 'wrong'; readonly subjectId: string | undefined };

/**
 * Counts an attempt, and answers what the code stands for when it is right. It stays good until it is used up. Where so many codes of the subject
 * were wrong that it is closed for the network, a right one is wrong as well: see `isClosedForCodes`.
 */
export async function tryCode<User extends Subject, Data>(
  engine: Engine<User>,
  purpose: OneTimePurpose<Data>,
  { challengeId, code, address }: { readonly challengeId: string; readonly code: string; readonly address: string },
): Promise<TriedCode<Data>> {
  const tried = await attempt(engine, purpose, { id: challengeId, secret: code });
  if (tried?.subjectId === undefined) return { outcome: 'wrong', subjectId: undefined };
  const { subjectId, proven } = tried;
  const guess = guessOf(engine, 'code', { address });
  const before = await engine.database.load(subjectId, { guess });
  const isClosed = isClosedForCodes(before, engine.clock.now());
  if (proven !== undefined && !isClosed) return { outcome: 'right', proven };
  // What closed it has been counted, and what is wrong from here on says no more.
  if (!isClosed) await countWrong(engine, { id: subjectId, guess });
  return { outcome: 'wrong', subjectId };
}

/** Counts an attempt, and answers what the ticket stands for. It can be tried five times: each try is one at what the ticket leads to. */
export async function tryTicket<User extends Subject, Data>(
  engine: Engine<User>,
  purpose: OneTimePurpose<Data>,
  ticket: string,
): Promise<OneTime<Data> | undefined> {
  const [id = '', secret = ''] = ticket.split('.');
  return (await attempt(engine, purpose, { id, secret }))?.proven;
}

/** Part of a transaction, which is refused (`changed`, `verification`) when it was used up before. */
export async function useUp(records: RecordsInTransaction, { id, secretHash }: OneTime<unknown>): Promise<void> {
  await records.delete({ model: 'verification', where: unused(id, secretHash) });
}

/** False when it was used up before. */
export async function useUpNow<User extends Subject>({ records }: Engine<User>, { id, secretHash }: OneTime<unknown>): Promise<boolean> {
  return (await records.consumeOne({ model: 'verification', where: unused(id, secretHash) })) !== null;
}

const unused = (identifier: string, secretHash: string) => [
  { field: 'identifier', value: identifier },
  { field: 'secretHash', value: secretHash },
];

interface Secret {
  readonly id: string;
  readonly secret: string;
}

interface OpeningEngine {
  readonly realm: { readonly name: string };
  readonly keys: IdentityKeys;
  readonly clock: Clock;
  readonly records: RecordsInTransaction;
}

const purposeName = ({ realm }: { realm: { name: string } }, { name }: { name: string }): string => `${realm.name}:${name}`;

async function open<Data>(
  engine: OpeningEngine,
  purpose: OneTimePurpose<Data>,
  { id, secret, data, subjectId }: Secret & { readonly data: Data | undefined; readonly subjectId?: string },
): Promise<number> {
  const expiresAtMs = engine.clock.now() + purpose.seconds * 1_000;
  const name = purposeName(engine, purpose);
  const record = {
    id,
    identifier: id,
    value: JSON.stringify({ subjectId, data }),
    expiresAt: new Date(expiresAtMs),
    purpose: name,
    secretHash: keyedHash(engine.keys.codes, name, id, secret),
    attempts: 0,
  };
  await engine.records.create({ model: 'verification', data: record, forceAllowId: true });
  return expiresAtMs;
}

/** Without `data` nothing opens it. */
const storedValue = z.object({ subjectId: z.string().optional(), data: z.unknown().optional() });

/** Undefined when there is nothing to try any more. */
async function attempt<User extends Subject, Data>(
  engine: Engine<User>,
  purpose: OneTimePurpose<Data>,
  { id, secret }: Secret,
): Promise<{ readonly subjectId: string | undefined; readonly proven: OneTime<Data> | undefined } | undefined> {
  const name = purposeName(engine, purpose);
  const counted = await engine.records.incrementOne<VerificationRecord>({
    model: 'verification',
    where: [
      { field: 'identifier', value: id },
      { field: 'purpose', value: name },
      { field: 'attempts', operator: 'lt', value: attemptsMax },
      { field: 'expiresAt', operator: 'gt', value: new Date(engine.clock.now()) },
    ],
    increment: { attempts: 1 },
  });
  if (counted === null) return undefined;
  const { secretHash, value } = verificationRecordSchema.parse(counted);
  const { subjectId, data } = storedValue.parse(JSON.parse(value));
  const isRight = sameText(secretHash, keyedHash(engine.keys.codes, name, id, secret)) && data !== undefined;
  return { subjectId, proven: isRight ? { id, secretHash, data: purpose.data.parse(data) } : undefined };
}
