/**
 * The two-worker local stack on one file: from the end of the upload to the file's last range, and until it is in patterns and dashboard.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { synthesise } from '#infra/synthesis.ts';
import type { FileView } from '#shared/logs/present-file.ts';
import { startLocalStack, until, type RunningStack } from '#test/journey/local-stack.ts';
import { compareWithOneProcess, type Comparison } from './compare-stack.ts';
import { watchMemory } from './watch-memory.ts';

export interface StackNumbers {
  readonly uploadSeconds: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly records: number;
  readonly recordsPerSecond: number;
  /** From the last range until patterns and dashboard have the file. */
  readonly rollUpSeconds: number;
  /** The most that Lambda's REPORT lines tell of a scanner. */
  readonly workerMemoryMegabytes: number;
  /** Of all processes of the stack together, from the upload to the roll-up; undefined where the system does not tell. */
  readonly stackMemoryMegabytes: number | undefined;
  readonly secondStartSeconds: number;
  readonly comparison: Comparison | undefined;
}

const scanMsMax = 30 * 60_000;

/**
 * Starts a stack of its own whose functions are processes, so that a worker's memory can be told. With `compare`, what it found is held to what one
 * process finds. Throws when the file is not done in the end.
 */
export async function measureStack(path: string, { compare }: { compare: boolean }): Promise<StackNumbers> {
  // The first start makes the template, which may take longer than a start may.
  await synthesise();
  let stack = await startLocalStack('--no-demo', '--isolation', 'process', '--workers', '2');
  try {
    const { size } = statSync(path);
    const memory = watchMemory();
    const started = performance.now();
    await stack.s3.send(
      new PutObjectCommand({ Bucket: stack.bucket, Key: 'bench.log', Body: createReadStream(path), ContentLength: size }),
    );
    const uploadSeconds = (performance.now() - started) / 1000;
    const file = await rolledUp(stack);
    const stackMemoryMegabytes = memory.stop();
    const seconds = secondsBetween(file.plannedAt, file.closedAt);
    const comparison = compare ? await compareWithOneProcess(stack, file, path) : undefined;
    const workerMemoryMegabytes = memoryReported(stack.dataDirectory);
    await stack.stop();
    const restarted = performance.now();
    stack = await stack.restart();
    const { records } = file.counts;
    return {
      uploadSeconds,
      seconds,
      megabytesPerSecond: size / 1e6 / seconds,
      records,
      recordsPerSecond: records / seconds,
      rollUpSeconds: secondsBetween(file.closedAt, file.rolledUpAt),
      workerMemoryMegabytes,
      stackMemoryMegabytes,
      secondStartSeconds: (performance.now() - restarted) / 1000,
      comparison,
    };
  } finally {
    await stack.dispose();
  }
}

async function rolledUp(stack: RunningStack): Promise<FileView> {
  let file: FileView | undefined;
  await until(async () => {
    const { files } = (await (await stack.get('/api/admin/logs/files')).json()) as { files: FileView[] };
    file = files[0];
    return file?.status === 'failed' || (file?.rolledUpAt ?? null) !== null;
  }, scanMsMax);
  if (file?.status !== 'done') throw new Error(`The stack did not finish the file: ${JSON.stringify(file)}`);
  return file;
}

const secondsBetween = (from: string | null, to: string | null): number => (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;

function memoryReported(dataDirectory: string): number {
  const log = readFileSync(join(dataDirectory, 'logs', 'xm-logs-scan-range.log'), 'utf8');
  return Math.max(...[...log.matchAll(/Max Memory Used: (\d+) MB/g)].map(([, megabytes]) => Number(megabytes)));
}
