import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import type { RateRule, RateVerdict } from '#shared/platform/rate-limit/rate-rule.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const rule: RateRule = { name: 'sign-in-address', limit: 5, windowSeconds: 60 };
const allowed = (verdicts: readonly RateVerdict[]): number => verdicts.filter(({ isAllowed }) => isAllowed).length;

describe.each<[string, (clock: FakeClock) => Promise<RateLimits>]>([
  ['the fake', async (clock) => fakeRateLimits(clock)],
  ['DynamoDB', async (clock) => dynamodbRateLimits(await engine.table(), clock)],
])('rate limits: %s', (_, open) => {
  let clock: FakeClock;
  let limits: RateLimits;
  const hits = (count: number, key = 'a') => Promise.all(Array.from({ length: count }, () => limits.hit(rule, key)));
  beforeEach(async () => {
    clock = fakeClock(Date.UTC(2026, 10, 21, 12));
    limits = await open(clock);
  });

  it('lets the limit through and not one more, however many come at once', async () => {
    const verdicts = await hits(40);
    expect(allowed(verdicts)).toBe(5);
    expect(
      verdicts
        .map(({ remaining }) => remaining)
        .toSorted((a, b) => b - a)
        .slice(0, 5),
    ).toEqual([4, 3, 2, 1, 0]);
  });

  it('counts each key and each rule on its own', async () => {
    await hits(5, 'a');
    expect(allowed(await hits(1, 'b'))).toBe(1);
    expect((await limits.hit({ ...rule, name: 'codes-address' }, 'a')).isAllowed).toBe(true);
    expect(allowed(await hits(1, 'a'))).toBe(0);
  });

  it('has no burst at the border of two windows', async () => {
    clock.advance(59_000);
    await hits(5);
    clock.advance(2_000);
    expect(allowed(await hits(10))).toBe(1);
  });

  it('is open again after the wait that it said, not a second before', async () => {
    await hits(4);
    clock.advance(10_000);
    for (let round = 0; round < 6; round += 1) {
      const verdicts = await hits(2);
      const refused = verdicts.find(({ isAllowed }) => !isAllowed);
      expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
      clock.advance(refused!.retryAfterSeconds * 1_000);
      expect(allowed(await hits(1))).toBe(1);
    }
  });

  it('holds large limits as well, and a limit of one', async () => {
    const [many, one] = [
      { name: 'many', limit: 150, windowSeconds: 3_600 },
      { name: 'one', limit: 1, windowSeconds: 10 },
    ];
    const once = async (rule: RateRule, count: number) =>
      allowed(await Promise.all(Array.from({ length: count }, () => limits.hit(rule, 'a'))));
    expect(await once(many, 155)).toBe(150);
    expect(await once(one, 3)).toBe(1);
    clock.advance(3_600_000 + 1_800_000);
    const passed = await once(many, 90);
    expect(passed).toBeGreaterThanOrEqual(70);
    expect(passed).toBeLessThanOrEqual(75);
    expect(await once(one, 3)).toBe(1);
    clock.advance(10_000);
    expect(await once(one, 3)).toBe(0);
    clock.advance(1);
    expect(await once(one, 3)).toBe(1);
  });

  it('gives all of the limit back when nothing came for as long as it said', async () => {
    clock.advance(12_345);
    const verdicts = await hits(8);
    clock.advance(Math.max(...verdicts.map(({ resetSeconds }) => resetSeconds)) * 1_000);
    expect(allowed(await hits(8))).toBe(5);
  });

  it('lets at most the limit pass in each window, however long somebody hammers', async () => {
    const passed: number[] = [];
    for (let second = 0; second < 240; second += 2) {
      if (allowed(await hits(2)) > 0) passed.push(second);
      clock.advance(2_000);
    }
    const perMinute = [0, 1, 2, 3].map((minute) => passed.filter((second) => Math.floor(second / 60) === minute).length);
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(5);
    // Nor is a caller who hammers locked out for good.
    expect(Math.min(...perMinute)).toBeGreaterThanOrEqual(3);
  });
});

describe('rate limits in DynamoDB', () => {
  it('cost one call a hit and name nobody', async () => {
    const table = await engine.table();
    const limits = dynamodbRateLimits(table, fakeClock());
    const calls: string[] = [];
    table.client.middlewareStack.add(
      (next, { commandName }) => {
        calls.push(String(commandName));
        return (args) => next(args);
      },
      { step: 'initialize', name: 'counted' },
    );
    for (let hit = 0; hit < 7; hit += 1) await limits.hit(rule, 'sari@example.id');
    table.client.middlewareStack.remove('counted');
    expect(calls).toHaveLength(7);
    const { Items } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(JSON.stringify(Items)).not.toContain('sari');
  });

  it('stay small for a key that comes now and then for days, and go when it does not', async () => {
    const table = await engine.table();
    const clock = fakeClock(Date.UTC(2026, 10, 21, 12));
    const limits = dynamodbRateLimits(table, clock);
    for (let hit = 0; hit < 60; hit += 1) {
      clock.advance(600_000);
      expect((await limits.hit(rule, 'a')).isAllowed).toBe(true);
    }
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    const { Item = {} } = await table.client.send(new GetCommand({ TableName: table.name, Key: { pk: Items[0]!['pk'], sk: 'LIMIT' } }));
    expect(Object.keys(Item).length).toBeLessThan(25);
    expect(Item['ttl']).toBe(clock.now() / 1_000 + 120);
  });
});
