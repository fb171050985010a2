import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import { generatedLog } from '#test/bench/generate-log.ts';
import { functionLog, type RunningStack, startLocalStack, until } from './local-stack.ts';

/** Three ranges of 64 MiB, the last one short. */
const bytes = 140 * 1024 * 1024;

let stack: RunningStack;

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
});

afterAll(async () => {
  await stack.dispose();
});

describe('kill -9 of the stack', () => {
  it('in the middle of a scan, again and again, changes neither records nor counts, and the file is closed once', async () => {
    const path = await generatedLog(bytes, 7);
    const expected = await recordsInOneGo(path);
    await stack.s3.send(
      new PutObjectCommand({ Bucket: stack.bucket, Key: 'big.log', Body: createReadStream(path), ContentLength: statSync(path).size }),
    );
    for (const milliseconds of [300, 1_500, 2_500]) {
      await sleep(milliseconds);
      await stack.kill();
      stack = await stack.restart();
    }
    await until(async () => {
      // What a dead worker held is hidden until its lease is over.
      await stack.advance('PT2M');
      return ['done', 'failed'].includes((await fileView()).status);
    }, 120_000);

    const file = await fileView();
    expect(file).toMatchObject({
      status: 'done',
      counts: { lines: expected.lines, bytes: statSync(path).size, records: expected.records.length },
    });
    expect(await storedRecords(file.id)).toEqual(expected.records.map(({ offset, length, level }) => ({ offset, length, level })));
    // A worker that is killed between closing and telling leaves no line, so at most one.
    const closings = functionLog(stack, 'xm-logs-scan-range')
      .split('\n')
      .filter((line) => line.includes('"closed":"done"'));
    expect(closings.length).toBeLessThanOrEqual(1);
  });
});

describe('Ctrl-C', () => {
  it('stops the stack without a complaint, and the next start finds everything', async () => {
    const before = await fileView();
    expect(await stack.stop()).toBe(0);
    expect(stack.output().split('Stopping …')[1]).not.toMatch(/WARN|ERROR/);
    stack = await stack.restart();
    expect(await fileView()).toEqual(before);
  });
});

interface FileView {
  id: string;
  status: string;
  counts: { lines: number; records: number };
}

async function fileView(): Promise<FileView> {
  const { files } = (await (await stack.get('/api/admin/logs/files')).json()) as { files: FileView[] };
  return files[0] ?? { id: '', status: 'unknown', counts: { lines: 0, records: 0 } };
}

/** In the order of the file. */
async function storedRecords(fileId: string): Promise<Pick<ErrorRecord, 'offset' | 'length' | 'level'>[]> {
  const found: Pick<ErrorRecord, 'offset' | 'length' | 'level'>[] = [];
  let cursor: string | null = null;
  do {
    const response = await stack.get(`/api/admin/logs/files/${fileId}/errors?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`);
    const page = (await response.json()) as { errors: ErrorRecord[]; nextCursor: string | null };
    found.push(...page.errors.map(({ offset, length, level }) => ({ offset, length, level })));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

async function recordsInOneGo(path: string): Promise<{ records: ErrorRecord[]; lines: number }> {
  const records: ErrorRecord[] = [];
  const { size } = statSync(path);
  await using handle = await open(path);
  const options = {
    encoding: 'utf-8',
    fileTimeMs: Date.now(),
    onRecords: async (batch: readonly ErrorRecord[]) => void records.push(...batch),
  } as const;
  const { lines } = await scanRange(fileByteSource(handle, size), { start: 0, end: size }, options);
  return { records, lines };
}
