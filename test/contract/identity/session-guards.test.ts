import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { fakeSessionGuards } from '#test/fakes/fake-session-guards.ts';
import { accessTokenSeconds, type TokenIdentity } from '#shared/identity/access-token.ts';
import { dynamodbPublishedKeys, dynamodbSessionGuards, publishedKeyOf } from '#shared/identity/dynamodb-session-guards.ts';
import { stands, type SessionGuards } from '#shared/identity/session-guard.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const token = (over: Partial<TokenIdentity> = {}): TokenIdentity => ({
  subject: '1',
  roles: ['member'],
  sessionId: 'ses_1',
  version: 1,
  ...over,
});

describe.each<[string, (clock: FakeClock) => Promise<SessionGuards>]>([
  ['the fake', async (clock) => fakeSessionGuards(clock)],
  ['DynamoDB', async (clock) => dynamodbSessionGuards(await engine.table(), clock)],
])('session guards: %s', (_, open) => {
  let clock: FakeClock;
  let guards: SessionGuards;
  const passes = async (over: Partial<TokenIdentity> = {}) => {
    const guard = await guards.read('1');
    return guard !== undefined && stands(guard, token(over));
  };
  beforeEach(async () => {
    clock = fakeClock();
    guards = await open(clock);
  });

  it('let nobody through who has none', async () => {
    expect(await guards.read('1')).toBeUndefined();
    await guards.revoke('1', 'ses_1');
    expect(await guards.read('1')).toBeUndefined();
  });

  it('open at version 1, once', async () => {
    await guards.open('1');
    await guards.raise('1');
    await guards.open('1');
    expect(await guards.read('1')).toEqual({ version: 2, revoked: {} });
  });

  it('end every token when they are raised, and none that came after', async () => {
    await guards.open('1');
    expect(await passes()).toBe(true);
    const version = await guards.raise('1');
    expect(await passes()).toBe(false);
    expect(await passes({ version })).toBe(true);
  });

  it('end one session and leave the others', async () => {
    await guards.open('1');
    await guards.revoke('1', 'ses_1');
    expect(await passes()).toBe(false);
    expect(await passes({ sessionId: 'ses_2' })).toBe(true);
  });

  it('count each of many raises at once', async () => {
    await guards.open('1');
    const versions = await Promise.all(Array.from({ length: 20 }, () => guards.raise('1')));
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });

  it('lose no session of many that are ended at once, also while expired ones are taken away', async () => {
    await guards.open('1');
    for (let index = 0; index < 30; index += 1) await guards.revoke('1', `old_${index}`);
    clock.advance(1_000_000);
    const ended = Array.from({ length: 30 }, (_, index) => `ses_${index}`);
    await Promise.all(ended.map((sessionId) => guards.revoke('1', sessionId)));
    for (const sessionId of ended) expect([sessionId, await passes({ sessionId })]).toEqual([sessionId, false]);
    expect(await passes({ sessionId: 'ses_x' })).toBe(true);
  });

  it('stay whole when all sessions are ended between two that are ended one by one', async () => {
    await guards.open('1');
    await Promise.all([guards.revoke('1', 'ses_1'), guards.raise('1'), guards.revoke('1', 'ses_2')]);
    const { version } = (await guards.read('1'))!;
    expect(version).toBe(2);
    expect(await passes({ sessionId: 'ses_3' })).toBe(false);
    expect(await passes({ sessionId: 'ses_3', version })).toBe(true);
  });

  it('forget a session when its last token has expired, so that they do not grow for ever', async () => {
    await guards.open('1');
    for (let index = 0; index < 150; index += 1) {
      await guards.revoke('1', `ses_${index}`);
      clock.advance(30_000);
    }
    const guard = await guards.read('1');
    // 11 minutes hold 22 of them, and each write takes away what is older.
    expect(Object.keys(guard!.revoked).length).toBeLessThan(30);
    expect(guard!.version).toBe(1);
    expect(stands(guard!, token({ sessionId: 'ses_149' }))).toBe(false);
  });

  it('still know a session for as long as a token of it can live', async () => {
    await guards.open('1');
    await guards.revoke('1', 'ses_1');
    clock.advance(accessTokenSeconds * 1_000);
    await guards.revoke('1', 'ses_2');
    expect(await passes()).toBe(false);
  });

  it('end all sessions rather than list more than a hundred', async () => {
    await guards.open('1');
    for (let index = 0; index < 100; index += 1) await guards.revoke('1', `ses_${index}`);
    expect(await passes({ sessionId: 'ses_x' })).toBe(true);
    await guards.revoke('1', 'ses_100');
    expect(await guards.read('1')).toEqual({ version: 2, revoked: {} });
  });
});

describe('published keys in DynamoDB', () => {
  it('are the public keys alone, in order of their ids', async () => {
    const table = await engine.table();
    const put = (kid: string) =>
      table.client.send(
        new PutCommand({ TableName: table.name, Item: { ...publishedKeyOf(kid), jwk: { kid, kty: 'OKP', crv: 'Ed25519', x: 'AA' } } }),
      );
    await put('key_2');
    await put('key_1');
    await dynamodbSessionGuards(table, fakeClock()).open('1');
    expect((await dynamodbPublishedKeys(table).list()).map(({ kid }) => kid)).toEqual(['key_1', 'key_2']);
  });
});
