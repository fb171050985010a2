/**
 * Calls an engine behind the gateway in the AWS JSON 1.0 protocol, as AWS's own services would: engines check no signature.
 */

/** What an engine answered other than 200. */
class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  /** For example `QueueDoesNotExist`: what stands after `#` in `__type`. */
  readonly code: string;
  readonly status: number;

  constructor({ code, status, message }: { readonly code: string; readonly status: number; readonly message: string }) {
    super(`${code}: ${message}`);
    this.code = code;
    this.status = status;
  }
}

export type AwsCall = (action: string, input: object, signal?: AbortSignal) => Promise<Record<string, unknown>>;

/** `service` is the prefix of `x-amz-target`: `AmazonSQS`, `DynamoDB_20120810`, `DynamoDBStreams_20120810`. */
export function awsJsonClient(url: string, service: string): AwsCall {
  return async (action, input, signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${service}.${action}`,
        // The engines insist on the form of a signature and accept any.
        'x-amz-date': '20000101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=stack/20000101/local/stack/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
      ...(signal === undefined ? {} : { signal }),
    });
    const answer = await bodyOf(response);
    if (response.status !== 200) throw callError(answer, response.status);
    return answer;
  };
}

function callError(answer: { __type?: string; message?: string; Message?: string }, status: number): AwsCallError {
  const code = (answer['__type'] ?? `HTTP ${status}`).replace(/^.*#/, '');
  return new AwsCallError({ code, status, message: answer.message ?? answer.Message ?? '' });
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    throw new AwsCallError({ code: 'UnreadableAnswer', status: response.status, message: text.slice(0, 200) });
  }
}
