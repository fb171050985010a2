import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';

export interface OriginCall {
  readonly agent: Agent;
  readonly method: string;
  /** Scheme, host and port. */
  readonly server: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose body goes along. When its connection ends early, so does the call. */
  readonly viewer: IncomingMessage;
  /** Until the first byte of the answer. */
  readonly answerMsMax: number;
}

/** The origin's answer, its body still to be read, or the status that CloudFront gives in its place: 502 for an origin that cannot be reached, 504 for a late one. */
export function fetchOrigin({
  agent,
  method,
  server,
  path,
  headers,
  viewer,
  answerMsMax,
}: OriginCall): Promise<IncomingMessage | 502 | 504> {
  return new Promise((resolve) => {
    const call = httpRequest(server, { agent, method, path, headers });
    const late = setTimeout(() => {
      resolve(504);
      call.destroy();
    }, answerMsMax);
    call.on('response', (incoming) => {
      clearTimeout(late);
      resolve(incoming);
    });
    call.on('error', () => {
      clearTimeout(late);
      resolve(502);
    });
    viewer.on('error', () => call.destroy());
    viewer.on('close', () => {
      if (!viewer.complete) call.destroy();
    });
    if (hasBody(viewer)) viewer.pipe(call);
    else call.end();
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
