import type { WireAnswer } from '../gateway/engine-server.ts';
import type { Caller } from './context.ts';
import { SqsError } from './sqs-error.ts';

export type SqsCall = (operation: string, input: unknown, caller?: Partial<Caller>) => Promise<object>;

/** Answers a request in the service's JSON protocol, refusals included. */
export async function answerSqs(
  call: SqsCall,
  operation: string,
  { body, caller }: { readonly body: Buffer; readonly caller: Partial<Caller> },
): Promise<WireAnswer> {
  try {
    return { status: 200, body: JSON.stringify(await call(operation, parsed(body), caller)) };
  } catch (error) {
    return error instanceof SqsError ? refusal(error) : fault(error);
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new SqsError('InvalidParameterValue', 'The request is not valid JSON.');
  }
}

function refusal({ status, queryCode, code, message }: SqsError): WireAnswer {
  return {
    status,
    headers: { 'x-amzn-query-error': `${queryCode};Sender` },
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }),
  };
}

function fault(error: unknown): WireAnswer {
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    headers: { 'x-amzn-query-error': 'InternalError;Receiver' },
    body: JSON.stringify({ __type: 'com.amazonaws.sqs#InternalError', message }),
  };
}
