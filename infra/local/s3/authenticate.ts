/**
 * Who asks: checks the signature, and turns its failures into S3's answers.
 */
import type { IncomingMessage } from 'node:http';
import type { Principal } from '../ports.ts';
import { verifySignature } from '../sigv4.ts';
import type { SignedPayload } from '../sigv4.ts';
import type { S3Context } from './context.ts';
import { S3Error } from './errors.ts';
import type { RequestTarget } from './request.ts';
import { signerOfUrlV2 } from './sigv2.ts';

export interface Identity {
  readonly principal: Principal;
  readonly payload: SignedPayload;
}

/** Undefined for a request without a signature. Throws S3Error. */
export function authenticate(context: S3Context, request: IncomingMessage, target: RequestTarget): Identity | undefined {
  const older = signerOfUrlV2(target, context.principals, context.now());
  if (older) return { principal: older, payload: { kind: 'unsigned' } };
  const verdict = verifySignature(request, {
    style: 's3',
    // Any region will do: there is one S3 here, and who configured another one should reach it all the same.
    service: 's3',
    credentialOf: (accessKeyId) => context.principals.get(accessKeyId),
    machineNowMs: Date.now(),
    stackNowMs: context.now(),
  });
  if (verdict.ok) return { principal: context.principals.get(verdict.accessKeyId)!, payload: verdict.payload };
  if (verdict.code === 'MissingAuthentication') return undefined;
  throw new S3Error(verdict);
}
