import { MessageChannel, Worker } from 'node:worker_threads';
import type { FromRuntime, OutputStream, ThreadData } from './protocol.ts';
import { sharedBytes, sharedOffsetIndex, sharedPendingIndex } from './protocol.ts';
import { exitStatus } from './sandbox.ts';
import type { Sandbox, SandboxListener, SandboxSpec } from './sandbox.ts';

/** Runs an environment in a worker thread of this process: with a heap, variables and standard streams of its own. */
export function startThread(spec: SandboxSpec, listener: SandboxListener): Sandbox {
  const shared = new SharedArrayBuffer(sharedBytes);
  const offset = new Float64Array(shared);
  const pending = new Int32Array(shared);
  offset[sharedOffsetIndex] = spec.offsetMs;
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(spec.runtimeFile, {
    name: spec.name,
    workerData: { port: port2, shared } satisfies ThreadData,
    transferList: [port2],
    env: { ...spec.variables },
    resourceLimits: { maxOldGenerationSizeMb: spec.heapMegabytesMax },
    // Options of the stack's own process (a test runner's loaders, an inspector) are none of the function's.
    execArgv: [],
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
  });
  let outOfMemory = false;
  // The thread may write more only when what it wrote has left this process.
  const takeOutput = async (stream: OutputStream, text: string): Promise<void> => {
    await listener.output(stream, text);
    Atomics.sub(pending, sharedPendingIndex, text.length);
    Atomics.notify(pending, sharedPendingIndex);
  };
  port.on('message', (message: FromRuntime) => {
    if (message.type !== 'output') return listener.message(message);
    void takeOutput(message.stream, message.text);
  });
  // Only what comes before the runtime takes the streams over, or goes around it, arrives here.
  worker.stdout.setEncoding('utf8').on('data', (text: string) => void listener.output('stdout', text));
  worker.stderr.setEncoding('utf8').on('data', (text: string) => void listener.output('stderr', text));
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') outOfMemory = true;
    else void listener.output('stderr', `${error.stack ?? error.message}\n`);
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      // What the thread sent before it ended may still lie in the port.
      setImmediate(() => {
        port.close();
        listener.exit({ outOfMemory, status: exitStatus(code) });
        resolve();
      });
    });
  });
  return {
    send: (message) => port.postMessage(message),
    shiftClock: (offsetMs) => {
      offset[sharedOffsetIndex] = offsetMs;
      return Promise.resolve();
    },
    kill: async () => {
      await worker.terminate();
      await ended;
    },
  };
}
