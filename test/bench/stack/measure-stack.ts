/**
 * The two-worker local stack on one file: from the end of the upload to the file's last range.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { startLocalStack, until } from '#test/journey/local-stack.ts';

export interface StackNumbers {
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly records: number;
  readonly recordsPerSecond: number;
  /** The most that Lambda's REPORT lines tell of a scanner. */
  readonly workerMemoryMegabytes: number;
  readonly secondStartSeconds: number;
}

interface FileView {
  readonly status: string;
  readonly uploadedAt: string;
  readonly plannedAt: string;
  readonly closedAt: string;
  readonly counts: { readonly records: number };
}

const scanMsMax = 15 * 60_000;

/** Starts a stack of its own whose functions are processes, so that a worker's memory can be told. Throws when the file is not done in the end. */
export async function measureStack(path: string): Promise<StackNumbers> {
  let stack = await startLocalStack('--no-demo', '--isolation', 'process', '--workers', '2');
  try {
    const { size } = statSync(path);
    await stack.s3.send(
      new PutObjectCommand({ Bucket: stack.bucket, Key: 'bench.log', Body: createReadStream(path), ContentLength: size }),
    );
    let file: FileView | undefined;
    await until(async () => {
      const { files } = (await (await stack.get('/api/admin/logs/files')).json()) as { files: FileView[] };
      file = files[0];
      return file?.status === 'done' || file?.status === 'failed';
    }, scanMsMax);
    if (file?.status !== 'done') throw new Error(`The stack did not finish the file: ${JSON.stringify(file)}`);
    const seconds = (Date.parse(file.closedAt) - Date.parse(file.plannedAt)) / 1000;
    const workerMemoryMegabytes = memoryReported(stack.dataDirectory);
    await stack.stop();
    const started = performance.now();
    stack = await stack.restart();
    const secondStartSeconds = (performance.now() - started) / 1000;
    const { records } = file.counts;
    return {
      seconds,
      megabytesPerSecond: size / 1e6 / seconds,
      records,
      recordsPerSecond: records / seconds,
      workerMemoryMegabytes,
      secondStartSeconds,
    };
  } finally {
    await stack.dispose();
  }
}

function memoryReported(dataDirectory: string): number {
  const log = readFileSync(join(dataDirectory, 'logs', 'xm-logs-scan-range.log'), 'utf8');
  return Math.max(...[...log.matchAll(/Max Memory Used: (\d+) MB/g)].map(([, megabytes]) => Number(megabytes)));
}
