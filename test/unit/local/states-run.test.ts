import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import type { ServiceCall } from '#infra/local/states/tasks.ts';
import { closeWorlds, failed, machineArn, ok, single, workArn, world } from './states-world.ts';

afterEach(closeWorlds);

const task = { Type: 'Task', Resource: workArn };
const output = ({ output }: { output?: string }) => JSON.parse(output ?? 'null') as unknown;

describe('a wait', () => {
  const until = (state: object) => single({ Type: 'Wait', ...state });

  it.each<[string, object, number]>([
    ['Seconds', { Seconds: 90 }, 90],
    ['SecondsPath', { SecondsPath: '$.seconds' }, 30],
    ['TimestampPath', { TimestampPath: '$.at' }, 3_600],
  ])('of %s ends at its time, not before', async (_name, fields, expectedSeconds) => {
    const { clock, start, states, describe: look } = await world(until(fields));
    const beganMs = clock.now();
    const arn = await start({ seconds: 30, at: new Date(beganMs + 3_600_000).toISOString() });
    await clock.advance(expectedSeconds * 1_000 - 500);
    expect((await look(arn)).status).toBe('RUNNING');
    await clock.advance(600);
    await states.settled(1_000);
    const { status, stopDate = 0 } = await look(arn);
    expect(status).toBe('SUCCEEDED');
    expect(stopDate * 1_000 - beganMs).toBeGreaterThanOrEqual(expectedSeconds * 1_000);
    expect(stopDate * 1_000 - beganMs).toBeLessThan(expectedSeconds * 1_000 + 1_000);
  });

  it('until a time that is past goes on at once', async () => {
    const { run } = await world(until({ Timestamp: '2020-01-01T00:00:00Z' }));
    expect(output(await run({ kept: 1 }))).toEqual({ kept: 1 });
  });

  it('may last a year', async () => {
    const { clock, start, describe: look } = await world(until({ Seconds: 365 * 86_400 }));
    const arn = await start();
    await clock.advance(364 * 86_400_000);
    expect((await look(arn)).status).toBe('RUNNING');
    await clock.advance(86_400_000);
    expect((await look(arn)).status).toBe('SUCCEEDED');
  });

  it.each<[object, object]>([
    [{ SecondsPath: '$.x' }, { x: -1 }],
    [{ SecondsPath: '$.x' }, { x: 1.5 }],
    [{ SecondsPath: '$.x' }, { x: '5' }],
    [{ TimestampPath: '$.x' }, { x: 'tomorrow' }],
    [{ TimestampPath: '$.x' }, {}],
  ])('%j of %j fails with States.Runtime', async (fields, input) => {
    expect(await (await world(until(fields))).run(input)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('chained to others is drained by one advance', async () => {
    const wait = (next: object) => ({ Type: 'Wait', Seconds: 3_600, ...next });
    const definition = { StartAt: 'A', States: { A: wait({ Next: 'T' }), T: { ...task, Next: 'B' }, B: wait({ End: true }) } };
    const { clock, start, describe: look, events } = await world(definition);
    const arn = await start({ n: 1 });
    await clock.advance(2 * 3_600_000 + 5_000);
    expect([(await look(arn)).status, events.length]).toEqual(['SUCCEEDED', 1]);
  });
});

describe('a task', () => {
  it('hands its input to the function and takes its answer', async () => {
    const { run, events } = await world(single({ ...task, Parameters: { 'x.$': '$.a' }, ResultPath: '$.r' }), {
      invoke: () => ok({ y: 1 }),
    });
    expect(output(await run({ a: 1 }))).toEqual({ a: 1, r: { y: 1 } });
    expect(events).toEqual([{ x: 1 }]);
  });

  it('through lambda:invoke gets the answer wrapped', async () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: `${workArn}:$LATEST`, 'Payload.$': '$' },
      ResultSelector: { 'answer.$': '$.Payload.y', 'code.$': '$.StatusCode' },
    };
    const { run, events } = await world(single(state), { invoke: () => ok({ y: 1 }) });
    expect(output(await run({ a: 1 }))).toEqual({ answer: 1, code: 200 });
    expect(events).toEqual([{ a: 1 }]);
  });

  it('that fails ends the execution with the error of the function', async () => {
    const { run } = await world(single(task), { invoke: () => failed('PaymentError', 'declined') });
    expect(await run()).toMatchObject({
      status: 'FAILED',
      error: 'PaymentError',
      cause: JSON.stringify({ errorMessage: 'declined', errorType: 'PaymentError' }),
    });
  });

  it('that is throttled fails in the words of Step Functions', async () => {
    const outcome: InvokeOutcome = { ok: false, reason: 'throttled', errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded' };
    const { run } = await world(single(task), { invoke: () => outcome });
    expect(await run()).toMatchObject({ error: 'Lambda.TooManyRequestsException' });
  });

  it('is not called when the role of the machine does not grant it', async () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'work' } };
    const { run, events } = await world(single(state), { mayInvoke: () => false });
    expect(await run()).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: expect.stringContaining('not authorized to perform: lambda:InvokeFunction'),
    });
    expect(events).toEqual([]);
  });

  it('takes too long for its TimeoutSeconds, and what it answers later is not heard', async () => {
    let answer: (outcome: InvokeOutcome) => void = () => {};
    const pending = new Promise<InvokeOutcome>((resolve) => (answer = resolve));
    const definition = {
      StartAt: 'T',
      States: {
        T: { ...task, TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }], End: true },
        Late: { Type: 'Pass', Result: 'late', End: true },
      },
    };
    const { start, describe: look, history } = await world(definition, { invoke: () => pending });
    const arn = await start();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(output(await look(arn))).toBe('late');
    answer(ok('on time'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(output(await look(arn))).toBe('late');
    expect((await history(arn)).map(({ type }) => type)).toContain('LambdaFunctionTimedOut');
  });

  it('calls services, with JSON where the API wants text', async () => {
    const calls: ServiceCall[] = [];
    const definition = {
      StartAt: 'Send',
      States: {
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: 'url', 'MessageBody.$': '$' },
          ResultPath: '$.sent',
          Next: 'Put',
        },
        Put: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Parameters: { TableName: 't', Item: { pk: { 'S.$': '$.sent.MessageId' } } },
          ResultPath: null,
          Next: 'Tell',
        },
        Tell: {
          Type: 'Task',
          Resource: 'arn:aws:states:::events:putEvents',
          Parameters: { Entries: [{ Source: 's', DetailType: 'd', Detail: { 'id.$': '$.sent.MessageId' } }] },
          ResultPath: null,
          Next: 'Ask',
        },
        Ask: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:query', Parameters: { TableName: 't' }, End: true },
      },
    };
    const call = async (one: ServiceCall) => {
      calls.push(one);
      return { ok: true as const, output: one.service === 'sqs' ? { MessageId: 'm1' } : { FailedEntryCount: 0 } };
    };
    const { run } = await world(definition, { call });
    expect(await run({ a: 1 })).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls.map(({ service, action, parameters }) => [service, action, parameters])).toEqual([
      ['sqs', 'SendMessage', { QueueUrl: 'url', MessageBody: '{"a":1}' }],
      ['dynamodb', 'PutItem', { TableName: 't', Item: { pk: { S: 'm1' } } }],
      ['events', 'PutEvents', { Entries: [{ Source: 's', DetailType: 'd', Detail: '{"id":"m1"}' }] }],
      ['dynamodb', 'Query', { TableName: 't' }],
    ]);
  });

  it.each([
    ['arn:aws:states:::dynamodb:putItem', 'DynamoDB.ConditionalCheckFailedException'],
    ['arn:aws:states:::aws-sdk:dynamodb:putItem', 'DynamoDb.ConditionalCheckFailedException'],
  ])('names the errors of %s', async (Resource, error) => {
    const call = async () => ({ ok: false as const, error: 'ConditionalCheckFailedException', message: 'The conditional request failed' });
    const { run } = await world(single({ Type: 'Task', Resource, Parameters: {} }), { call });
    expect(await run()).toMatchObject({ error, cause: 'The conditional request failed' });
  });

  it('fails when EventBridge did not take every entry', async () => {
    const call = async () => ({ ok: true as const, output: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'x' }] } });
    const { run } = await world(single({ Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [] } }), {
      call,
    });
    expect(await run()).toMatchObject({ error: 'EventBridge.FailedEntry' });
  });
});

