import type { AccessRequest } from '../ports.ts';
import type { LocalPrincipal } from '../iam/access.ts';
import type { SignatureFailure } from '../sigv4-claim.ts';
import { ApiRefusal } from './api-refusal.ts';
import type { WireAnswer } from './engine-server.ts';

/** How AWS's JSON services name what the signature check, which speaks S3's language, finds wrong. */
const signatureCodes: Readonly<Record<string, readonly [string, string?]>> = {
  MissingAuthentication: ['MissingAuthenticationTokenException', 'Missing Authentication Token'],
  InvalidAccessKeyId: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  SignatureDoesNotMatch: ['InvalidSignatureException'],
  RequestTimeTooSkewed: [
    'InvalidSignatureException',
    'Signature expired or not yet current: the difference to the time here is too large.',
  ],
  InvalidToken: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  ExpiredToken: ['ExpiredTokenException'],
};

export function signatureRefusal({ code, message }: SignatureFailure): ApiRefusal {
  const [name, text = message] = signatureCodes[code] ?? ['IncompleteSignatureException'];
  return new ApiRefusal(name, text);
}

export function accessRefusal(principal: LocalPrincipal, { action, resource }: AccessRequest): ApiRefusal {
  return new ApiRefusal('AccessDeniedException', `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`);
}

/** In the form that SDKs of all services understand. */
export function refusalAnswer({ code, status, message }: ApiRefusal): WireAnswer {
  return {
    status,
    headers: { 'x-amzn-errortype': code },
    // Services differ in the case of the word.
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

/** The same in the older protocol, which speaks XML. */
export function queryRefusalAnswer({ code, status, message }: ApiRefusal): WireAnswer {
  const text = message.replace(/[<>&]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[character] ?? character);
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error></ErrorResponse>`,
  };
}
