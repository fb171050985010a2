/**
 * The queue service of the local stack: SQS's JSON protocol on a SQLite file, in the supervisor's own process and on its clock.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serveEngine, type WireAnswer } from '../gateway/engine-server.ts';
import type { Closable, LocalClock, StackLog, StackModel } from '../ports.ts';
import * as administration from './administration.ts';
import type { Caller, SqsContext } from './context.ts';
import { isRecord, type Input } from './input.ts';
import { openMoveTasks, type MoveTasks } from './move-tasks.ts';
import { openQueues, type QueueNaming } from './queues.ts';
import * as receiving from './receiving.ts';
import * as sending from './sending.ts';
import { invalid, SqsError } from './sqs-error.ts';
import { openMessageStore } from './store.ts';
import { applyTemplate } from './template-queues.ts';
import { openWaiters } from './waiters.ts';
import { answerSqs, type SqsCall } from './wire.ts';

export interface SqsOptions {
  /** The engine's file lies in it. */
  readonly directory: string;
  readonly model: StackModel;
  /** Where clients reach a queue: through the gateway. */
  queueUrl(name: string): string;
  readonly clock: LocalClock;
  readonly log: StackLog;
}

export interface SqsEngine extends Closable {
  /** The engine over HTTP, for rooms of the stack: JSON protocol, no signatures. */
  readonly url: string;
  /** The same in process: no hop, and what is received is in hand at once. Rejects with `SqsError` for what the service would refuse. */
  readonly call: SqsCall;
  /** The same for a request that came over the wire: bytes in, bytes out, refusals included. */
  answer(operation: string, request: { readonly body: Buffer; readonly caller: Partial<Caller> }): Promise<WireAnswer>;
}

/** Opens the engine with the queues of the template, as they are there now; messages stay from start to start. */
export async function startSqs(options: SqsOptions): Promise<SqsEngine> {
  const { clock, log, model } = options;
  mkdirSync(options.directory, { recursive: true });
  const store = openMessageStore(join(options.directory, 'sqs.db'));
  const naming: QueueNaming = {
    arn: (name) => `arn:aws:sqs:${model.region}:${model.accountId}:${name}`,
    url: (name) => options.queueUrl(name),
  };
  const queues = openQueues(store, clock, naming);
  applyTemplate(queues, model, log);
  const waiters = openWaiters(clock, (queueId, afterMs) => store.nextVisible(queueId, afterMs));
  const context: SqsContext = { store, queues, waiters, clock, log };
  let closed = false;
  clock.onShift(() => {
    if (!closed) waiters.wakeAll();
  });
  clock.onNextDue(() => {
    const nexts = closed ? [] : queues.all().map(({ id }) => store.nextVisible(id, clock.now()));
    return nexts.filter((next) => next !== undefined).toSorted((a, b) => a - b)[0];
  });

  const moveTasks = openMoveTasks(context);
  const operations = operationsOf(context, moveTasks);
  const call: SqsCall = async (operation, input, caller) => {
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (run === undefined) throw new SqsError('UnsupportedOperation', `${operation} is not offered by the local stack.`);
    if (!isRecord(input)) throw invalid('The request must be a structure.');
    return run(input, { senderId: model.accountId, ...caller });
  };
  const server = await serveEngine((operation, body, signal) => answerSqs(call, operation, { body, caller: { signal } }));
  return {
    url: server.url,
    call,
    answer: (operation, request) => answerSqs(call, operation, request),
    close: async () => {
      closed = true;
      moveTasks.close();
      waiters.close();
      await server.close();
      store.close();
    },
  };
}

type Operation = (input: Input, caller: Caller) => object | Promise<object>;

function operationsOf(context: SqsContext, moveTasks: MoveTasks): Readonly<Record<string, Operation>> {
  const within =
    (work: (context: SqsContext, input: Input, caller: Caller) => object | Promise<object>): Operation =>
    (input, caller) =>
      work(context, input, caller);
  return {
    SendMessage: within(sending.sendMessage),
    SendMessageBatch: within(sending.sendMessageBatch),
    ReceiveMessage: within(receiving.receiveMessage),
    DeleteMessage: within(receiving.deleteMessage),
    DeleteMessageBatch: within(receiving.deleteMessageBatch),
    ChangeMessageVisibility: within(receiving.changeMessageVisibility),
    ChangeMessageVisibilityBatch: within(receiving.changeMessageVisibilityBatch),
    CreateQueue: within(administration.createQueue),
    DeleteQueue: within(administration.deleteQueue),
    GetQueueUrl: within(administration.getQueueUrl),
    ListQueues: within(administration.listQueues),
    ListDeadLetterSourceQueues: within(administration.listDeadLetterSourceQueues),
    GetQueueAttributes: within(administration.getQueueAttributes),
    SetQueueAttributes: within(administration.setQueueAttributes),
    PurgeQueue: within(administration.purgeQueue),
    TagQueue: within(administration.tagQueue),
    UntagQueue: within(administration.untagQueue),
    ListQueueTags: within(administration.listQueueTags),
    StartMessageMoveTask: (input) => moveTasks.start(input),
    ListMessageMoveTasks: (input) => moveTasks.list(input),
    CancelMessageMoveTask: (input) => moveTasks.cancel(input),
  };
}
