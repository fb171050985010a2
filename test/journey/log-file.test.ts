import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoLog } from '#infra/local/demo/log.ts';
import { operator } from '#infra/local/operator.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { sampleFile } from '#test/fakes/log-samples.ts';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';

interface FileView {
  id: string;
  key: string;
  versionId: string;
  status: string;
  encoding: string | null;
  compression: string | null;
  failure: { reason: string; detail: string } | null;
  counts: { lines: number; records: number };
}

interface ErrorView {
  id: string;
  offset: number;
  length: number;
  line: number | null;
  level: string;
  time: string | null;
  message: string;
  stack: string | null;
}

const endMs = Date.UTC(2026, 10, 21, 12);
const log = demoLog(endMs);
/** What the demo holds: every 97th event is a Java error, every 151st a Python one. */
const errorsInDemo = 6 + 3;

let stack: RunningStack;

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
});

afterAll(async () => {
  await stack.dispose();
});

describe('a dropped log file', () => {
  it('can be read as errors seconds later, newest first, with the lines around them', async () => {
    const file = await dropped('shop/checkout.log', log);
    expect(file).toMatchObject({ status: 'done', failure: null, counts: { records: errorsInDemo, lines: log.split('\n').length - 1 } });

    const errors = await errorsOf(`/api/admin/logs/errors?file=${file.id}`);
    expect(errors).toHaveLength(errorsInDemo);
    const times = errors.map(({ time }) => Date.parse(time ?? ''));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    for (const { offset, length, line, message, stack: trace } of errors) {
      const original = log.slice(offset, offset + length);
      expect(original).toContain(message);
      expect(log.slice(0, offset).split('\n')).toHaveLength(line ?? 0);
      expect(trace).toMatch(/^(java\.net\.SocketTimeoutException|Traceback)/);
      expect(original.endsWith('\n')).toBe(true);
    }

    const [newest] = errors;
    expect(await answer(`/api/admin/logs/errors/${newest?.id}`)).toMatchObject({ id: newest?.id, offset: newest?.offset });
    const context = (await answer(`/api/admin/logs/errors/${newest?.id}/context?lines=3`)) as Record<
      'before' | 'record' | 'after',
      { text: string }[]
    >;
    const around = [...context.before, ...context.record, ...context.after].map(({ text }) => text).join('\n');
    expect(log).toContain(around);
    expect(context.before).toHaveLength(3);
  });

  it('is filtered by level, time window and text, and paged by cursor without loss or repetition', async () => {
    const file = await dropped('shop/filtered.log', log);
    const all = await errorsOf(`/api/admin/logs/errors?file=${file.id}`);
    expect(await errorsOf(`/api/admin/logs/errors?file=${file.id}&text=LEBARAN`)).toHaveLength(3);
    expect(await errorsOf(`/api/admin/logs/errors?file=${file.id}&level=fatal`)).toHaveLength(0);
    const window = `from=${all[5]?.time}&to=${all[2]?.time}`;
    expect((await errorsOf(`/api/admin/logs/errors?file=${file.id}&${window}`)).map(({ id }) => id)).toEqual(
      all.slice(2, 6).map(({ id }) => id),
    );
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = (await answer(`/api/admin/logs/errors?file=${file.id}&limit=2${cursor && `&cursor=${cursor}`}`)) as {
        errors: ErrorView[];
        nextCursor: string | null;
      };
      paged.push(...page.errors.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('is scanned again when the same key is uploaded again, as a new version', async () => {
    const first = await dropped('shop/twice.log', log);
    const second = await dropped('shop/twice.log', `${log}${log}`, first.id);
    expect(second.versionId).not.toBe(first.versionId);
    expect(second.counts.records).toBe(2 * errorsInDemo);
    expect(await answer(`/api/admin/logs/files/${first.id}`)).toMatchObject({ counts: { records: errorsInDemo } });
  });

  it.each<[name: string, body: Buffer, outcome: Partial<FileView>]>([
    ['empty', Buffer.alloc(0), { status: 'done' }],
    ['binary', Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256)), { status: 'failed' }],
    ['gzip', gzipSync(log), { status: 'done', compression: 'gzip' }],
    ['zstd', zstdCompressSync(log), { status: 'done', compression: 'zstd' }],
    ['CRLF', Buffer.from(log.replaceAll('\n', '\r\n')), { status: 'done' }],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${log}`), { status: 'done', encoding: 'utf-8' }],
    ['UTF-16', Buffer.from(`\ufeff${log}`, 'utf16le'), { status: 'done', encoding: 'utf-16le' }],
    ['invalid UTF-8', Buffer.concat([Buffer.from(log), Buffer.from([0xff, 0xfe, 0xc0, 0x0a])]), { status: 'done' }],
  ])('that is %s has its stated outcome', async (name, body, outcome) => {
    const file = await dropped(`forms/${name}`, body);
    expect(file).toMatchObject(outcome);
    const hasErrors = name !== 'empty' && name !== 'binary';
    expect(file.counts.records).toBe(hasErrors ? errorsInDemo : 0);
    expect(file.failure?.reason).toBe(name === 'binary' ? 'binary-content' : undefined);
  });

  it('that is a cut off archive fails with the offset reached and keeps what was found', async () => {
    const long = log.repeat(40);
    const archive = gzipSync(long);
    const file = await dropped('forms/cut.log.gz', archive.subarray(0, archive.length - 500));
    expect(file.status).toBe('failed');
    expect(file.failure?.detail).toMatch(/\d/);
    expect(file.counts.records).toBeGreaterThan(errorsInDemo);
  });

  it('that is deleted at once does not stay open', async () => {
    const { VersionId } = await stack.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key: 'gone.log', Body: log }));
    await stack.s3.send(new DeleteObjectCommand({ Bucket: stack.bucket, Key: 'gone.log', VersionId }));
    await dropped('after-gone.log', log);
    const files = await filesNamed('gone.log');
    for (const file of files) expect(['done', 'failed']).toContain(file.status);
  });

  it('whose messages are gone is closed by the minute', async () => {
    const weeksAgo = Date.now() - 20 * 24 * 3_600_000;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: stack.gateway, region: 'ap-southeast-3', credentials: operator }),
    );
    const files = dynamodbFileStore({ client, name: 'xm-logs-table', retentionDays: limits.retentionDays, chance: seededChance() });
    const { id } = await files.add(sampleFile({ uploadedAtMs: weeksAgo, plannedAtMs: weeksAgo }));
    client.destroy();
    await stack.advance('PT2M');
    expect(await answer(`/api/admin/logs/files/${id}`)).toMatchObject({ status: 'failed', failure: { reason: 'stalled' } });
  });
});

describe('the API', () => {
  it.each<[string, string[], number]>([
    ['nobody', [], 401],
    ['a support agent', ['support'], 403],
    ['ops', ['ops'], 200],
    ['an owner', ['owner'], 200],
  ])('answers %s', async (_who, roles, status) => {
    expect((await stack.get('/api/admin/logs/files', roles)).status).toBe(status);
  });

  it('answers bad input with a problem that points at it', async () => {
    const response = await stack.get('/api/admin/logs/errors?limit=many');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, errors: [{ pointer: expect.stringContaining('limit') }] });
  });

  it('lets an upload through a presigned address', async () => {
    const response = await fetch(`${stack.api}/api/admin/logs/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await stack.token('ops')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'from-a-browser.log' }),
    });
    expect(response.status).toBe(201);
    const { url, key } = (await response.json()) as { url: string; key: string };
    expect((await fetch(url, { method: 'PUT', body: log })).status).toBe(200);
    const file = await settled(key);
    expect(file.counts.records).toBe(errorsInDemo);
  });
});

async function dropped(key: string, body: string | Buffer, olderThan?: string): Promise<FileView> {
  await stack.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key: key, Body: body }));
  return settled(key, olderThan);
}

/** The file of a key once it is done or failed. */
async function settled(key: string, otherThan?: string): Promise<FileView> {
  let found: FileView | undefined;
  await until(async () => {
    found = (await filesNamed(key)).find(({ id, status }) => id !== otherThan && (status === 'done' || status === 'failed'));
    return found !== undefined;
  });
  return found as FileView;
}

async function filesNamed(key: string): Promise<FileView[]> {
  const { files } = (await answer('/api/admin/logs/files?limit=200')) as { files: FileView[] };
  return files.filter((file) => file.key === key);
}

async function errorsOf(path: string): Promise<ErrorView[]> {
  return ((await answer(path)) as { errors: ErrorView[] }).errors;
}

async function answer(path: string): Promise<unknown> {
  const response = await stack.get(path);
  expect(response.status, path).toBe(200);
  return response.json();
}
