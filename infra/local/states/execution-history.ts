/**
 * What is written down of an execution: each event follows one of its branch.
 */
import type { LocalClock } from '../ports.ts';
import type { Branch, ExecutionStore } from './execution-store.ts';
import type { Frame } from './frame.ts';
import type { NewEvent } from './history-events.ts';
import type { State } from './machine.ts';

interface Parts {
  readonly store: ExecutionStore;
  readonly clock: Pick<LocalClock, 'now'>;
}

export class ExecutionHistory {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Answers the event's id. */
  add(executionArn: string, previousId: number, { type, details }: NewEvent): number {
    const { store, clock } = this.#parts;
    return store.addEvent(executionArn, { previousId, atMs: clock.now(), type, details: JSON.stringify(details) });
  }

  /** A branch comes to a state with this input, JSON. Answers the event's id. */
  addEntered({ executionArn, lastEventId }: Pick<Branch, 'executionArn' | 'lastEventId'>, { name, type }: State, input: string): number {
    return this.add(executionArn, lastEventId, { type: `${type}StateEntered`, details: { stateEnteredEventDetails: { name, input } } });
  }

  /** The frame after one more event of its branch. The row learns of it with the next change. */
  after<Of extends Frame>(frame: Of, event: NewEvent): Of {
    const lastEventId = this.add(frame.branch.executionArn, frame.branch.lastEventId, event);
    return { ...frame, branch: { ...frame.branch, lastEventId } };
  }
}
