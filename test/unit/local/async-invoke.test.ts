import { describe, expect, it } from 'vitest';
import { asyncInvoker } from '#infra/local/events/async-invoke.ts';
import type { InvokeOutcome, Timer } from '#infra/local/ports.ts';

const functionArn = 'arn:aws:lambda:ap-southeast-3:000000000000:function:pay';
const failed: InvokeOutcome = { ok: false, reason: 'error', errorType: 'Error', errorMessage: 'no' };
const throttled: InvokeOutcome = { ok: false, reason: 'throttled', errorType: 'TooManyRequestsException', errorMessage: 'busy' };
const settings = { retriesMax: 2, eventAgeSecondsMax: 3_600, onFailureArn: 'arn:failures', deadLetterArn: 'arn:dead' };

/** Sends one event and fires timers until none is left; answers when each attempt was made and what was handed on. */
async function run(outcomes: readonly InvokeOutcome[], limits = settings) {
  const timers = new Map<string, Timer>();
  const attemptsMs: number[] = [];
  const handedOn: { targetArn: string; payload: unknown }[] = [];
  let nowMs = 0;
  let fire: (timer: Timer) => Promise<void> = () => Promise.reject(new Error('no handler'));
  const invoker = asyncInvoker({
    clock: {
      now: () => nowMs,
      schedule: (timer) => void timers.set(timer.id, timer),
      handle: (_kind, handler) => {
        fire = handler;
      },
    },
    invoker: { invoke: async () => outcomes[attemptsMs.push(nowMs) - 1] ?? failed },
    settings: () => limits,
    deliver: async ({ targetArn, payload }) => void handedOn.push({ targetArn, payload }),
    log: { info: () => {}, warn: () => {} },
  });
  invoker.send({ id: 'one', functionArn, payload: { order: 1 } });
  for (let [timer] = timers.values(); timer; [timer] = timers.values()) {
    nowMs = timer.dueAtMs;
    await fire(timer);
    timers.delete(timer.id);
  }
  return { attemptsMs, handedOn };
}

describe('an asynchronous invocation', () => {
  it('is made once when it succeeds', async () => {
    expect(await run([{ ok: true, payload: null }])).toEqual({ attemptsMs: [0], handedOn: [] });
  });

  it('is tried twice more, a minute and then two later, and then handed on', async () => {
    const { attemptsMs, handedOn } = await run([failed, failed, failed]);
    expect(attemptsMs).toEqual([0, 60_000, 180_000]);
    expect(handedOn).toMatchObject([
      {
        targetArn: 'arn:failures',
        payload: { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 }, requestPayload: { order: 1 } },
      },
      { targetArn: 'arn:dead', payload: { order: 1 } },
    ]);
  });

  it('waits out throttling without counting it as a failure, until it is too old', async () => {
    expect((await run([throttled, throttled, { ok: true, payload: null }])).attemptsMs).toEqual([0, 1_000, 2_000]);
    const tooOld = await run(
      Array.from({ length: 100 }, () => throttled),
      { ...settings, eventAgeSecondsMax: 5 },
    );
    expect(tooOld.attemptsMs).toHaveLength(6);
    expect(tooOld.handedOn[0]).toMatchObject({ payload: { requestContext: { condition: 'EventAgeExceeded' } } });
  });
});
