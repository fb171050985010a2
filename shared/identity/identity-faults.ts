import { defineFaults, type FaultCatalogue } from '#shared/platform/fault.ts';

/** Answers that concern an account say the same whether there is one or not. */
export const identityFaultCatalogue = {
  'identity.credentials-wrong': {
    kind: 'unauthenticated',
    publicMessage: 'Account or password is wrong.',
    remedy: 'Check both, or ask for a code or a new password.',
  },
  'identity.code-wrong': {
    kind: 'invalid',
    publicMessage: 'The code is wrong, was used before, or has expired.',
    remedy: 'Ask for another one.',
  },
  'identity.ticket-invalid': {
    kind: 'unauthenticated',
    publicMessage: 'This step has expired or was done before.',
    remedy: 'Begin again.',
  },
  'identity.session-ended': { kind: 'unauthenticated', publicMessage: 'The session has ended.', remedy: 'Sign in again.' },
  'identity.csrf': {
    kind: 'forbidden',
    publicMessage: 'The request does not come from our own page.',
    remedy: 'Repeat the cookie `__Host-xm-csrf` in the header `x-csrf-token`.',
  },
  'identity.locked': {
    kind: 'limited',
    publicMessage: 'Too many wrong attempts.',
    remedy: 'Wait for the seconds that `Retry-After` says.',
  },
  'identity.banned': { kind: 'forbidden', publicMessage: 'This membership has been banned.', remedy: 'Write to support.' },
  'identity.handle-taken': { kind: 'conflict', publicMessage: 'This handle is taken.', remedy: 'Take another one.' },
  'identity.identifier-taken': {
    kind: 'conflict',
    publicMessage: 'This address or number belongs to another account.',
    remedy: 'Take another one.',
  },
  'identity.password-breached': {
    kind: 'invalid',
    publicMessage: 'This password is known from a breach.',
    remedy: 'Take one that nobody else has used.',
  },
  'identity.second-factor-present': { kind: 'conflict', publicMessage: 'There is a second factor already.', remedy: 'Remove it first.' },
  'identity.session-not-found': { kind: 'not-found', publicMessage: 'There is no such session.', remedy: 'List the sessions again.' },
  'identity.export-first': {
    kind: 'conflict',
    publicMessage: 'The data of the account have not been exported in the last week.',
    remedy: 'Ask for the export first, and keep it.',
  },
  'identity.kyc-settled': {
    kind: 'conflict',
    publicMessage: 'There is nothing to be submitted or decided.',
    remedy: 'Read the state first.',
  },
  'identity.nik-taken': { kind: 'conflict', publicMessage: 'This identity card belongs to another account.', remedy: 'Write to support.' },
  'identity.member-not-found': { kind: 'not-found', publicMessage: 'There is no such member.', remedy: 'Check the id.' },
  'identity.status-move-refused': {
    kind: 'conflict',
    publicMessage: 'A member of this status cannot be moved there.',
    remedy: 'See `moves` of the member.',
  },
  'identity.status-changed-meanwhile': {
    kind: 'conflict',
    publicMessage: 'The status has been changed meanwhile.',
    remedy: 'Read the member again and decide anew.',
  },
  'identity.staff-not-found': { kind: 'not-found', publicMessage: 'There is no such staff account.', remedy: 'Check the id.' },
  'identity.staff-exists': {
    kind: 'conflict',
    publicMessage: 'There is a staff account with this address.',
    remedy: 'Change its roles instead.',
  },
  'identity.invitation-invalid': {
    kind: 'conflict',
    publicMessage: 'The invitation has expired, was withdrawn, or was accepted before.',
    remedy: 'Ask for another one.',
  },
  'identity.not-oneself': { kind: 'conflict', publicMessage: 'Nobody decides about the own account.', remedy: 'Ask another owner.' },
  'identity.last-owner': {
    kind: 'conflict',
    publicMessage: 'The last owner has to stay one.',
    remedy: 'Make somebody else an owner first.',
  },
} as const satisfies FaultCatalogue;

export const identityFault = defineFaults(identityFaultCatalogue);
