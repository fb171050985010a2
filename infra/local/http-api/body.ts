import type { IncomingMessage, ServerResponse } from 'node:http';

/** API Gateway's own limit (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html); a function takes 6 MB of event. */
const bodyBytesMax = 10 * 1024 * 1024;

/** The whole body; `too-large` as soon as that is known, `gone` when the client left. */
export async function readBody(message: IncomingMessage, response: ServerResponse): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(message.headers['content-length'] ?? 0) > bodyBytesMax) return 'too-large';
  // A client that asked whether it may send is told so only now, when its body is wanted.
  if (message.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Leaving the loop must not destroy the message: its socket would go with it, and the answer.
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bodyBytesMax) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'gone';
  }
  return Buffer.concat(chunks);
}
