import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import type { ServiceCall } from '#infra/local/states/tasks.ts';
import { closeWorlds, failed, ok, single, workArn, world, task, output } from './states-world.ts';

afterEach(closeWorlds);

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
    await states.settled(100_000);
    expect(await look(arn)).toMatchObject({
      status: 'FAILED',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
  });

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