describe('payloads', () => {
  it.each([262_144 - 2, 262_145 - 2])('a result of %d bytes with its quotes is bounded at 256 KiB', async (length) => {
    const { run } = await world(single(task), { invoke: () => ok('x'.repeat(length)) });
    const { status, error } = await run();
    expect([status, error]).toEqual(length <= 262_142 ? ['SUCCEEDED', undefined] : ['FAILED', 'States.DataLimitExceeded']);
  });

  it('too large are beyond States.ALL', async () => {
    const definition = {
      StartAt: 'T',
      States: { T: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }], End: true }, C: { Type: 'Succeed' } },
    };
    const { run } = await world(definition, { invoke: () => ok('x'.repeat(300_000)) });
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('Retry', () => {
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
    return { status, error, gaps: calledAt.slice(1).map((at, index) => Math.round((at - (calledAt[index] ?? 0)) / 100) / 10) };
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

describe('Parallel', () => {
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: { ...state, End: true } } });
  const wait = (name: string, seconds: number) => branch(name, { Type: 'Wait', Seconds: seconds });

  it('gives every branch the input and collects their outputs in order', async () => {
    const branches = [wait('W', 60), branch('P', { Type: 'Pass', Result: 'p' }), branch('T', task)];
    const state = { Type: 'Parallel', Branches: branches, Parameters: { 'x.$': '$.a' }, ResultPath: '$.all' };
    const { clock, start, describe: look, events } = await world(single(state), { invoke: () => ok('t') });
    const arn = await start({ a: 1 });
    await clock.advance(61_000);
    expect(output(await look(arn))).toEqual({ a: 1, all: [{ x: 1 }, 'p', 't'] });
    expect(events).toEqual([{ x: 1 }]);
  });

  it('fails as a whole when a branch does, and stops the others', async () => {
    const branches = [wait('W', 3_600), branch('T', task)];
    const { clock, run } = await world(single({ Type: 'Parallel', Branches: branches }), { invoke: () => failed('E') });
    expect(await run()).toMatchObject({ status: 'FAILED', error: 'E' });
    expect(clock.pending(9)).toEqual([]);
  });

  it('has a Catch and a Retry of its own for what its branches throw', async () => {
    const branches = [branch('T', task), wait('W', 5)];
    const definition = {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: branches,
          Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1, IntervalSeconds: 10 }],
          Catch: [{ ErrorEquals: ['States.BranchFailed'], Next: 'C', ResultPath: '$.error' }],
          End: true,
        },
        C: { Type: 'Pass', End: true },
      },
    };
    const { clock, start, describe: look, events } = await world(definition, { invoke: () => failed('E') });
    const arn = await start({ kept: 1 });
    await clock.advance(60_000);
    expect(output(await look(arn))).toMatchObject({ kept: 1, error: { Error: 'E' } });
    expect(events).toHaveLength(2);
  });

  it('may hold another', async () => {
    const inner = { Type: 'Parallel', Branches: [branch('A', { Type: 'Pass', Result: 1 }), wait('B', 10)] };
    const { clock, start, describe: look } = await world(single({ Type: 'Parallel', Branches: [branch('I', inner), wait('O', 5)] }));
    const arn = await start('in');
    await clock.advance(11_000);
    expect(output(await look(arn))).toEqual([[1, 'in'], 'in']);
  });
});

