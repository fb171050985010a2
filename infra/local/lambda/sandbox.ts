/**
 * What holds one execution environment: a worker thread or a process of its own.
 */
import type { FromRuntime, OutputStream, ToRuntime } from './protocol.ts';

export interface SandboxSpec {
  /** For people who look at a list of threads or processes. */
  readonly name: string;
  /** The runtime as plain JavaScript. */
  readonly runtimeFile: string;
  /** Folder of the bundle; a process works in it, a thread cannot have a working folder of its own. */
  readonly taskRoot: string;
  /** All of the environment's variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Limit of the old generation of the heap. Memory outside the heap is not limited. */
  readonly heapMegabytesMax: number;
  /** Offset of the stack's clock at the start. */
  readonly offsetMs: number;
}

/** How an environment ended: out of memory, or with an exit code or signal. */
export interface SandboxExit {
  readonly outOfMemory: boolean;
  /** `exit status 1` or `signal: killed`, as Lambda words it; empty for status 0. */
  readonly status: string;
}

export interface SandboxListener {
  message(message: FromRuntime): void;
  /** A piece of output, not necessarily a whole line. Resolves when it is out of the way. */
  output(stream: OutputStream, text: string): void | Promise<void>;
  /** Called once; nothing comes after it. */
  exit(exit: SandboxExit): void;
}

export interface Sandbox {
  send(message: ToRuntime): void;
  /** Resolves when the code inside sees the new time, or after a bounded wait when it does not let its event loop turn. */
  shiftClock(offsetMs: number): Promise<void>;
  /** Ends the code inside, also an endless loop. Resolves when it is gone. */
  kill(): Promise<void>;
}

export type StartSandbox = (spec: SandboxSpec, listener: SandboxListener) => Sandbox;

export function exitStatus(code: number | null): string {
  return code === null || code === 0 ? '' : `exit status ${code}`;
}
