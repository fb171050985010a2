import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '#shared/platform/dynamodb.ts';
import { dynamodbLedger, type DynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeLevels } from '#test/fakes/fake-ledger.ts';
import { depositOf, holdOn, sari, withdrawalOf } from '#test/fakes/ledger-samples.ts';
import { startDynamodb, type Engine } from '../platform/dynamodb-engine.ts';

let engine: Engine;
let table: Table;
let ledger: DynamodbLedger;
let folder: string;
beforeAll(async () => {
  engine = await startDynamodb();
  table = await engine.table();
  ledger = dynamodbLedger(table, { clock: fakeClock(), levels: fakeLevels(), limits: walletLimits });
  folder = await mkdtemp(join(tmpdir(), 'xm-ledger-'));
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const command = join(import.meta.dirname, '../../../infra/commands/ledger-verify.ts');

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: engine.url,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('npm run ledger:verify', () => {
  it('counts a whole ledger, keeps its heads, and finds it whole again when it has grown', async () => {
    await ledger.post(depositOf(sari, 150_000));
    const heads = join(folder, 'heads.json');
    expect(await run('--table', table.name, '--heads', heads)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('2 accounts, 2 entries, 1 postings, 1 claims, 0 holds; together Rp 0: whole'),
    });
    expect(Object.keys(JSON.parse(await readFile(heads, 'utf8')) as object)).toContain(sari);
    await ledger.hold(holdOn(sari, 60_000));
    await ledger.settleHold(withdrawalOf(sari, 60_000));
    const grown = await run('--table', table.name, '--heads', heads);
    expect(grown).toMatchObject({ code: 0, out: expect.stringContaining('4 accounts, 6 entries, 3 postings, 2 claims, 1 holds') });
    expect(grown.out).toMatch(/^member +Rp 90,000$/m);
  });

  it('exits with 1 and names what differs, and keeps no heads of it', async () => {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: `ACCOUNT#${sari}`, sk: 'ENTRY#0000000000000001' },
        UpdateExpression: 'SET amountRupiah = :more',
        ExpressionAttributeValues: { ':more': 1_150_000 },
      }),
    );
    const heads = join(folder, 'others.json');
    const { code, out, err } = await run('--table', table.name, '--heads', heads);
    expect(code).toBe(1);
    expect(err).toContain(`${sari}/1: the hash is not that of the entry`);
    expect(out).toMatch(/\d+ problems/);
    await expect(readFile(heads)).rejects.toThrow('ENOENT');
  });

  it('exits with 1 for a table that is not there, and with 2 for a wrong command line', async () => {
    expect(await run('--table', 'no-such-table')).toMatchObject({ code: 1 });
    expect(await run('--what')).toMatchObject({ code: 2, err: expect.stringContaining('npm run ledger:verify') });
    expect(await run('--table', 'a', '--data', 'b')).toMatchObject({ code: 2 });
  });
});
