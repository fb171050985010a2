import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

/** What the ledger refuses for a reason of its own; a posting that cannot be made now is no fault but an outcome (`Refusal`). */
export const ledgerFaultCatalogue = {
  'ledger.id-taken': {
    kind: 'conflict',
    publicMessage: 'Something else has been booked under this id.',
    remedy: 'Repeat a booking exactly as it was made, or take another id for another one.',
  },
  'ledger.busy': {
    kind: 'unavailable',
    publicMessage: 'Too much is being booked on this account at once.',
    remedy: 'Try the same again after the seconds that `Retry-After` says.',
  },
  'ledger.time-reversed': {
    kind: 'invalid',
    publicMessage: 'The time ends before it begins.',
    remedy: 'Exchange `from` and `to`.',
  },
  'ledger.statement-too-long': {
    kind: 'unprocessable',
    publicMessage: 'The statement has too many rows for one file.',
    remedy: 'Ask for a shorter time, or page through it.',
  },
  'ledger.posting-not-found': { kind: 'not-found', publicMessage: 'Nothing has been booked under this id.', remedy: 'Check the id.' },
} as const satisfies FaultCatalogue;

export const ledgerFault = defineFaults(ledgerFaultCatalogue);
