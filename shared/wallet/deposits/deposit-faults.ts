import * as z from 'zod';
import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const depositFaultCatalogue = {
  'deposits.key-reused': {
    kind: 'unprocessable',
    publicMessage: 'The idempotency key stands for another request.',
    remedy: 'Repeat a request exactly as it was, or give another wish a key of its own.',
  },
  'deposits.not-found': { kind: 'not-found', publicMessage: 'There is no such deposit.', remedy: 'Check the id.' },
  'deposits.method-unavailable': {
    kind: 'invalid',
    publicMessage: 'This method is not offered.',
    remedy: 'Choose one of those that are listed with their limits.',
  },
  'deposits.amount-out-of-range': {
    kind: 'invalid',
    publicMessage: 'The method does not take this amount.',
    remedy: 'See `errors` for the least and the most.',
  },
  'deposits.over-limit': {
    kind: 'conflict',
    publicMessage: 'The deposit would exceed what this membership may own or take in.',
    remedy: 'See `room` for what is left. A verified membership has more.',
    extension: {
      name: 'room',
      schema: z.object({ roomRupiah: z.int().nonnegative(), limit: z.enum(['balance', 'incoming']) }),
      description:
        '`roomRupiah` is the most that may come in now; `limit` says what leaves no more: what the membership may own (`balance`), or what may come in within a month of Jakarta (`incoming`).',
    },
  },
  'deposits.account-closed': {
    kind: 'forbidden',
    publicMessage: 'This membership takes no deposits.',
    remedy: 'Write to support.',
  },
  'deposits.too-many-open': {
    kind: 'conflict',
    publicMessage: 'Too many deposits wait for their payments.',
    remedy: 'Pay or cancel one of them first.',
  },
  'deposits.amounts-taken': {
    kind: 'conflict',
    publicMessage: 'Too many transfers of this amount are awaited.',
    remedy: 'Choose another amount or another method.',
  },
  'deposits.in-progress': {
    kind: 'conflict',
    publicMessage: 'The same request is being worked on.',
    remedy: 'Send it again, with the same key, after the seconds that `Retry-After` says.',
  },
  'deposits.not-open': {
    kind: 'conflict',
    publicMessage: 'The deposit does not wait for a payment any more.',
    remedy: 'Read it to see what has become of it.',
  },
  'deposits.decided-meanwhile': {
    kind: 'conflict',
    publicMessage: 'The deposit has been changed since it was looked at.',
    remedy: 'Look at it again, and decide on what is there now.',
  },
  'deposits.nothing-to-decide': {
    kind: 'conflict',
    publicMessage: 'No money of this deposit waits for a decision.',
    remedy: 'Look at it again: somebody may have decided already.',
  },
  'deposits.reversal-unclear': {
    kind: 'conflict',
    publicMessage: 'One of the payments was taken back, and nobody has said which.',
    remedy: "Look at the gateway's own pages, and say which payment it was.",
  },
  'deposits.refund-refused': {
    kind: 'conflict',
    publicMessage: 'The money cannot go back the way it came.',
    remedy: 'Virtual accounts and transfers take no refunds: pay it out instead. See `errors` for what was refused.',
  },
  'deposits.reference-taken': {
    kind: 'conflict',
    publicMessage: 'This transfer has been confirmed for another deposit.',
    remedy: 'Check the reference on the bank statement.',
  },
  'deposits.link-invalid': {
    kind: 'unauthenticated',
    publicMessage: 'The link to the deposit page has expired or is no link of ours.',
    remedy: 'Ask the app for a new one.',
  },
} as const satisfies FaultCatalogue;

export const depositFault = defineFaults(depositFaultCatalogue);
