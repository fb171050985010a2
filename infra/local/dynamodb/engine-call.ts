import { Agent, request } from 'node:http';

/** One call of the engine in its own terms; rejects with `DynamodbError` for what it refuses. */
export type EngineCall = (operation: string, input: object) => Promise<object>;

export interface EngineAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** A refusal in DynamoDB's words. */
export class DynamodbError extends Error {
  override readonly name = 'DynamodbError';
  /** For example `ConditionalCheckFailedException`. */
  readonly code: string;
  readonly status: number;

  constructor(status: number, body: Readonly<Record<string, string>>) {
    const code = body['__type']?.split('#').at(-1) ?? 'UnknownError';
    super(`${code}: ${body['message'] ?? body['Message'] ?? ''}`);
    this.code = code;
    this.status = status;
  }
}

export const dynamodbTarget = 'DynamoDB_20120810';
export const streamsTarget = 'DynamoDBStreams_20120810';

/** Keeps connections open: the engine answers many small calls. */
export type EngineConnection = ReturnType<typeof connectEngine>;

const socketsMax = 64;
const answerMsMax = 60_000;

export function connectEngine(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: socketsMax });
  const { hostname, port } = new URL(url);
  const send = (target: string, body: Buffer | string): Promise<EngineAnswer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { agent, hostname, port, method: 'POST', path: '/', headers: headers(target, body), timeout: answerMsMax },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 500, body: Buffer.concat(chunks) }));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error(`the engine did not answer within ${answerMsMax / 1000} s`)));
      sent.end(body);
    });
  return {
    /** Sends a request as it is; `target` is the value of `x-amz-target`. */
    send,
    call: (async (operation, input) => {
      const { status, body } = await send(`${dynamodbTarget}.${operation}`, JSON.stringify(input));
      return parsedAnswer(status, body);
    }) satisfies EngineCall,
    close: () => agent.destroy(),
  };
}

/** Throws `DynamodbError` for any status but 200. */
export function parsedAnswer(status: number, body: Buffer): object {
  const answer = JSON.parse(body.toString()) as Record<string, string>;
  if (status !== 200) throw new DynamodbError(status, answer);
  return answer;
}

/** The engine asks for the shape of a signature and checks nothing of it; the gateway has checked the real one. */
const credential = 'Credential=local/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

function headers(target: string, body: Buffer | string): Record<string, string | number> {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amz-target': target,
    'x-amz-date': '20000101T000000Z',
    authorization: `AWS4-HMAC-SHA256 ${credential}`,
  };
}
