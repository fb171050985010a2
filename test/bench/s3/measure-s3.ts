/**
 * How fast the local S3 is, measured from outside over HTTP, and how much memory its process takes.
 *
 * Run by itself: `node test/bench/s3/measure-s3.ts`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { startS3 } from '#infra/local/s3/server.ts';
import type { S3Server } from '#infra/local/s3/server.ts';

const mib = 1024 ** 2;
const objectBytes = 1024 * mib;
const partBytes = 8 * mib;
const rangeBytes = 8 * mib;
const smallObjects = 2_000;
const smallBytes = 1_024;
const concurrency = 8;

/** MiB, or requests where objects are small. */
interface Rate {
  readonly perSecond: number;
  /** By the processor time of the server's process alone: tells the same on a busy machine. Undefined where the system does not say. */
  readonly perServerCpuSecond: number | undefined;
}

export interface S3Numbers {
  /** MiB of one PUT of 1 GiB, payload unsigned, no checksum stated: the server computes MD5 and CRC64NVME. */
  readonly put: Rate;
  /** The same as 8 MiB parts through the AWS SDK, four at a time: SHA-256 of the payload, CRC-32, MD5 and CRC64NVME. */
  readonly multipart: Rate;
  /** MiB of 8 MiB ranges of it over plain HTTP, two at a time, bytes thrown away. */
  readonly rangedGet: Rate;
  /** The same through the AWS SDK, bytes collected. */
  readonly sdkRangedGet: Rate;
  /** 1 KiB objects through the AWS SDK, eight at a time. */
  readonly smallPuts: Rate;
  readonly smallGets: Rate;
  /** Most memory that the server's process ever had. Undefined where the system does not tell. */
  readonly peakRssMib: number | undefined;
}

const principal = { accessKeyId: 'BENCH', secretAccessKey: 'bench-secret', name: 'operator', statements: undefined };

export async function measureS3(): Promise<S3Numbers> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 's3-bench-'));
  const server = await startS3({
    dataDirectory,
    port: 0,
    region: 'us-east-1',
    accountId: '000000000000',
    buckets: [{ name: 'bench' }],
    principals: [principal],
    deliver: async () => undefined,
    log: { info: () => undefined, warn: (room, message) => process.stderr.write(`${room}: ${message}\n`) },
  });
  const client = new S3Client(clientOptions(server));
  try {
    return await measureAll(server, client);
  } finally {
    client.destroy();
    await server.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

function clientOptions(server: S3Server) {
  return { endpoint: server.url, region: 'us-east-1', forcePathStyle: true, credentials: principal };
}

async function measureAll(server: S3Server, client: S3Client): Promise<S3Numbers> {
  const rate: Measure = (units, work) => rateOf(server.pid, units, work);
  const put = await measurePut(server, rate);
  const rangedGet = await measureRangedGet(client, rate);
  const sdkRangedGet = await measureSdkRangedGet(client, rate);
  const multipart = await measureMultipart(client, rate);
  const { smallPuts, smallGets } = await measureSmall(client, rate);
  const peakKib = /VmHWM:\s+(\d+)/.exec(procFile(server.pid, 'status'))?.[1];
  const peakRssMib = peakKib === undefined ? undefined : Math.round(Number(peakKib) / 1024);
  return { put, multipart, rangedGet, sdkRangedGet, smallPuts, smallGets, peakRssMib };
}

type Measure = (units: number, work: () => Promise<unknown>) => Promise<Rate>;

async function rateOf(pid: number, units: number, work: () => Promise<unknown>): Promise<Rate> {
  const [startMs, startCpuMs] = [performance.now(), cpuMs(pid)];
  await work();
  const spentCpuMs = (cpuMs(pid) ?? Number.NaN) - (startCpuMs ?? Number.NaN);
  const perSecond = Math.round((units * 1000) / (performance.now() - startMs));
  return { perSecond, perServerCpuSecond: spentCpuMs > 0 ? Math.round((units * 1000) / spentCpuMs) : undefined };
}

/** Processor time that a process has used, in the hundredths of a second that Linux counts in. */
function cpuMs(pid: number): number | undefined {
  const fields = procFile(pid, 'stat').split(' ');
  return fields.length < 15 ? undefined : (Number(fields[13]) + Number(fields[14])) * 10;
}

function procFile(pid: number, name: string): string {
  return process.platform === 'linux' ? readFileSync(`/proc/${pid}/${name}`, 'utf8') : '';
}

async function measurePut(server: S3Server, rate: Measure): Promise<Rate> {
  const chunk = randomBytes(mib);
  // Otherwise the SDK signs the CRC-32 of an empty body into the URL.
  const presigner = new S3Client({ ...clientOptions(server), requestChecksumCalculation: 'WHEN_REQUIRED' });
  const url = new URL(await getSignedUrl(presigner, new PutObjectCommand({ Bucket: 'bench', Key: 'big' }), { expiresIn: 600 }));
  presigner.destroy();
  const body = Array<Buffer>(objectBytes / mib).fill(chunk);
  return rate(objectBytes / mib, () => exchange({ method: 'PUT', headers: { 'content-length': objectBytes } }, url, body));
}

async function measureRangedGet(client: S3Client, rate: Measure): Promise<Rate> {
  const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'bench', Key: 'big' }), { expiresIn: 600 }));
  const agent = new Agent({ keepAlive: true });
  const result = await rate(objectBytes / mib, () =>
    inParallel(objectBytes / rangeBytes, 2, async (index) => {
      const range = `bytes=${index * rangeBytes}-${(index + 1) * rangeBytes - 1}`;
      const received = await exchange({ method: 'GET', headers: { range }, agent }, url, []);
      if (received !== rangeBytes) throw new Error(`a range of ${rangeBytes} bytes came with ${received}`);
    }),
  );
  agent.destroy();
  return result;
}

