/**
 * Timers of executions: what wakes a branch that waits, and what ends an execution that takes too long.
 */
import type { LocalClock } from '../ports.ts';
import type { Branch } from './execution-store.ts';

export const timerKinds = { branch: 'states.branch', execution: 'states.execution' } as const;

/** What a branch's timer carries: of another visit, it comes too late. */
export interface BranchTimer {
  readonly branchId: number;
  readonly visit: number;
}

export interface ExecutionTimer {
  readonly arn: string;
}

export class ExecutionTimers {
  readonly #clock: Pick<LocalClock, 'schedule' | 'cancel'>;

  constructor(clock: Pick<LocalClock, 'schedule' | 'cancel'>) {
    this.#clock = clock;
  }

  /** One a branch: it takes the place of a former one. */
  armBranch({ id, visit }: Branch, dueAtMs: number): void {
    const payload: BranchTimer = { branchId: id, visit };
    this.#clock.schedule({ id: branchTimer(id), kind: timerKinds.branch, dueAtMs, payload });
  }

  disarmBranch(branchId: number): void {
    this.#clock.cancel(branchTimer(branchId));
  }

  armExecution(arn: string, dueAtMs: number): void {
    const payload: ExecutionTimer = { arn };
    this.#clock.schedule({ id: executionTimer(arn), kind: timerKinds.execution, dueAtMs, payload });
  }

  disarmExecution(arn: string): void {
    this.#clock.cancel(executionTimer(arn));
  }
}

const branchTimer = (id: number): string => `${timerKinds.branch}/${id}`;
const executionTimer = (arn: string): string => `${timerKinds.execution}/${arn}`;
