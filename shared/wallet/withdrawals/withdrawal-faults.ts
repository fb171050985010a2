import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

export const withdrawalFaultCatalogue = {
  'withdrawals.not-found': { kind: 'not-found', publicMessage: 'There is no such withdrawal.', remedy: 'Check the id.' },
  'withdrawals.bank-account-not-found': {
    kind: 'not-found',
    publicMessage: 'There is no such bank account.',
    remedy: 'List the bank accounts again.',
  },
  'withdrawals.bank-account-refused': {
    kind: 'unprocessable',
    publicMessage: 'The bank knows no such account.',
    remedy: 'Check bank and number.',
  },
  'withdrawals.bank-accounts-full': {
    kind: 'conflict',
    publicMessage: 'No more bank accounts can be kept.',
    remedy: 'Remove one first.',
  },
  'withdrawals.amount-refused': {
    kind: 'unprocessable',
    publicMessage: 'This amount cannot be withdrawn.',
    remedy: 'See `errors` for what can be, and `GET /api/xm/wallet` for the terms.',
  },
  'withdrawals.insufficient': {
    kind: 'unprocessable',
    publicMessage: 'The balance does not suffice.',
    remedy: 'Withdraw less: `errors` says what is available.',
  },
  'withdrawals.too-many-open': {
    kind: 'conflict',
    publicMessage: 'Too many withdrawals are under way.',
    remedy: 'Wait until one is done, or cancel one.',
  },
  'withdrawals.key-reused': {
    kind: 'unprocessable',
    publicMessage: 'This idempotency key was used for another request.',
    remedy: 'Take a new key for a new request, and repeat a request exactly as it was.',
  },
  'withdrawals.already-decided': {
    kind: 'conflict',
    publicMessage: 'It has been decided already.',
    remedy: 'See `errors` for by whom and when, and read the withdrawal again.',
  },
  'withdrawals.second-person-needed': {
    kind: 'conflict',
    publicMessage: 'You have approved it before; another person has to, as well.',
    remedy: 'Ask a colleague.',
  },
  'withdrawals.total-differs': {
    kind: 'unprocessable',
    publicMessage: 'The withdrawals named do not come to this total.',
    remedy: 'Read them again: one was changed or is another than you think.',
  },
  'withdrawals.not-reached': {
    kind: 'unavailable',
    publicMessage: 'The others took too long; nothing was decided about this one.',
    remedy: 'Decide about it again, with fewer at once.',
  },
  'withdrawals.attempts-spent': {
    kind: 'conflict',
    publicMessage: 'It has been tried too often.',
    remedy: 'Give it up: the member gets the money back, and may withdraw again.',
  },
  'withdrawals.off': {
    kind: 'unavailable',
    publicMessage: 'Withdrawals are not possible at the moment.',
    remedy: 'Try again later.',
  },
} as const satisfies FaultCatalogue;

export const withdrawalFault = defineFaults(withdrawalFaultCatalogue);
