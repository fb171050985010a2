import { afterEach, describe, expect, it } from 'vitest';
import { closeWorlds, failed, ok, single, world, task, output } from './states-world.ts';

afterEach(closeWorlds);

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
