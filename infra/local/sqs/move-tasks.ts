import { randomUUID } from 'node:crypto';
import { sourcesOf } from './administration.ts';
import type { SqsContext } from './context.ts';
import { optionalInteger, optionalText, text, type Input } from './input.ts';
import type { Queue } from './queues.ts';
import { SqsError } from './sqs-error.ts';
import type { MoveTask, StoredMessage } from './store.ts';

/** Messages moved in one transaction; other calls get their turn in between. */
const chunkMessages = 100;
const tasksListedMax = 10;

/** Moves the messages of a dead-letter queue back to where they failed, or elsewhere. Unfinished tasks go on at the next start. */
export interface MoveTasks {
  start(input: Input): object;
  list(input: Input): object;
  cancel(input: Input): object;
  close(): void;
}

export function openMoveTasks(context: SqsContext): MoveTasks {
  const timers = new Map<string, NodeJS.Timeout>();
  const go = (task: MoveTask): void => {
    const delayMs = task.per_second_max === null ? 0 : 1000;
    timers.set(
      task.handle,
      setTimeout(() => {
        timers.delete(task.handle);
        const after = moveChunk(context, task);
        if (after.status === 'RUNNING') go(after);
      }, delayMs),
    );
  };
  for (const task of context.store.runningMoveTasks()) go(task);
  return {
    start: (input) => {
      const task = newTask(context, input);
      context.store.addMoveTask(task);
      go(task);
      return { TaskHandle: task.handle };
    },
    list: (input) => {
      const limit = optionalInteger(input, 'MaxResults', { min: 1, max: tasksListedMax }) ?? 1;
      const source = sourceQueue(context, text(input, 'SourceArn'));
      return { Results: context.store.moveTasksFrom(source.arn, limit).map(presented) };
    },
    cancel: (input) => {
      const task = context.store.moveTask(text(input, 'TaskHandle'));
      if (task?.status !== 'RUNNING') throw new SqsError('ResourceNotFoundException', 'Task does not exist or is not running.');
      clearTimeout(timers.get(task.handle));
      timers.delete(task.handle);
      context.store.changeMoveTask(task.handle, { status: 'CANCELLED', moved: task.moved, failure: null });
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function sourceQueue({ queues }: SqsContext, arn: string): Queue {
  const source = queues.byArn(arn);
  if (source === undefined)
    throw new SqsError('ResourceNotFoundException', "The resource that you specified for the SourceArn parameter doesn't exist.");
  return source;
}

function newTask(context: SqsContext, input: Input): MoveTask {
  const source = sourceQueue(context, text(input, 'SourceArn'));
  const destination = optionalText(input, 'DestinationArn');
  if (sourcesOf(context.queues.all(), source).length === 0) {
    throw new SqsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  }
  if (destination !== undefined && context.queues.byArn(destination) === undefined) {
    throw new SqsError('ResourceNotFoundException', "The resource that you specified for the DestinationArn parameter doesn't exist.");
  }
  if (context.store.runningMoveTasks().some((task) => task.source === source.arn)) {
    throw new SqsError(
      'InvalidParameterValue',
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  const { visible, inFlight, delayed } = context.store.counts(source.id, context.clock.now());
  return {
    handle: Buffer.from(`${source.name}#${randomUUID()}`).toString('base64'),
    source: source.arn,
    destination: destination ?? null,
    per_second_max: optionalInteger(input, 'MaxNumberOfMessagesPerSecond', { min: 1, max: 500 }) ?? null,
    status: 'RUNNING',
    moved: 0,
    to_move: visible + inFlight + delayed,
    started_ms: context.clock.now(),
    failure: null,
  };
}

/** Moves what can be received now, in one commit with the task's progress, so that a task that is killed moves nothing twice. */
function moveChunk(context: SqsContext, task: MoveTask): MoveTask {
  const { store, queues, clock } = context;
  const source = queues.byArn(task.source);
  if (source === undefined) return ended(context, task, { status: 'FAILED', failure: 'AWS.SimpleQueueService.NonExistentQueue' });
  const limit = Math.min(chunkMessages, task.per_second_max ?? chunkMessages, task.to_move - task.moved);
  const woken = new Set<number>();
  const after = store.transaction(() => {
    const messages = limit > 0 ? store.candidates(source.id, clock.now(), { limit, fifo: source.settings.fifo }) : [];
    let { moved } = task;
    for (const message of messages) {
      const target = queues.byArn(task.destination ?? message.dead_letter_source ?? '');
      if (target === undefined) return ended(context, { ...task, moved }, { status: 'FAILED', failure: 'CouldNotDetermineMessageSource' });
      moveOne(context, message, target);
      woken.add(target.id);
      moved++;
    }
    const isLast = limit <= 0 || messages.length < limit;
    return ended(context, { ...task, moved }, { status: isLast ? 'COMPLETED' : 'RUNNING', failure: null });
  });
  for (const queueId of woken) context.waiters.wake(queueId);
  return after;
}

/** A message that is moved back is a new one: another id, another age, no receives. */
function moveOne({ store, clock }: SqsContext, message: StoredMessage, target: Queue): void {
  const now = clock.now();
  store.removeMessage(message.seq);
  store.addMessage(target.id, {
    ...message,
    message_id: randomUUID(),
    sent_ms: now,
    enqueued_ms: now,
    visible_ms: now + target.settings.delayMs,
    dead_letter_source: null,
  });
}

function ended({ store }: SqsContext, task: MoveTask, { status, failure }: Pick<MoveTask, 'status' | 'failure'>): MoveTask {
  store.changeMoveTask(task.handle, { status, moved: task.moved, failure });
  return { ...task, status, failure };
}

function presented(task: MoveTask) {
  return {
    ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
    Status: task.status,
    SourceArn: task.source,
    ...(task.destination === null ? {} : { DestinationArn: task.destination }),
    ...(task.per_second_max === null ? {} : { MaxNumberOfMessagesPerSecond: task.per_second_max }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.to_move,
    StartedTimestamp: task.started_ms,
    ...(task.failure === null ? {} : { FailureReason: task.failure }),
  };
}
