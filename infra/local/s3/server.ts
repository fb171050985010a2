/**
 * The local S3 as the stack sees it: starts the process that serves it, keeps its clock, and delivers its events.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Closable } from '../ports.ts';
import type { ChildConfig, FromChild, LifecycleOutcome, S3Options, ToChild } from './config.ts';

export interface S3Server extends Closable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly pid: number;
  /** Resolves when requests see the new time. */
  setClockOffset(offsetMs: number): Promise<void>;
  /** Expires what the buckets' lifecycle rules say, as of the stack's time. */
  runLifecycle(): Promise<LifecycleOutcome>;
}

const startMsMax = 15_000;
/** Longer than the child gives its requests. */
const closeMsMax = 8_000;

/** Resolves when it listens. Rejects when it cannot: the port is taken, or another one uses the folder. */
export async function startS3(options: S3Options): Promise<S3Server> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Flushing files waits in the thread pool: four at a time would be the limit of small uploads.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const link = new ChildLink(child, options);
  const host = options.host ?? '127.0.0.1';
  const { dataDirectory, port, region, accountId, buckets, principals, clockOffsetMs = 0 } = options;
  const config: ChildConfig = { dataDirectory, port, host, region, accountId, buckets, principals, clockOffsetMs };
  link.send({ kind: 'start', config });
  const listeningPort = await link.listening();
  return {
    url: `http://${host}:${listeningPort}`,
    pid: child.pid!,
    setClockOffset: async (offsetMs) => void (await link.call((call) => ({ kind: 'clock', offsetMs, call }))),
    runLifecycle: async () => (await link.call((call) => ({ kind: 'lifecycle', call })))!,
    close: () => link.close(),
  };
}

interface PendingCall {
  readonly resolve: (value: LifecycleOutcome | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** The conversation with the child process. */
class ChildLink {
  readonly #child: ChildProcess;
  readonly #options: S3Options;
  readonly #calls = new Map<number, PendingCall>();
  readonly #exited: Promise<string>;
  readonly #started = Promise.withResolvers<number>();
  #lastCall = 0;
  #closing = false;
  #isListening = false;

  constructor(child: ChildProcess, options: S3Options) {
    this.#child = child;
    this.#options = options;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    child.on('message', (message: FromChild) => this.#receive(message));
    void this.#exited.then((reason) => this.#onExit(reason));
  }

  send(message: ToChild): void {
    // The child may be gone already; then `exit` tells whoever waits.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  async listening(): Promise<number> {
    const timer = setTimeout(() => this.#started.reject(new Error(`the local S3 did not listen within ${startMsMax} ms`)), startMsMax);
    try {
      const port = await this.#started.promise;
      this.#isListening = true;
      return port;
    } catch (error) {
      this.#closing = true;
      this.#child.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  call(message: (call: number) => ToChild): Promise<LifecycleOutcome | undefined> {
    if (!this.#child.connected) return Promise.reject(new Error('the local S3 has ended'));
    this.#lastCall += 1;
    const { promise, resolve, reject } = Promise.withResolvers<LifecycleOutcome | undefined>();
    this.#calls.set(this.#lastCall, { resolve, reject });
    this.send(message(this.#lastCall));
    return promise;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.send({ kind: 'close' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), closeMsMax);
    await this.#exited;
    clearTimeout(timer);
  }

  #receive(message: FromChild): void {
    if (message.kind === 'listening') this.#started.resolve(message.port);
    else if (message.kind === 'failed') this.#started.reject(new Error(`the local S3 cannot start: ${message.message}`));
    else if (message.kind === 'log') this.#options.log[message.level]('s3', message.message);
    else if (message.kind === 'notify') void this.#deliver(message);
    else {
      const pending = this.#calls.get(message.call);
      this.#calls.delete(message.call);
      if (message.error === undefined) pending?.resolve(message.value);
      else pending?.reject(new Error(message.error));
    }
  }

  async #deliver({ id, notification }: Extract<FromChild, { kind: 'notify' }>): Promise<void> {
    try {
      await this.#options.deliver(notification);
      this.send({ kind: 'delivered', id, ok: true });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.warn('s3', `event of ${notification.bucket} not delivered to ${notification.targetArn}, will be again: ${reason}`);
      this.send({ kind: 'delivered', id, ok: false });
    }
  }

  #onExit(reason: string): void {
    this.#started.reject(new Error(`the local S3 ended with ${reason}`));
    for (const { reject } of this.#calls.values()) reject(new Error(`the local S3 ended with ${reason}`));
    this.#calls.clear();
    if (this.#closing || !this.#isListening) return;
    this.#options.log.warn('s3', `the local S3 ended with ${reason}`);
    this.#options.onExit?.(reason);
  }
}
