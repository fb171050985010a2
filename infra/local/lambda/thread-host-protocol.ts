/** What the stack and the process that holds its function threads say to each other; `id` names one thread. */
import type { FromRuntime, OutputStream, ToRuntime } from './protocol.ts';
import type { SandboxExit, SandboxSpec } from './sandbox.ts';

export type ToHost =
  | { readonly type: 'start'; readonly id: number; readonly spec: SandboxSpec }
  | { readonly type: 'send'; readonly id: number; readonly message: ToRuntime }
  /** Answered with the same number. */
  | { readonly type: 'shift'; readonly id: number; readonly offsetMs: number; readonly number: number }
  /** Answered by the thread's `exit`. */
  | { readonly type: 'kill'; readonly id: number };

export type FromHost =
  | { readonly type: 'message'; readonly id: number; readonly message: FromRuntime }
  | { readonly type: 'output'; readonly id: number; readonly stream: OutputStream; readonly text: string }
  | { readonly type: 'exit'; readonly id: number; readonly exit: SandboxExit }
  | { readonly type: 'shifted'; readonly number: number };
