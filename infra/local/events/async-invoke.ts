/**
 * Asynchronous invocation: an event is accepted at once, kept durably, and tried again as Lambda does, twice and a minute or two later.
 */
import type { Invoker, LocalClock, StackLog } from '../ports.ts';

export interface AsyncInvokeOptions {
  readonly clock: Pick<LocalClock, 'now' | 'schedule' | 'handle'>;
  readonly invoker: Invoker;
  /** Retries after a failure, at most 2; from `AWS::Lambda::EventInvokeConfig`. */
  readonly retriesMax: (functionArn: string) => number;
  readonly log: StackLog;
}

export interface AsyncInvoker {
  /** Returns when the event is stored. `id` makes a repeat of the same event one event. */
  send(event: { readonly id: string; readonly functionArn: string; readonly payload: unknown }): void;
}

interface Attempt {
  readonly functionArn: string;
  readonly payload: unknown;
  readonly failures: number;
}

const kind = 'lambda.async';
/** A throttled event is tried again without counting as failed, as on AWS; a minute is enough on one machine. */
const throttledRetryMs = 1_000;

/** The stack's timers are the queue: an event is a timer that is due now, and a retry is one that is due later. */
export function asyncInvoker({ clock, invoker, retriesMax, log }: AsyncInvokeOptions): AsyncInvoker {
  clock.handle(kind, async ({ id, payload }) => {
    const attempt = payload as Attempt;
    const outcome = await invoker.invoke(attempt.functionArn, attempt.payload);
    if (outcome.ok) return;
    if (outcome.reason === 'throttled') {
      clock.schedule({ id: nextId(id), kind, dueAtMs: clock.now() + throttledRetryMs, payload: attempt });
    } else if (attempt.failures < retriesMax(attempt.functionArn)) {
      const failures = attempt.failures + 1;
      clock.schedule({ id: nextId(id), kind, dueAtMs: clock.now() + failures * 60_000, payload: { ...attempt, failures } });
    } else {
      log.warn('lambda', `${attempt.functionArn} failed ${attempt.failures + 1} times, its event is dropped: ${outcome.errorMessage}`);
    }
  });
  return {
    send: ({ id, functionArn, payload }) =>
      clock.schedule({
        id: `${kind}:${id}:0`,
        kind,
        dueAtMs: clock.now(),
        payload: { functionArn, payload, failures: 0 } satisfies Attempt,
      }),
  };
}

/** A timer is removed when its handler has finished, so the next attempt cannot carry the same id. */
function nextId(id: string): string {
  const [, stem, tries] = /^(.*):(\d+)$/.exec(id) ?? [];
  return `${stem}:${Number(tries) + 1}`;
}
