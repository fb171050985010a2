import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { BucketConfig, S3Notification, S3Options } from '#infra/local/s3/config.ts';
import { startS3 } from '#infra/local/s3/server.ts';
import type { S3Server } from '#infra/local/s3/server.ts';
import type { PolicyStatement } from '#infra/local/ports.ts';

/** A server on a folder of its own, with a client of the operator and, on request, of functions with fewer rights. */
export interface S3World extends AsyncDisposable {
  readonly server: S3Server;
  readonly client: S3Client;
  readonly directory: string;
  readonly events: S3Notification[];
  readonly warnings: string[];
  clientOf(accessKeyId: string, options?: S3ClientConfig): S3Client;
  /** Ends the process without warning, as a crash would, and starts another one on the same folder. */
  crashAndRestart(): Promise<void>;
  /** Files of content on disk. */
  contentFiles(): string[];
}

interface WorldOptions extends Partial<Pick<S3Options, 'deliver' | 'onExit'>> {
  readonly buckets?: readonly BucketConfig[];
  /** Name → statements; the access key id is the name. */
  readonly functions?: Readonly<Record<string, readonly PolicyStatement[]>>;
}

export const operatorKeys = { accessKeyId: 'OPERATOR', secretAccessKey: 'operator-secret' };

export async function s3World(options: WorldOptions = {}): Promise<S3World> {
  const directory = mkdtempSync(join(tmpdir(), 's3-test-'));
  const [events, warnings, clients]: [S3Notification[], string[], S3Client[]] = [[], [], []];
  const functions = Object.entries(options.functions ?? {}).map(([name, statements]) => ({
    accessKeyId: name,
    secretAccessKey: `${name}-secret`,
    name,
    statements,
  }));
  const serverOptions: S3Options = {
    dataDirectory: directory,
    port: 0,
    region: 'ap-southeast-3',
    accountId: '123456789012',
    buckets: options.buckets ?? [{ name: 'plain' }, { name: 'versioned', versioning: 'Enabled' }],
    principals: [{ ...operatorKeys, name: 'operator', statements: undefined }, ...functions],
    deliver: options.deliver ?? (async (notification) => void events.push(notification)),
    log: { info: () => undefined, warn: (_, message) => void warnings.push(message) },
    ...(options.onExit ? { onExit: options.onExit } : {}),
  };
  let server = await startS3(serverOptions);
  const port = Number(new URL(server.url).port);
  const clientOf = (accessKeyId: string, clientOptions: S3ClientConfig = {}) => {
    const secretAccessKey = accessKeyId === operatorKeys.accessKeyId ? operatorKeys.secretAccessKey : `${accessKeyId}-secret`;
    const client = new S3Client({
      endpoint: server.url,
      region: 'ap-southeast-3',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
      ...clientOptions,
    });
    clients.push(client);
    return client;
  };
  return {
    get server() {
      return server;
    },
    client: clientOf(operatorKeys.accessKeyId),
    directory,
    events,
    warnings,
    clientOf,
    async crashAndRestart() {
      process.kill(server.pid, 'SIGKILL');
      server = await startS3({ ...serverOptions, port });
    },
    contentFiles() {
      const content = join(directory, 'content');
      return readdirSync(content).flatMap((shard) => readdirSync(join(content, shard)).map((file) => `${shard}/${file}`));
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The error code, or a failed expectation in words when the call succeeded. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof S3ServiceException ? error.name : String(error);
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** HTTP without a library that tidies paths or adds headers. */
export function raw(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const { hostname, port, origin } = new URL(url);
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const outgoing = request({ hostname, port, path: url.slice(origin.length), method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Waits for something that happens soon. */
export async function eventually(condition: () => boolean, withinMs = 5_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not happen within ${withinMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
