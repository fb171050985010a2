import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeWorlds, failed, ok, single, world, task, output } from './states-world.ts';

afterEach(closeWorlds);

describe('Retry', () => {
  // The stack's time moves by `advance` alone: on a busy machine its own tenths of a second would be counted, too.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** Seconds between the calls of the function, which fails with the given errors and then succeeds. */
  async function gaps(retry: readonly object[], errors: readonly string[], chance?: () => number) {
    const calledAt: number[] = [];
    const made = await world(single({ ...task, Retry: retry }), {
      invoke: (_event, call) => {
        calledAt.push(made.clock.now());
        const error = errors[call - 1];
        return error === undefined ? ok('done') : failed(error);
      },
      ...(chance === undefined ? {} : { chance }),
    });
    const arn = await made.start();
    await made.clock.advance(3_600_000);
    const { status, error } = await made.describe(arn);
    return { status, error, gaps: calledAt.slice(1).map((at, index) => (at - (calledAt[index] ?? 0)) / 1_000) };
  }

  it('tries three times, one second apart and twice as long each time, unless told otherwise', async () => {
    expect(
      await gaps(
        [{ ErrorEquals: ['States.ALL'] }],
        Array.from({ length: 9 }, () => 'E'),
      ),
    ).toEqual({
      status: 'FAILED',
      error: 'E',
      gaps: [1, 2, 4],
    });
  });

  it('follows IntervalSeconds, BackoffRate, MaxDelaySeconds and MaxAttempts', async () => {
    const retry = [{ ErrorEquals: ['E'], IntervalSeconds: 3, BackoffRate: 3, MaxDelaySeconds: 20, MaxAttempts: 4 }];
    expect(await gaps(retry, ['E', 'E', 'E', 'E'])).toEqual({ status: 'SUCCEEDED', error: undefined, gaps: [3, 9, 20, 20] });
  });

  it('with full jitter waits any part of its delay', async () => {
    const retry = [{ ErrorEquals: ['E'], IntervalSeconds: 10, BackoffRate: 1, JitterStrategy: 'FULL' }];
    expect((await gaps(retry, ['E', 'E'], () => 0.25)).gaps).toEqual([2.5, 2.5]);
  });

  it('counts each retrier for itself', async () => {
    const retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 2, IntervalSeconds: 5, BackoffRate: 1 },
    ];
    expect(await gaps(retry, ['B', 'A', 'B', 'A'])).toEqual({ status: 'FAILED', error: 'A', gaps: [5, 1, 5] });
  });

  it('stops at the first retrier that covers the error, also when it is used up', async () => {
    const retry = [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect(await gaps(retry, ['A'])).toEqual({ status: 'FAILED', error: 'A', gaps: [] });
  });

  it('States.TaskFailed covers what a function throws', async () => {
    expect((await gaps([{ ErrorEquals: ['States.TaskFailed'] }], ['E'])).status).toBe('SUCCEEDED');
  });

  it('tells the state how often it was tried', async () => {
    const state = { ...task, Parameters: { 'tries.$': '$$.State.RetryCount' }, Retry: [{ ErrorEquals: ['E'] }] };
    const { clock, start, events } = await world(single(state), { invoke: (_event, call) => (call < 3 ? failed('E') : ok(null)) });
    await start();
    await clock.advance(60_000);
    expect(events).toEqual([{ tries: 0 }, { tries: 1 }, { tries: 2 }]);
  });

  it('never covers States.Runtime', async () => {
    const state = { ...task, InputPath: '$.none', Retry: [{ ErrorEquals: ['States.ALL'] }] };
    expect(await (await world(single(state))).run()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('Catch', () => {
  const catching = (catchers: readonly object[]) => ({
    StartAt: 'T',
    States: { T: { ...task, Catch: catchers, End: true }, A: { Type: 'Pass', End: true }, B: { Type: 'Pass', Result: 'b', End: true } },
  });

  it('takes the first that covers, and hands on the error', async () => {
    const definition = catching([
      { ErrorEquals: ['Other'], Next: 'B' },
      { ErrorEquals: ['Another', 'E'], Next: 'A' },
    ]);
    const { run } = await world(definition, { invoke: () => failed('E', 'why') });
    expect(output(await run({ in: 1 }))).toEqual({ Error: 'E', Cause: JSON.stringify({ errorMessage: 'why', errorType: 'E' }) });
  });

  it('puts the error into the raw input at ResultPath', async () => {
    const definition = catching([
      { ErrorEquals: ['Nothing'], Next: 'B' },
      { ErrorEquals: ['States.ALL'], Next: 'A', ResultPath: '$.error' },
    ]);
    const { run } = await world(definition, { invoke: () => failed('E') });
    expect(output(await run({ in: 1 }))).toMatchObject({ in: 1, error: { Error: 'E' } });
  });

  it('comes after Retry is used up', async () => {
    const definition = {
      StartAt: 'T',
      States: {
        T: { ...task, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }], Catch: [{ ErrorEquals: ['E'], Next: 'A' }], End: true },
        A: { Type: 'Succeed' },
      },
    };
    const { clock, start, describe: look, events } = await world(definition, { invoke: () => failed('E') });
    const arn = await start();
    await clock.advance(60_000);
    expect([(await look(arn)).status, events.length]).toEqual(['SUCCEEDED', 3]);
  });
});

describe('Fail and Succeed', () => {
  it('end the execution as they say', async () => {
    const fail = (fields: object) => ({ StartAt: 'F', States: { F: { Type: 'Fail', ...fields } } });
    expect(await (await world(fail({ Error: 'Mine', Cause: 'because' }))).run()).toMatchObject({
      status: 'FAILED',
      error: 'Mine',
      cause: 'because',
    });
    const byPath = fail({ ErrorPath: '$.e', CausePath: "States.Format('{}!', $.c)" });
    expect(await (await world(byPath)).run({ e: 'E', c: 'why' })).toMatchObject({ error: 'E', cause: 'why!' });
    expect(await (await world(fail({ ErrorPath: '$.none' }))).run()).toMatchObject({ error: 'States.Runtime' });
    const bare = await (await world(fail({}))).run();
    expect([bare.status, 'error' in bare, 'cause' in bare]).toEqual(['FAILED', false, false]);
    const succeed = { StartAt: 'S', States: { S: { Type: 'Succeed', OutputPath: '$.x' } } };
    expect(output(await (await world(succeed)).run({ x: 1 }))).toBe(1);
  });
});