describe('Map', () => {
  const each = (state: object, fields: object = {}) =>
    single({
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'I', States: { I: { ...state, End: true } } },
      ...fields,
    });

  it('runs its states for every item and collects the outputs in order', async () => {
    const { run } = await world(each(task, { ItemsPath: '$.list' }), { invoke: (event) => ok((event as number) * 10) });
    expect(output(await run({ list: [1, 2, 3] }))).toEqual([10, 20, 30]);
  });

  it('of no items has no outputs', async () => {
    expect(output(await (await world(each(task))).run([]))).toEqual([]);
  });

  it('gives each iteration what ItemSelector makes of item and input', async () => {
    const ItemSelector = { 'index.$': '$$.Map.Item.Index', 'item.$': '$$.Map.Item.Value', 'shared.$': '$.shared' };
    const { run } = await world(each({ Type: 'Pass' }, { ItemsPath: '$.list', ItemSelector }));
    expect(output(await run({ list: ['a', 'b'], shared: 1 }))).toEqual([
      { index: 0, item: 'a', shared: 1 },
      { index: 1, item: 'b', shared: 1 },
    ]);
  });

  it('shows the item to the states within', async () => {
    const { run } = await world(each({ Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index' } }));
    expect(output(await run(['a', 'b']))).toEqual([{ i: 0 }, { i: 1 }]);
  });

  it.each([1, 3, 0])('with MaxConcurrency %d runs that many at once', async (MaxConcurrency) => {
    const running = { now: 0, most: 0 };
    const invoke = async (event: unknown) => {
      running.most = Math.max(running.most, ++running.now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running.now--;
      return ok(event);
    };
    const { run } = await world(each(task, { MaxConcurrency }), { invoke });
    const items = Array.from({ length: 12 }, (_, index) => index);
    expect(output(await run(items))).toEqual(items);
    expect(running.most).toBe(MaxConcurrency || 12);
  });

  it('fails with the first item that fails, which Catch may handle', async () => {
    const definition = {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          MaxConcurrency: 1,
          Iterator: { StartAt: 'I', States: { I: { ...task, End: true } } },
          Catch: [{ ErrorEquals: ['E'], Next: 'C' }],
          End: true,
        },
        C: { Type: 'Succeed' },
      },
    };
    const { run, events } = await world(definition, { invoke: (event) => (event === 2 ? failed('E') : ok(event)) });
    expect(output(await run([1, 2, 3]))).toMatchObject({ Error: 'E' });
    expect(events).toEqual([1, 2]);
  });

  it('over something that is no list fails with States.Runtime', async () => {
    const outcome = await (await world(each(task, { ItemsPath: '$.list' }))).run({ list: 'abc' });
    expect(outcome).toMatchObject({ error: 'States.Runtime', cause: 'Reference path "$.list" must point to array.' });
  });

  it('goes through 1,000 items', async () => {
    const { run } = await world(each({ Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index' }, OutputPath: '$.i' }));
    const items = Array.from({ length: 1_000 }, (_, index) => index);
    expect(output(await run(items))).toEqual(items);
  });
});

describe('an execution', () => {
  it('that takes longer than the machine allows times out', async () => {
    const { clock, start, describe: look, history } = await world({ ...single({ Type: 'Wait', Seconds: 3_600 }), TimeoutSeconds: 60 });
    const arn = await start();
    await clock.advance(120_000);
    const described = await look(arn);
    expect(described.status).toBe('TIMED_OUT');
    expect(Math.round((described.stopDate ?? 0) - described.startDate)).toBe(60);
    expect(['error' in described, 'cause' in described]).toEqual([false, false]);
    expect((await history(arn)).at(-1)?.type).toBe('ExecutionTimedOut');
    expect(clock.pending(9)).toEqual([]);
  });

  it('that never comes to an end stops at 25,000 events', async () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
    const { start, states, describe: look } = await world(definition);
    const arn = await start();
    await states.settled(30_000);
    expect(await look(arn)).toMatchObject({
      status: 'FAILED',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
  }, 40_000);

  it('writes its history', async () => {
    const definition = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Next: 'T' }, T: { ...task, Next: 'W' }, W: { Type: 'Wait', Seconds: 0, End: true } },
    };
    const { start, states, history } = await world(definition, { invoke: () => ok({ y: 1 }) });
    const arn = await start({ x: 1 });
    await states.settled(1_000);
    const events = await history(arn);
    expect(events.map(({ type, id, previousEventId }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 1, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'TaskStateEntered'],
      [5, 4, 'LambdaFunctionScheduled'],
      [6, 5, 'LambdaFunctionStarted'],
      [7, 6, 'LambdaFunctionSucceeded'],
      [8, 7, 'TaskStateExited'],
      [9, 8, 'WaitStateEntered'],
      [10, 9, 'WaitStateExited'],
      [11, 10, 'ExecutionSucceeded'],
    ]);
    expect(events[3]).toMatchObject({ stateEnteredEventDetails: { name: 'T', input: '{"x":1}' } });
    expect(events[10]).toMatchObject({ executionSucceededEventDetails: { output: '{"y":1}' } });
  });

  it('runs its own definition to its end, whatever the template says meanwhile', async () => {
    const database = new DatabaseSync(':memory:');
    const before = await world(
      { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', Result: 'old', End: true } } },
      { database },
    );
    const arn = await before.start();
    await before.states.settled(1_000);
    await before.close();
    const after = await world(single({ Type: 'Pass', Result: 'new' }), { database });
    await after.clock.advance(61_000);
    expect(output(await after.describe(arn))).toBe('old');
    expect(output(await after.run())).toBe('new');
  });

  it('of 500 that wait for the same instant are all handled by one advance', async () => {
    const definition = { StartAt: 'W', States: { W: { Type: 'Wait', TimestampPath: '$.at', Next: 'T' }, T: { ...task, End: true } } };
    const { clock, start, states, events, describe: look } = await world(definition);
    const at = new Date(clock.now() + 900_000).toISOString();
    const arns: string[] = [];
    for (let index = 0; index < 500; index++) arns.push(await start({ at, index }));
    await clock.advance(900_000);
    await states.settled(5_000);
    expect(events).toHaveLength(500);
    const statuses = new Set((await Promise.all(arns.map(look))).map(({ status }) => status));
    expect([...statuses]).toEqual(['SUCCEEDED']);
  }, 20_000);
});

describe('closing and starting again', () => {
  it('calls a task that was cut off again, with the parameters it had', async () => {
    const database = new DatabaseSync(':memory:');
    const definition = single({ ...task, Parameters: { 'id.$': 'States.UUID()' } });
    // The first process is cut off in the middle: nothing that comes back to it counts.
    let answer: (outcome: InvokeOutcome) => void = () => {};
    const dying = await world(definition, { database, invoke: () => new Promise((resolve) => (answer = resolve)) });
    const arn = await dying.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { events, states, describe: look } = await world(definition, { database, invoke: (event) => ok(event) });
    await states.settled(1_000);
    expect(events).toEqual(dying.events);
    answer(ok('too late'));
    await dying.states.settled(1_000);
    expect(output(await look(arn))).toEqual(events[0]);
  });
});

it('retries end on time after a restart', async () => {
  const database = new DatabaseSync(':memory:');
  const definition = single({ ...task, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 600 }] });
  const before = await world(definition, { database, invoke: () => failed('E') });
  const arn = await before.start();
  await before.states.settled(1_000);
  await before.close();
  const after = await world(definition, { database });
  expect(after.events).toEqual([]);
  await after.clock.advance(601_000);
  expect([(await after.describe(arn)).status, after.events.length]).toEqual(['SUCCEEDED', 1]);
});

describe('a definition is refused, with its state and field, when', () => {
  const definition = (state: object, more: object = {}) => ({ ...single(state), ...more });
  const pass = { Type: 'Pass' };

  it.each<[string, object, RegExp]>([
    ['it is in JSONata', definition(pass, { QueryLanguage: 'JSONata' }), /QueryLanguage/],
    ['a state is in JSONata', definition({ ...pass, QueryLanguage: 'JSONata' }), /S\.QueryLanguage/],
    ['a state assigns variables', definition({ ...pass, Assign: { x: 1 } }), /S\.Assign: is not supported/],
    ['a path uses a variable', definition({ ...pass, InputPath: '$x.y' }), /S\.InputPath.*variables are not supported/],
    [
      'a task waits for a token',
      definition({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: {} }),
      /S\.Resource.*waitForTaskToken is not supported/,
    ],
    [
      'a task starts another execution',
      definition({ Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', Parameters: {} }),
      /S\.Resource/,
    ],
    ['a task runs an activity', definition({ Type: 'Task', Resource: 'arn:aws:states:r:000000000000:activity:a' }), /S\.Resource/],
    ['a task names a version', definition({ Type: 'Task', Resource: `${workArn}:7` }), /S\.Resource/],
    ['a task has a heartbeat', definition({ ...task, HeartbeatSeconds: 5 }), /S\.HeartbeatSeconds: is not supported/],
    ['a task has credentials', definition({ ...task, Credentials: {} }), /S\.Credentials/],
    [
      'a map is distributed',
      definition({
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'I',
          States: { I: { ...pass, End: true } },
        },
      }),
      /S\.ItemProcessor\.ProcessorConfig/,
    ],
    [
      'a map reads items',
      definition({ Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'I', States: { I: { ...pass, End: true } } } }),
      /S\.ItemReader/,
    ],
    [
      'a map tolerates failures',
      definition({ Type: 'Map', ToleratedFailureCount: 1, ItemProcessor: { StartAt: 'I', States: { I: { ...pass, End: true } } } }),
      /S\.ToleratedFailureCount/,
    ],
    ['a field is misspelt', definition({ ...pass, Resultpath: '$' }), /S\.Resultpath: is not supported/],
    ['a type is unknown', definition({ Type: 'Sleep' }), /S\.Type: no state type "Sleep"/],
    ['a next state is missing', definition({ ...pass, End: undefined, Next: 'X' }), /S: no state X/],
    ['a state has no way on', definition({ ...pass, End: undefined }), /S: has either Next or/],
    ['a state has two ways on', definition({ ...pass, Next: 'S' }), /S: has either Next or/],
    [
      'a state is never reached',
      { StartAt: 'S', States: { S: { ...pass, End: true }, X: { ...pass, End: true } } },
      /X: no other state leads to it/,
    ],
    ['the first state is missing', { StartAt: 'X', States: { S: { ...pass, End: true } } }, /StartAt: no state X/],
    ['two states share a name', definition({ Type: 'Parallel', Branches: [single(pass)] }), /S: another state has the same name/],
    ['a wait has no end', definition({ Type: 'Wait' }), /S: has one of Seconds/],
    ['a wait has two', definition({ Type: 'Wait', Seconds: 1, Timestamp: '2027-01-01T00:00:00Z' }), /S: has one of Seconds/],
    ['a timestamp is none', definition({ Type: 'Wait', Timestamp: '2027-02-30T00:00:00Z' }), /S\.Timestamp/],
    ['a template path is none', definition({ ...pass, Parameters: { a: [{ 'b.$': 'x.y' }] } }), /S\.Parameters\.a\[0\]\.b\.\$/],
    ['a template path is no text', definition({ ...pass, Parameters: { 'b.$': 1 } }), /S\.Parameters\.b\.\$/],
    ['a template gives a field twice', definition({ ...pass, Parameters: { b: 1, 'b.$': '$.x' } }), /S\.Parameters: b is given twice/],
    ['an intrinsic function is unknown', definition({ ...pass, Parameters: { 'b.$': 'States.Magic()' } }), /States\.Magic is no intrinsic/],
    [
      'an intrinsic function gets too many arguments',
      definition({ ...pass, Parameters: { 'b.$': 'States.UUID(1)' } }),
      /takes 0 arguments/,
    ],
    [
      'intrinsic functions nest too deep',
      definition({ ...pass, Parameters: { 'b.$': `${'States.Array('.repeat(11)}1${')'.repeat(11)}` } }),
      /10 deep/,
    ],
    ['a result path is no reference', definition({ ...pass, ResultPath: '$.a[*]' }), /S\.ResultPath/],
    ['States.ALL is not alone', definition({ ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }), /S\.Retry\[0\]\.ErrorEquals/],
    [
      'States.ALL is not last',
      definition({ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
      /S\.Retry\[0\]\.ErrorEquals/,
    ],
    [
      'a retrier never backs off enough',
      definition({ ...task, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      /S\.Retry\[0\]\.MaxDelaySeconds/,
    ],
    ['a back-off shrinks', definition({ ...task, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }), /S\.Retry\[0\]\.BackoffRate/],
    [
      'a choice operator is unknown',
      { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', Like: 'y', Next: 'E' }] }, E: { Type: 'Succeed' } } },
      /C\.Choices\[0\]\.Like: no such operator/,
    ],
    [
      'a choice compares with the wrong type',
      {
        StartAt: 'C',
        States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: '5', Next: 'E' }] }, E: { Type: 'Succeed' } },
      },
      /C\.Choices\[0\]\.NumericEquals: takes a number/,
    ],
    [
      'an inner rule names a state',
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Not: { Variable: '$.x', IsNull: true, Next: 'E' }, Next: 'E' }] },
          E: { Type: 'Succeed' },
        },
      },
      /C\.Choices\[0\]\.Not\.Next/,
    ],
  ])('%s', async (_name, given, reason) => {
    await expect(world(given)).rejects.toThrow(reason);
    await expect(world(given)).rejects.toThrow(/^Machine \(AWS::StepFunctions::StateMachine\)/);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['it is an express workflow', { StateMachineType: 'EXPRESS' }, /only standard workflows/],
    ['it lies in S3', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }, /DefinitionS3Location/],
    ['it is no JSON', { DefinitionString: '{' }, /not JSON/],
  ])('%s', async (_name, properties, reason) => {
    await expect(world(single(pass), { properties })).rejects.toThrow(reason);
  });

  it('the role does not grant a function that the definition names', async () => {
    await expect(world(single(task), { mayInvoke: () => false })).rejects.toThrow(/lambda:InvokeFunction on .*:function:work/);
  });

  it('but substitutions are filled in', async () => {
    const properties = {
      DefinitionString: JSON.stringify(single({ ...task, Resource: '${Work}' })),
      DefinitionSubstitutions: { Work: workArn },
    };
    const { run, events } = await world(single(pass), { properties });
    expect([(await run()).status, events.length]).toEqual(['SUCCEEDED', 1]);
    expect(machineArn).toContain('stateMachine');
  });
});
