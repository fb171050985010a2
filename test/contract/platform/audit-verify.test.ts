/**
 * `npm run audit:verify` as an operator runs it: a process, against the engine of the local stack.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
let folder: string;
let table: Table;
let audit: AuditLog;

beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  table = await engine.table(['gsi1', 'gsi2']);
  audit = dynamodbAuditLog(table, fakeClock());
  folder = mkdtempSync(join(tmpdir(), 'xm-audit-'));
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ gateway: engine.url, outputs: { AuditTable: table.name } }));
  for (const stream of ['member:1', 'member:2']) await append(stream, 3);
  return () => rmSync(folder, { recursive: true });
});

async function append(stream: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await audit.append({ stream, subject: stream, actor: 'system', action: 'member.noted', reason: 'r' });
}

const keyOf = (stream: string, seq: number) => ({ pk: `STREAM#${stream}`, sk: String(seq).padStart(12, '0') });

async function tamper(stream: string, seq: number): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keyOf(stream, seq),
      UpdateExpression: 'SET reason = :other',
      ExpressionAttributeValues: { ':other': 'another' },
    }),
  );
}

async function verify(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: engine.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const child = spawn(process.execPath, ['infra/commands/audit-verify.ts', ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

describe('npm run audit:verify', () => {
  it('finds the log of the stack on a data folder whole, and a table by its name', async () => {
    const whole = { code: 0, out: 'chains 2, records 6, broken 0\n', err: '' };
    expect(await verify('--data', folder)).toEqual(whole);
    expect(await verify('--table', table.name)).toEqual(whole);
  });

  it('names where every broken chain is broken, and fails', async () => {
    await tamper('member:1', 2);
    await tamper('member:2', 3);
    const { code, out, err } = await verify('--data', folder);
    expect(code).toBe(1);
    expect(err.trim().split('\n').toSorted()).toEqual(['broken at member:1/2', 'broken at member:2/3']);
    expect(out).toBe('chains 2, records 5, broken 2\n');
  });

  it('looks at one stream alone when asked to', async () => {
    await tamper('member:1', 2);
    expect(await verify('--data', folder, '--stream', 'member:2')).toMatchObject({ code: 0, out: 'chains 1, records 3, broken 0\n' });
    expect(await verify('--data', folder, '--stream', 'member:1')).toMatchObject({ code: 1 });
  });

  it('misses an end that it has seen before', async () => {
    const ends = join(folder, 'ends.json');
    expect(await verify('--data', folder, '--ends', ends)).toMatchObject({ code: 0 });
    await append('member:2', 1);
    expect(await verify('--data', folder, '--ends', ends)).toMatchObject({ code: 0 });
    const kept = readFileSync(ends, 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ 'member:1': { seq: 3 }, 'member:2': { seq: 4 } });
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: keyOf('member:2', 4) }));
    expect(await verify('--data', folder)).toMatchObject({ code: 0 });
    expect(await verify('--data', folder, '--ends', ends)).toMatchObject({ code: 1, err: 'broken at member:2/4\n' });
    expect(readFileSync(ends, 'utf8')).toBe(kept);
  });

  it.each<[string, string[], number, string]>([
    ['an option that there is not', ['--all'], 2, '--all'],
    ['two places at once', ['--data', 'a', '--table', 'b'], 2, 'Either --data or --table.'],
    ['a folder on which nothing runs', ['--data', '/nonexistent'], 1, 'No stack runs on /nonexistent'],
  ])('says what is wrong with %s', async (...[, args, code, message]) => {
    const failed = await verify(...args);
    expect(failed.code).toBe(code);
    expect(failed.err).toContain(message);
  });
});
