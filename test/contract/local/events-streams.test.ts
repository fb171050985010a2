import { describe, expect, it } from 'vitest';
import { enginesForAllTests, world, until, succeeded, idle, open, type Event } from './streams-harness.ts';

enginesForAllTests();

describe('a mapping from a stream to a function', () => {
  it('hands changes over as Lambda does', async () => {
    const { start, put, remove, events, streamArn } = world();
    await put('a', 1);
    await put('a', 2);
    await remove('a');
    await start();
    await until(() => events.length > 0);
    const records = events.flatMap(({ Records }) => Records);
    expect(records).toEqual([
      {
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'ap-southeast-3',
        eventSourceARN: streamArn,
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: 'a' } },
          NewImage: { pk: { S: 'a' }, n: { N: '1' } },
          SequenceNumber: expect.stringMatching(/^\d+$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
      expect.objectContaining({
        eventName: 'MODIFY',
        dynamodb: expect.objectContaining({ OldImage: { pk: { S: 'a' }, n: { N: '1' } }, NewImage: { pk: { S: 'a' }, n: { N: '2' } } }),
      }),
      expect.objectContaining({ eventName: 'REMOVE', dynamodb: expect.objectContaining({ OldImage: { pk: { S: 'a' }, n: { N: '2' } } }) }),
    ]);
  });

  it('leaves out puts that change nothing', async () => {
    const { start, put, keys } = world();
    await put('a', 1);
    await put('a', 1);
    await put('b', 1);
    await start();
    await until(() => keys().flat().includes('b'));
    expect(keys().flat()).toEqual(['a', 'b']);
  });

  it('takes at most BatchSize at once, in order', async () => {
    const { start, put, keys } = world({ mapping: { BatchSize: 2 } });
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key);
    await start();
    await until(() => keys().flat().length === 5);
    expect(keys()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('gathers a batch while its window is open', async () => {
    const { start, put, keys } = world({ mapping: { MaximumBatchingWindowInSeconds: 1 } });
    await start();
    await put('a');
    await idle();
    expect(keys()).toEqual([]);
    await put('b');
    await until(() => keys().length > 0);
    expect(keys()).toEqual([['a', 'b']]);
  });

  it('from LATEST on gets what is written after the mapping was made, also what was written while it was down', async () => {
    const { start, put, keys } = world({ mapping: { StartingPosition: 'LATEST' } });
    await put('before');
    const first = await start();
    await first.close();
    await put('while down');
    await start();
    await put('after');
    await until(() => keys().flat().includes('after'));
    expect(keys().flat()).toEqual(['while down', 'after']);
  });

  it('goes on after its last batch when it starts again', async () => {
    const { start, put, keys } = world();
    await put('a');
    const first = await start();
    await until(() => keys().length === 1);
    await first.close();
    await put('b');
    await start();
    await until(() => keys().length === 2);
    await idle();
    expect(keys()).toEqual([['a'], ['b']]);
  });

  it('hands a batch over again when the process ends before the function does', async () => {
    const { start, put, keys } = world({ answer: (_event, call) => (call === 1 ? new Promise(() => {}) : succeeded) });
    await put('a');
    await start();
    await until(() => keys().length === 1);
    // Another process on the same cursors, while the first hangs for ever.
    open.length = 0;
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([['a'], ['a']]);
  });

  it('keeps what its filter matches', async () => {
    const Pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { n: { N: ['1', '3'] } } } });
    const { start, put, remove, keys } = world({ mapping: { FilterCriteria: { Filters: [{ Pattern }] } } });
    await put('a', 1);
    await put('b', 2);
    await put('a', 3);
    await remove('b');
    await put('c', 3);
    await start();
    await until(() => keys().flat().includes('c'));
    expect(keys().flat()).toEqual(['a', 'c']);
  });

  it('keeps an item in order while several lanes run side by side', async () => {
    const seen: [string, number][] = [];
    const answer = async (event: Event) => {
      for (const { dynamodb: change } of event.Records) seen.push([change.Keys.pk.S, Number(change.NewImage?.n?.N)]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return succeeded;
    };
    const { start, put, running } = world({ mapping: { ParallelizationFactor: 4, BatchSize: 2 }, answer });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (let n = 1; n <= 5; n++) for (const key of names) await put(key, n);
    await start();
    await until(() => seen.length === 40);
    for (const key of names) expect(seen.filter(([pk]) => pk === key).map(([, n]) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(running.most).toBeGreaterThan(1);
  });

  it('loses nothing when the number of lanes changes', async () => {
    const { start, put, keys } = world();
    await put('a');
    const first = await start({ ParallelizationFactor: 3 });
    await until(() => keys().length === 1);
    await first.close();
    for (const key of ['b', 'c', 'd', 'e']) await put(key);
    await start({ ParallelizationFactor: 2 });
    await until(() => new Set(keys().flat()).size === 5);
    expect([...new Set(keys().flat())].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('a mapping is refused, by name, when', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['it has a tumbling window', { TumblingWindowInSeconds: 30 }, /^Mapping .*TumblingWindowInSeconds/],
    ['it has no starting position', { StartingPosition: undefined }, /StartingPosition/],
    ['it starts at a time', { StartingPosition: 'AT_TIMESTAMP' }, /StartingPosition/],
    ['its age is too low', { MaximumRecordAgeInSeconds: 59 }, /MaximumRecordAgeInSeconds/],
    ['its factor is too high', { ParallelizationFactor: 11 }, /ParallelizationFactor/],
    [
      'its destination is no queue',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:r:0:t' } } },
      /is no queue of the template/,
    ],
    ['its table is not in the template', { EventSourceArn: 'arn:aws:dynamodb:r:0:table/none/stream/x' }, /no table/],
    ['its batch is too large', { BatchSize: 10_001 }, /BatchSize/],
  ])('%s', async (_name, changes, reason) => {
    await expect(world().start(changes)).rejects.toThrow(reason);
  });
});
