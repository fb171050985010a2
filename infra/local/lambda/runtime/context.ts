import type { StaticContext } from '../protocol.ts';

/** The second argument of a handler. */
export interface Context extends StaticContext {
  awsRequestId: string;
  callbackWaitsForEmptyEventLoop: boolean;
  /** Milliseconds of the machine, not of the stack's clock: the timeout is enforced on real work. */
  getRemainingTimeInMillis(): number;
}

export function contextOf(fixed: StaticContext, requestId: string, timeoutMs: number): Context {
  const deadline = performance.now() + timeoutMs;
  return {
    ...fixed,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
