/**
 * The process of the local S3. It has one of its own so that large bodies never hold up the rest of the stack; it ends with its parent.
 */
import { join } from 'node:path';
import { listenFailure } from '../gateway/loopback-server.ts';
import { Buckets } from './buckets.ts';
import type { ChildConfig, FromChild, ToChild } from './config.ts';
import type { S3Context } from './context.ts';
import { openDatabase } from './database.ts';
import { ContentFiles } from './files.ts';
import { createS3Server } from './http.ts';
import { runLifecycle } from './lifecycle.ts';
import { Outbox } from './notifications.ts';
import { Uploads } from './uploads.ts';
import { Versions } from './versions.ts';

/** How long requests may go on after the stack asked to close. */
const closeMsMax = 5_000;

function tell(message: FromChild): void {
  if (process.connected) process.send!(message);
}

function warn(message: string): void {
  tell({ kind: 'log', level: 'warn', message });
}

function openStore(config: ChildConfig): S3Context & { setClockOffset(offsetMs: number): void } {
  let offsetMs = config.clockOffsetMs;
  const database = openDatabase(config.dataDirectory);
  const buckets = new Buckets(database);
  for (const bucket of config.buckets) buckets.apply(bucket, Date.now() + offsetMs);
  return {
    config,
    principals: new Map(config.principals.map((principal) => [principal.accessKeyId, principal])),
    database,
    buckets,
    files: new ContentFiles(join(config.dataDirectory, 'content'), database),
    versions: new Versions(database),
    uploads: new Uploads(database),
    outbox: new Outbox({ database, ...config, send: (id, notification) => tell({ kind: 'notify', id, notification }) }),
    now: () => Date.now() + offsetMs,
    warn,
    setClockOffset(ms) {
      offsetMs = ms;
    },
  };
}

function run(config: ChildConfig): void {
  const store = openStore(config);
  const server = createS3Server(store);
  const close = () => {
    server.close(() => void settle());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), closeMsMax).unref();
  };
  const settle = async () => {
    store.outbox.close();
    await store.files.settled();
    store.database.close();
    process.exit(0);
  };
  process.on('message', (message: ToChild) => {
    if (message.kind === 'delivered') store.outbox.settle(message.id, message.ok);
    else if (message.kind === 'close') close();
    else if (message.kind === 'clock') {
      store.setClockOffset(message.offsetMs);
      tell({ kind: 'answer', call: message.call });
    } else if (message.kind === 'lifecycle') {
      runLifecycle(store).then(
        (value) => tell({ kind: 'answer', call: message.call, value }),
        (error: unknown) => tell({ kind: 'answer', call: message.call, error: String(error) }),
      );
    }
  });
  server.on('error', (error) => {
    tell({ kind: 'failed', message: listenFailure(error, config.port).message });
    process.exitCode = 1;
    process.disconnect();
  });
  server.listen(config.port, config.host, () => {
    const address = server.address();
    tell({ kind: 'listening', port: typeof address === 'object' && address ? address.port : config.port });
    store.outbox.flush();
    // Uploads that a crash broke off left files that no row names.
    store.files
      .sweep((file) => store.versions.isFileInUse(file))
      .then(
        (removed) => removed > 0 && tell({ kind: 'log', level: 'info', message: `removed ${removed} files that a crash left behind` }),
        (error: unknown) => warn(`sweep failed: ${String(error)}`),
      );
  });
}

process.once('message', (message: ToChild) => {
  if (message.kind !== 'start') throw new Error(`expected to be started, got ${message.kind}`);
  try {
    run(message.config);
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect();
  }
});
// Whoever started this process is gone, or wants it gone.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the supervisor decides when this process ends.
process.on('SIGINT', () => undefined);
