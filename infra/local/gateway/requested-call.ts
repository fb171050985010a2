import type { IncomingHttpHeaders } from 'node:http';
import type { ApiCall } from '../iam/api-call.ts';
import { ApiRefusal } from './api-refusal.ts';

/** Prefix of `x-amz-target` → service. */
const services: Readonly<Record<string, ApiCall['service']>> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodbstreams',
  AmazonSQS: 'sqs',
  AWSStepFunctions: 'states',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
};

/** A call that no room of the local stack answers. */
export class NotOffered extends ApiRefusal {
  constructor(what: string) {
    super('NotImplementedException', `${what} is not part of the local stack.`, 501);
  }
}

export interface RequestHead {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Which operation of which service a request asks for, and with what. Throws `ApiRefusal` when it cannot be told. */
export function requestedCall({ url, headers }: RequestHead, body: Buffer): ApiCall {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return jsonCall(target, body);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) return formCall(body);
  // SES speaks REST: the path is the operation.
  if (url.split('?')[0] === '/v2/email/outbound-emails') return { service: 'ses', operation: 'SendEmail', input: parsed(body) };
  throw new NotOffered(`The request for ${url} without an X-Amz-Target`);
}

function jsonCall(target: string, body: Buffer): ApiCall {
  const [prefix = '', operation = ''] = target.split('.');
  const service = Object.hasOwn(services, prefix) ? services[prefix] : undefined;
  if (service === undefined) throw new NotOffered(target);
  return { service, operation, input: parsed(body) };
}

function parsed(body: Buffer): ApiCall['input'] {
  try {
    const input: unknown = JSON.parse(body.toString());
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as ApiCall['input'];
  } catch {
    // Refused below, like any other body that is no structure.
  }
  throw new ApiRefusal('SerializationException', 'The request is not a JSON object.');
}

/** The older protocol: what STS and SNS still speak, and SQS did until 2023. */
function formCall(body: Buffer): ApiCall {
  const form = new URLSearchParams(body.toString());
  const operation = form.get('Action') ?? '';
  if (operation === 'GetCallerIdentity') return { service: 'sts', operation, input: {} };
  if (form.get('Version') === '2010-03-31') return { service: 'sns', operation, input: Object.fromEntries(form) };
  if (form.get('Version') === '2012-11-05')
    throw new NotOffered(`The query protocol of SQS (${operation}); SDKs and CLIs since 2023 speak JSON, which`);
  throw new NotOffered(operation === '' ? 'A form without Action' : operation);
}
