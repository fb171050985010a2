/**
 * What better-auth's records are kept in: the port below its adapter, and the shapes of the records that the engine itself reads.
 */
import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters';
import * as z from 'zod';

/** Milliseconds since the epoch at rest; better-auth hands dates out. */
const instant = z.union([z.int().nonnegative(), z.date()]).transform(Number);

export const sessionRecordSchema = z.object({
  id: z.string(),
  userId: z.string(),
  /** When it ends unless it is used. */
  expiresAt: instant,
  /** When it ends in any case. */
  endsAt: instant,
  createdAt: instant,
  /** When it was used last. */
  updatedAt: instant,
  ipAddress: z.string().nullish(),
  userAgent: z.string().nullish(),
  /** Of the one refresh token that is good now. */
  refreshHash: z.string(),
  /** When a second factor was given last in this session. */
  secondFactorAt: instant.nullish(),
});
export type SessionRecord = z.output<typeof sessionRecordSchema>;

export const secondFactorRecordSchema = z.object({
  userId: z.string(),
  /** Sealed for its owner. */
  secret: z.string(),
  /** False until a first code has shown that the app was set up. */
  verified: z.boolean(),
  /** The latest step whose code was accepted. */
  lastStep: z.int(),
  /** Hashes of the codes that are left, as JSON. */
  recoveryHashes: z.string(),
});
export type SecondFactorRecord = z.output<typeof secondFactorRecordSchema>;

export const verificationRecordSchema = z.object({
  identifier: z.string(),
  value: z.string(),
  expiresAt: instant,
  purpose: z.string(),
  secretHash: z.string(),
  attempts: z.int(),
});
export type VerificationRecord = z.output<typeof verificationRecordSchema>;

/** Wrong attempts in a row. */
export interface Failures {
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly lastFailureAt: number;
}

/** Which counters of wrong attempts an attempt concerns: see `guessOf`. */
export interface Guess {
  /** Of the place it comes from. */
  readonly here: string;
  /** Of all places. */
  readonly everywhere: string;
  /** Hash of the network. */
  readonly network: string;
  /** Somebody with a session asks. */
  readonly isTrusted: boolean;
}

/** What was counted before an attempt. */
export interface GuessedBefore {
  readonly guess: Guess;
  readonly here: Failures | undefined;
  readonly everywhere: Failures | undefined;
  /** Until when the subject is known in the network of the attempt; 0 when it is not. */
  readonly knownUntilMs: number;
}

/** All that a sign-in or a refresh has to know of a subject, read at once. */
export interface LoadedSubject<User> {
  readonly id: string;
  /** Undefined when there is no such account. */
  readonly user: User | undefined;
  readonly passwordHash: string | undefined;
  readonly secondFactor: SecondFactorRecord | undefined;
  /** For the attempt that was named; undefined when none was. */
  readonly before: GuessedBefore | undefined;
  /** Of the session guard; 0 without one. */
  readonly version: number;
  /** The session that was asked for as well. */
  readonly session: SessionRecord | undefined;
}

/** A part of a transaction that another adapter has made, in the words of the database: an audit record, a counter. */
export type AlsoWritten = object;

/** What else decides about a transaction. */
export interface Together {
  /** When a condition of theirs does not hold, the database's own error comes through, for whoever made them. */
  readonly also?: readonly AlsoWritten[] | undefined;
  /** Holds as long as the subject's session guard has this version; else the transaction is refused (`changed`, `guard`). */
  readonly guard?: { readonly id: string; readonly version: number } | undefined;
  /**
   * Forgets counted failures of a subject. With `atMost` this holds as long as no more than that have been counted; else the transaction is
   * refused (`changed`, `failures`).
   */
  readonly failures?:
    | { readonly id: string; readonly counters: readonly { readonly name: string; readonly atMost?: number | undefined }[] }
    | undefined;
  /** Notes that the subject has come in from a network. */
  readonly known?: { readonly id: string; readonly network: string; readonly untilMs: number } | undefined;
}

/**
 * Where subjects of one realm are kept with all that proves who they are. Outcomes that are no bug come as `RecordRefused`.
 */
export interface AuthDatabase<User> {
  /** better-auth's own contract, without joins. `consumeOne` and `incrementOne` are atomic. */
  readonly records: CustomAdapter;
  /**
   * What `work` creates, updates and deletes becomes true at once or not at all, when `work` has resolved. An update or a delete whose
   * `where` does not hold refuses all of it. Reads see the state before; everything else takes effect at once.
   */
  transact<R>(work: (records: CustomAdapter) => Promise<R>, together?: Together): Promise<R>;
  /** The account that holds a unique value. */
  findHolder(field: string, value: string): Promise<string | undefined>;
  /** One read, whether there is such a subject or not. */
  load(id: string, asked?: Asked): Promise<LoadedSubject<User>>;
  /** Adds one to a counter of a subject, which need not exist, and answers what it is then. It begins anew a day after the last failure. */
  countFailure(id: string, counter: string, nowMs: number): Promise<number>;
  /** Takes all counters of one kind away, from wherever they were counted. */
  forgetFailures(id: string, what: 'password' | 'second-factor'): Promise<void>;
}

/** What is to come with a subject. */
export interface Asked {
  readonly sessionId?: string | undefined;
  readonly guess?: Guess | undefined;
}

/** Why a write was not made: `taken` is a unique value of another subject, `exists` the record, `changed` a condition that did not hold. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
  readonly reason: 'taken' | 'exists' | 'changed';
  readonly model: string;
  readonly field: string | undefined;

  constructor(reason: 'taken' | 'exists' | 'changed', model: string, field?: string) {
    super(`${model}${field === undefined ? '' : `.${field}`}: ${reason}`);
    this.reason = reason;
    this.model = model;
    this.field = field;
  }
}

/** A clause of a `where`, as the database itself takes it. */
export const equal = (field: string, value: string | number): CleanedWhere => ({
  field,
  value,
  operator: 'eq',
  connector: 'AND',
  mode: 'sensitive',
});
