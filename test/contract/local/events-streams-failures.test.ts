import { describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import {
  enginesForAllTests,
  world,
  until,
  reports,
  warnings,
  succeeded,
  broken,
  idle,
  failing,
  keyIs,
  clock,
  type Event,
} from './streams-harness.ts';

enginesForAllTests();

describe('when the function fails', () => {
  it('the batch is tried again until it succeeds, and nothing overtakes it', async () => {
    const { start, put, keys } = world({ mapping: { BatchSize: 2 }, answer: (_event, call) => (call < 3 ? broken : succeeded) });
    for (const key of ['a', 'b', 'c']) await put(key);
    await start();
    await until(() => keys().length === 4);
    expect(keys()).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]);
  });

  it('MaximumRetryAttempts gives up, tells the queue where the records are, and goes on', async () => {
    const mapping = {
      MaximumRetryAttempts: 2,
      BatchSize: 2,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys, events, streamArn } = world({ mapping, answer: failing(keyIs('bad')) });
    for (const key of ['bad', 'with it', 'good']) await put(key);
    await start();
    await until(() => keys().flat().includes('good'));
    expect(keys()).toEqual([['bad', 'with it'], ['bad', 'with it'], ['bad', 'with it'], ['good']]);
    const sequences = events[0]?.Records.map(({ dynamodb: { SequenceNumber } }) => SequenceNumber) ?? [];
    expect(await reports()).toEqual([
      {
        requestContext: {
          requestId: expect.any(String),
          functionArn: 'arn:aws:lambda:ap-southeast-3:000000000000:function:consumer',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        DDBStreamBatchInfo: {
          shardId: expect.stringContaining('shardId-'),
          startSequenceNumber: sequences[0],
          endSequenceNumber: sequences[1],
          approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          approximateArrivalOfLastRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          batchSize: 2,
          streamArn,
        },
      },
    ]);
  });

  it('BisectBatchOnFunctionError finds the bad record without using up retries', async () => {
    const mapping = {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys } = world({ mapping, answer: failing(keyIs('bad')) });
    for (const key of ['a', 'b', 'bad', 'd']) await put(key);
    await start();
    await until(() => keys().length === 5);
    expect(keys()).toEqual([['a', 'b', 'bad', 'd'], ['a', 'b'], ['bad', 'd'], ['bad'], ['d']]);
    const [report] = await reports();
    expect(report?.['DDBStreamBatchInfo']).toMatchObject({ batchSize: 1 });
  });

  it('ReportBatchItemFailures tries again from the lowest failed record on', async () => {
    const answer = ({ Records }: Event, call: number): InvokeOutcome => ({
      ok: true,
      payload: {
        batchItemFailures:
          call === 1
            ? Records.filter((record) => keyIs('d')(record) || keyIs('b')(record))
                .toReversed()
                .map(({ dynamodb: { SequenceNumber } }) => ({ itemIdentifier: SequenceNumber }))
            : [],
      },
    });
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    for (const key of ['a', 'b', 'c', 'd']) await put(key);
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  it('ReportBatchItemFailures with an identifier of nothing tries all again', async () => {
    const answer = (_event: Event, call: number): InvokeOutcome => ({
      ok: true,
      payload: call === 1 ? { batchItemFailures: [{ itemIdentifier: 'x' }] } : null,
    });
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    await put('a');
    await put('b');
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('a checkpoint within a batch outlives the process', async () => {
    const answer = ({ Records }: Event): InvokeOutcome => {
      const bad = Records.find(keyIs('b'));
      return { ok: true, payload: { batchItemFailures: bad === undefined ? [] : [{ itemIdentifier: bad.dynamodb.SequenceNumber }] } };
    };
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    await put('a');
    await put('b');
    const first = await start();
    await until(() => keys().length === 2);
    await first.close();
    const before = keys().length;
    await start();
    await until(() => keys().length > before);
    expect(keys()[before]).toEqual(['b']);
  });

  it('throttling does not count as a retry', async () => {
    const throttled: InvokeOutcome = {
      ok: false,
      reason: 'throttled',
      errorType: 'TooManyRequestsException',
      errorMessage: 'Rate Exceeded',
    };
    const { start, put, keys } = world({
      mapping: { MaximumRetryAttempts: 0 },
      answer: (_event, call) => (call < 4 ? throttled : succeeded),
    });
    await put('a');
    await start();
    await until(() => keys().length === 4);
    await idle();
    expect(warnings.some((warning) => warning.includes('given up'))).toBe(false);
  });

  it('MaximumRecordAgeInSeconds gives up what has become too old', async () => {
    const mapping = {
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys } = world({ mapping, answer: failing(keyIs('bad')) });
    await put('bad');
    await start();
    await until(() => keys().length >= 2);
    await clock.advance(120_000);
    await put('good');
    await until(() => keys().flat().includes('good'));
    const [report] = await reports();
    expect(report?.['requestContext']).toMatchObject({ condition: 'RecordAgeExceeded' });
  });
});
