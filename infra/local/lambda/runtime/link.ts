/**
 * How the runtime reaches the stack: from a worker thread through a message port and shared memory, from a process through its channel and pipes.
 */
import { StringDecoder } from 'node:string_decoder';
import { getHeapStatistics } from 'node:v8';
import { isMainThread, workerData } from 'node:worker_threads';
import { outputEndMark, sharedOffsetIndex, sharedPendingIndex } from '../protocol.ts';
import type { FromRuntime, OutputStream, ThreadData, ToRuntime } from '../protocol.ts';

export interface Link {
  receive(listener: (message: ToRuntime) => void): void;
  /** Resolves when the message has left this environment, so that it may end itself. */
  send(message: FromRuntime): Promise<void>;
  offsetMs(): number;
  setOffset(offsetMs: number): void;
  /** Called behind the output of one event, before its answer is sent. */
  endOutput(requestId: string): void;
  /** Most memory this environment has used, in bytes. */
  memoryBytes(): number;
}

export function openLink(): Link {
  return isMainThread ? processLink() : threadLink(workerData as ThreadData);
}

function processLink(): Link {
  let offsetMs = 0;
  // Taken before the function can put something else in their place.
  const writers = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
  // Ctrl-C reaches the whole process group; the stack decides when its environments end. They must not outlive it either.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit());
  return {
    receive: (listener) => void process.on('message', listener),
    send: (message) => new Promise((resolve) => void process.send!(message, () => resolve())),
    offsetMs: () => offsetMs,
    setOffset: (value) => {
      offsetMs = value;
    },
    endOutput: (requestId) => {
      for (const write of writers) write(`${outputEndMark}${requestId}\n`);
    },
    memoryBytes: () => process.resourceUsage().maxRSS * 1024,
  };
}

/** Output that may wait for the stack before the thread stands still, as a process does before a full pipe. */
const pendingBytesMax = 1024 * 1024;
const pendingWaitsMax = 50;
const pendingWaitMs = 100;

function threadLink({ port, shared }: ThreadData): Link {
  const offset = new Float64Array(shared);
  const pending = new Int32Array(shared);
  let mostBytes = 0;
  for (const name of ['stdout', 'stderr'] as const) redirect(name, { port, pending });
  return {
    receive: (listener) => void port.on('message', listener),
    send: (message) => {
      port.postMessage(message);
      return Promise.resolve();
    },
    offsetMs: () => offset[sharedOffsetIndex]!,
    setOffset: () => {},
    endOutput: () => {},
    memoryBytes: () => {
      const heap = getHeapStatistics();
      mostBytes = Math.max(mostBytes, heap.total_heap_size + heap.external_memory);
      return mostBytes;
    },
  };
}

/**
 * Sends what is written to a standard stream through the port at once. A worker's own streams wait for the event loop of both sides: lines written
 * before an endless loop, a crash or an answer would come late or never.
 */
function redirect(name: OutputStream, { port, pending }: { port: ThreadData['port']; pending: Int32Array }): void {
  const decoder = new StringDecoder('utf8');
  type Done = (error?: Error | null) => void;
  const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    Atomics.add(pending, sharedPendingIndex, text.length);
    port.postMessage({ type: 'output', stream: name, text } satisfies FromRuntime);
    for (let waits = 0; waits < pendingWaitsMax; waits++) {
      const waiting = Atomics.load(pending, sharedPendingIndex);
      if (waiting <= pendingBytesMax) break;
      Atomics.wait(pending, sharedPendingIndex, waiting, pendingWaitMs);
    }
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  Object.defineProperty(process[name], 'write', { value: write, writable: true, configurable: true });
}
