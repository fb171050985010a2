/**
 * The entry: what a posting did to one account, as a link of the account's hash chain; and the balance, which is where the chain has come to.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '#shared/platform/audit/canonical-json.ts';
import { accountSchema } from './account.ts';
import { signedRupiahSchema } from './amount.ts';
import { changeSchema, rulesOf, type Line, type PostingRecord } from './posting.ts';
import { monthOf } from './wallet-limits.ts';

/** Never changed, never removed. Amounts as the member sees them: a credit is positive. */
export const entrySchema = z.strictObject({
  account: accountSchema,
  /** From 1 on, without a gap. */
  sequence: z.int().positive(),
  /** Never before the entry it follows: the order of a chain is the order in time. */
  at: z.iso.datetime({ precision: 3 }),
  postingId: changeSchema.shape.id,
  /** Hash of the posting's record: nothing of it can be changed without this chain being wrong. */
  postingHash: z.hash('sha256'),
  kind: changeSchema.shape.kind,
  reference: changeSchema.shape.reference,
  /** The hold that was opened or closed. */
  holdId: changeSchema.shape.id.nullable(),
  amountRupiah: signedRupiahSchema,
  heldRupiah: signedRupiahSchema,
  /** What the account has come to with it. */
  posted: signedRupiahSchema,
  held: signedRupiahSchema.min(0),
  previousHash: z.hash('sha256'),
  hash: z.hash('sha256'),
});
export type Entry = z.output<typeof entrySchema>;

export const balanceSchema = z.strictObject({
  account: accountSchema,
  /** Rupiah: everything that was ever booked. */
  posted: signedRupiahSchema,
  /** Rupiah that is set aside. */
  held: signedRupiahSchema.min(0),
  /** Number, hash and instant of the last entry. */
  sequence: z.int().nonnegative(),
  hash: z.hash('sha256'),
  at: z.iso.datetime({ precision: 3 }),
  /** What came in within a month of Asia/Jakarta, as far as it counts; of the last month in which anything did. */
  incoming: z.strictObject({ month: z.string().regex(/^\d{4}-\d\d$/), amountRupiah: signedRupiahSchema.min(0) }).nullable(),
});
export type Balance = z.output<typeof balanceSchema>;

/** What may be spent. */
export const availableOf = ({ posted, held }: Pick<Balance, 'posted' | 'held'>): number => posted - held;

/** An account before anything was booked on it. */
export const emptyBalance = (account: string): Balance => ({
  account,
  posted: 0,
  held: 0,
  sequence: 0,
  hash: '0'.repeat(64),
  at: '1970-01-01T00:00:00.000Z',
  incoming: null,
});

/** Hex SHA-256 over the canonical JSON of everything else in the entry, the former hash included. */
export function entryHashOf(entry: Omit<Entry, 'hash'>): string {
  const content = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'hash'));
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The entry of one line of a record, behind the balance before it. */
export function entryOf(record: PostingRecord, line: Line, before: Balance): Entry {
  const entry = {
    account: line.account,
    sequence: line.sequence,
    at: record.at,
    postingId: record.id,
    postingHash: record.hash,
    kind: record.kind,
    reference: record.reference,
    holdId: line.heldRupiah === 0 ? null : (record.hold?.id ?? null),
    amountRupiah: line.amountRupiah,
    heldRupiah: line.heldRupiah,
    posted: before.posted + line.amountRupiah,
    held: before.held + line.heldRupiah,
    previousHash: before.hash,
  };
  return { ...entry, hash: entryHashOf(entry) };
}

/** Where an account stands behind an entry. */
export function balanceAfter(before: Balance, entry: Entry): Balance {
  const { account, posted, held, sequence, hash, at } = entry;
  return { account, posted, held, sequence, hash, at, incoming: incomingAfter(before, entry) };
}

/** What has come in this month, with the entry; only what is limited counts, and what goes out again makes no room. */
export function incomingAfter({ incoming }: Balance, { kind, account, amountRupiah, at }: EntryEffect): Balance['incoming'] {
  if (!countsAsIncoming({ kind, account, amountRupiah })) return incoming;
  const month = monthOf(at);
  return { month, amountRupiah: (incoming?.month === month ? incoming.amountRupiah : 0) + amountRupiah };
}

type EntryEffect = Pick<Entry, 'kind' | 'account' | 'amountRupiah' | 'at'>;

export const countsAsIncoming = ({ kind, account, amountRupiah }: Omit<EntryEffect, 'at'>): boolean =>
  amountRupiah > 0 && account.startsWith('member:') && rulesOf(kind).limited === true;
