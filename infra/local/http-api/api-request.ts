import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request as API Gateway sees it. */
export interface ApiRequest {
  readonly id: string;
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** Decoded; several values of one name are joined with commas. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case, several values joined with commas, without cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value`, one each. */
  readonly cookies: readonly string[];
  readonly sourceIp: string;
  readonly protocol: string;
  readonly timeMs: number;
}

/** Request line and header values together (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const headBytesMax = 10_240;

export type RequestFault = 'bad-request' | 'head-too-large';

/** Reads everything but the body. `timeMs` is stack time. */
export function apiRequest(message: IncomingMessage, timeMs: number): ApiRequest | RequestFault {
  const url = message.url ?? '/';
  const values = message.rawHeaders.filter((_, index) => index % 2 === 1);
  const headBytes = values.reduce((sum, value) => sum + value.length, `${message.method} ${url} HTTP/1.1`.length);
  if (headBytes > headBytesMax) return 'head-too-large';
  const { path, rawQuery } = splitTarget(url);
  const decoded = decodedPath(path);
  if (decoded === undefined) return 'bad-request';
  const sourceIp = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const { headers, cookies } = joinedHeaders(message.rawHeaders);
  return {
    // Looks like API Gateway's own: fifteen characters and an equals sign.
    id: randomBytes(11).toString('base64url').padEnd(16, '='),
    method: message.method ?? 'GET',
    path: decoded,
    rawQuery,
    query: joined(new URLSearchParams(rawQuery)),
    headers: { ...headers, ...gatewayHeaders({ message, headers, sourceIp, timeMs }) },
    cookies,
    sourceIp,
    protocol: `HTTP/${message.httpVersion}`,
    timeMs,
  };
}

/** A request line may also hold a whole URL, or `*` under OPTIONS. */
function splitTarget(url: string): { path: string; rawQuery: string } {
  const target = /^https?:\/\/[^/?]*(.*)$/.exec(url)?.[1] ?? url;
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  return { path: path.startsWith('/') ? path : '/', rawQuery: question < 0 ? '' : target.slice(question + 1) };
}

/**
 * HTTP APIs decode the path before they route it and before the function sees it as `rawPath`, unlike REST APIs and function URLs, and lose what
 * follows a question mark that was encoded (honojs/hono#2156, middleapi/standard-server#93, both with captures of real events).
 */
function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path).split('?', 1)[0]!;
  } catch {
    return undefined;
  }
}

function joined(pairs: Iterable<[string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const former = values.get(name);
    values.set(name, former === undefined ? value : `${former},${value}`);
  }
  return Object.fromEntries(values);
}

/** About one connection, so they end where it ends. */
const hopHeaders = new Set(['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

function joinedHeaders(raw: readonly string[]): Pick<ApiRequest, 'headers' | 'cookies'> {
  const pairs: [string, string][] = [];
  const cookies: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const value = raw[index + 1]!;
    if (name === 'cookie')
      cookies.push(
        ...value
          .split(';')
          .map((cookie) => cookie.trim())
          .filter((cookie) => cookie !== ''),
      );
    else if (!hopHeaders.has(name)) pairs.push([name, value]);
  }
  return { headers: joined(pairs), cookies };
}

interface GatewayHeaderParts {
  readonly message: IncomingMessage;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly timeMs: number;
}

/** What API Gateway adds on the way. */
function gatewayHeaders({ message, headers, sourceIp, timeMs }: GatewayHeaderParts): Record<string, string> {
  const forwardedFor = headers['x-forwarded-for'];
  return {
    'content-length': headers['content-length'] ?? '0',
    'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? `Root=1-${Math.floor(timeMs / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    'x-forwarded-for': forwardedFor === undefined ? sourceIp : `${forwardedFor}, ${sourceIp}`,
    'x-forwarded-port': String(message.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}
