import { defineFaults, type FaultCatalogue } from './fault.ts';

/** Faults of any request, whatever the capability. */
export const requestFaultCatalogue = {
  'request.invalid': {
    kind: 'invalid',
    publicMessage: 'Some values of the request are not acceptable.',
    remedy: 'See `errors`: each names the value by a pointer and says what is expected.',
  },
  'request.malformed': {
    kind: 'invalid',
    publicMessage: 'The body is not valid JSON.',
    remedy: 'Send one JSON value in UTF-8.',
  },
  'request.cursor-invalid': {
    kind: 'invalid',
    publicMessage: 'The cursor was not made for this list.',
    remedy: 'Pass `cursor` exactly as the former page gave it, to the same path, or start without one.',
  },
  'request.too-large': {
    kind: 'too-large',
    publicMessage: 'The body is larger than this request accepts.',
    remedy: 'Send a smaller body.',
  },
  'request.media-type-unsupported': {
    kind: 'unsupported',
    publicMessage: 'The body has a media type that this request does not accept.',
    remedy: 'Send JSON with `Content-Type: application/json`.',
  },
  'request.route-unknown': {
    kind: 'not-found',
    publicMessage: 'There is nothing at this path.',
    remedy: 'See the API description for the paths there are.',
  },
  'request.timed-out': {
    kind: 'unavailable',
    publicMessage: 'The answer took too long.',
    remedy: 'Try again, with a narrower request if it asks for a lot.',
  },
  'auth.unauthenticated': {
    kind: 'unauthenticated',
    publicMessage: 'This needs a valid access token.',
    remedy: 'Send `Authorization: Bearer …` with a token that has not expired.',
  },
  'auth.forbidden': {
    kind: 'forbidden',
    publicMessage: 'Your role does not allow this.',
    remedy: 'Ask an administrator for a role that does.',
  },
  'auth.step-up-required': {
    kind: 'forbidden',
    publicMessage: 'This needs a fresh second factor.',
    remedy: 'Give a code of the authenticator app (`POST /api/admin/auth/step-up`), and try again with the token it answers.',
  },
  'request.rate-limited': {
    kind: 'limited',
    publicMessage: 'Too many requests.',
    remedy: 'Wait for the seconds that `Retry-After` says.',
  },
} as const satisfies FaultCatalogue;

export const requestFault = defineFaults(requestFaultCatalogue);
