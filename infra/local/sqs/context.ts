import type { LocalClock, StackLog } from '../ports.ts';
import type { Queues } from './queues.ts';
import type { MessageStore } from './store.ts';
import type { Waiters } from './waiters.ts';

/** What the operations of the queue service work with. */
export interface SqsContext {
  readonly store: MessageStore;
  readonly queues: Queues;
  readonly waiters: Waiters;
  readonly clock: LocalClock;
  readonly log: StackLog;
}

/** Who calls, and whether still. */
export interface Caller {
  readonly senderId: string;
  /** Aborted when the client leaves. */
  readonly signal?: AbortSignal | undefined;
}
