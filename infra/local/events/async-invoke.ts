/**
 * Asynchronous invocation: an event is accepted at once, kept durably, tried again as Lambda does, and handed on when it is given up.
 */
import type { AsyncSettings } from '../lambda/async-settings.ts';
import type { Invoker, InvokeOutcome, LocalClock, StackLog } from '../ports.ts';

export interface AsyncInvokeOptions {
  readonly clock: Pick<LocalClock, 'now' | 'schedule' | 'handle'>;
  readonly invoker: Invoker;
  readonly settings: (functionArn: string) => AsyncSettings;
  /** Hands what is given up to a queue or function by ARN. */
  readonly deliver: (delivery: { readonly id: string; readonly targetArn: string; readonly payload: unknown }) => Promise<void>;
  readonly log: StackLog;
}

export interface AsyncInvoker {
  /** Returns when the event is stored. `id` makes a repeat of the same event one event. */
  send(event: { readonly id: string; readonly functionArn: string; readonly payload: unknown }): void;
}

interface Attempt {
  readonly functionArn: string;
  readonly payload: unknown;
  readonly acceptedMs: number;
  readonly failures: number;
}

type Failure = Extract<InvokeOutcome, { ok: false }>;

const kind = 'lambda.async';
/** A throttled event is tried again without counting as failed, until it is too old. */
const throttledRetryMs = 1_000;

/** The stack's timers are the queue: an event is a timer that is due now, and a retry is one that is due later. */
export function asyncInvoker({ clock, invoker, settings, deliver, log }: AsyncInvokeOptions): AsyncInvoker {
  clock.handle(kind, async ({ id, payload }) => {
    const attempt = payload as Attempt;
    const outcome = await invoker.invoke(attempt.functionArn, attempt.payload);
    if (outcome.ok) return;
    const next = retryOf(attempt, outcome);
    const waitMs = outcome.reason === 'throttled' ? throttledRetryMs : next.failures * 60_000;
    if (mayRetry(next, clock.now() + waitMs)) clock.schedule({ id: nextId(id), kind, dueAtMs: clock.now() + waitMs, payload: next });
    else await giveUp(id, next, outcome);
  });
  return {
    send: ({ id, functionArn, payload }) => {
      const attempt: Attempt = { functionArn, payload, acceptedMs: clock.now(), failures: 0 };
      clock.schedule({ id: `${kind}:${id}:0`, kind, dueAtMs: attempt.acceptedMs, payload: attempt });
    },
  };

  function mayRetry({ functionArn, failures, acceptedMs }: Attempt, atMs: number): boolean {
    const { retriesMax, eventAgeSecondsMax } = settings(functionArn);
    return failures <= retriesMax && atMs - acceptedMs <= eventAgeSecondsMax * 1_000;
  }

  /** To the destination as Lambda's record of the failure, to the dead-letter queue as it was. */
  async function giveUp(id: string, attempt: Attempt, failure: Failure): Promise<void> {
    const { onFailureArn, deadLetterArn } = settings(attempt.functionArn);
    log.warn('lambda', `${attempt.functionArn} failed ${attempt.failures} times, its event is given up: ${failure.errorMessage}`);
    if (onFailureArn) await deliver({ id: `${id}:failure`, targetArn: onFailureArn, payload: failureRecord(id, attempt, failure) });
    if (deadLetterArn) await deliver({ id: `${id}:dead`, targetArn: deadLetterArn, payload: attempt.payload });
  }

  function failureRecord(id: string, { functionArn, payload, failures, acceptedMs }: Attempt, failure: Failure): unknown {
    return {
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: id,
        functionArn: `${functionArn}:$LATEST`,
        condition: failures > settings(functionArn).retriesMax ? 'RetriesExhausted' : 'EventAgeExceeded',
        approximateInvokeCount: failures,
        acceptedAt: new Date(acceptedMs).toISOString(),
      },
      requestPayload: payload,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: failure.errorType, errorMessage: failure.errorMessage },
    };
  }
}

function retryOf(attempt: Attempt, { reason }: Failure): Attempt {
  return reason === 'throttled' ? attempt : { ...attempt, failures: attempt.failures + 1 };
}

/** A timer is removed when its handler has finished, so the next attempt cannot carry the same id. */
function nextId(id: string): string {
  const [, stem, tries] = /^(.*):(\d+)$/.exec(id) ?? [];
  return `${stem}:${Number(tries) + 1}`;
}