function measureSdkRangedGet(client: S3Client, rate: Measure): Promise<Rate> {
  return rate(objectBytes / mib, () =>
    inParallel(objectBytes / rangeBytes, 2, async (index) => {
      const Range = `bytes=${index * rangeBytes}-${(index + 1) * rangeBytes - 1}`;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bench', Key: 'big', Range }));
      await Body!.transformToByteArray();
    }),
  );
}

async function measureMultipart(client: S3Client, rate: Measure): Promise<Rate> {
  const target = { Bucket: 'bench', Key: 'parts' };
  const Body = randomBytes(partBytes);
  return rate(objectBytes / mib, async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const Parts: { PartNumber: number; ETag: string | undefined; ChecksumCRC32: string | undefined }[] = [];
    await inParallel(objectBytes / partBytes, 4, async (index) => {
      const PartNumber = index + 1;
      const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
      Parts[index] = { PartNumber, ETag, ChecksumCRC32 };
    });
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  });
}

async function measureSmall(client: S3Client, rate: Measure): Promise<Pick<S3Numbers, 'smallPuts' | 'smallGets'>> {
  const Body = randomBytes(smallBytes);
  const key = (index: number) => `small/${createHash('md5').update(String(index)).digest('hex')}`;
  const smallPuts = await rate(smallObjects, () =>
    inParallel(smallObjects, concurrency, (index) => client.send(new PutObjectCommand({ Bucket: 'bench', Key: key(index), Body }))),
  );
  const smallGets = await rate(smallObjects, () =>
    inParallel(smallObjects, concurrency, async (index) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bench', Key: key(index) }));
      await Body!.transformToByteArray();
    }),
  );
  return { smallPuts, smallGets };
}

async function inParallel(count: number, lanes: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

/** Resolves with the bytes of the answer's body. Rejects unless it is a success. */
function exchange(options: RequestOptions, url: URL, body: readonly Buffer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (response) => {
      let received = 0;
      response.on('data', (chunk: Buffer) => (received += chunk.length));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode! < 300) resolve(received);
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    void (async () => {
      for (const chunk of body) {
        if (!outgoing.write(chunk)) await new Promise((drained) => outgoing.once('drain', drained));
      }
      outgoing.end();
    })();
  });
}

if (import.meta.main) console.log(JSON.stringify(await measureS3(), undefined, 2));
