import type { InvokeOutcome } from '../ports.ts';
import type { RunOutcome } from './environment.ts';
import type { FunctionError } from './protocol.ts';
import type { SandboxExit } from './sandbox.ts';

/** `InvokeOutcome` with the stack trace of what the function threw. */
export type LambdaOutcome =
  | Extract<InvokeOutcome, { ok: true }>
  | (Extract<InvokeOutcome, { ok: false }> & { readonly trace: readonly string[] });

/** Bytes of an event and of an answer; Lambda's own limit for synchronous calls (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const payloadBytesMax = 6 * 1024 * 1024;

export function exceedsPayload(json: string): boolean {
  if (json.length > payloadBytesMax) return true;
  // UTF-8 takes at most three bytes for one UTF-16 unit: most texts need no counting.
  return json.length * 3 > payloadBytesMax && Buffer.byteLength(json) > payloadBytesMax;
}

export function requestTooLarge(): LambdaOutcome {
  return failure('too-large', {
    errorType: 'RequestTooLargeException',
    errorMessage: `Request must be smaller than ${payloadBytesMax} bytes for the InvokeFunction operation`,
    trace: [],
  });
}

export function throttled(reason: string): LambdaOutcome {
  return failure('throttled', { errorType: 'TooManyRequestsException', errorMessage: `Rate Exceeded. Reason: ${reason}`, trace: [] });
}

/** What the caller is told, in Lambda's own words. */
export function outcomeOf(run: RunOutcome, { requestId, timeoutMs }: { requestId: string; timeoutMs: number }): LambdaOutcome {
  const said = (text: string) => `RequestId: ${requestId} Error: ${text}`;
  if (run.kind === 'timeout') {
    const errorMessage = said(`Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
    return failure('timeout', { errorType: 'Sandbox.Timedout', errorMessage, trace: [] });
  }
  if (run.kind === 'failed') return failure('error', run.error);
  if (run.kind === 'exit') return failure('exit', run.error ?? exitError(run.exit, said));
  if (exceedsPayload(run.json)) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${payloadBytesMax} bytes).`;
    return failure('too-large', { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] });
  }
  return { ok: true, payload: JSON.parse(run.json) as unknown };
}

/** Without an exit status Lambda knows no reason. */
function exitError({ outOfMemory, status }: SandboxExit, said: (text: string) => string): FunctionError {
  if (outOfMemory) return { errorType: 'Runtime.OutOfMemory', errorMessage: said('Runtime exited with error: signal: killed'), trace: [] };
  const why = status ? `Runtime exited with error: ${status}` : 'Runtime exited without providing a reason';
  return { errorType: 'Runtime.ExitError', errorMessage: said(why), trace: [] };
}

function failure(reason: Extract<InvokeOutcome, { ok: false }>['reason'], error: FunctionError): LambdaOutcome {
  return { ok: false, reason, ...error };
}
