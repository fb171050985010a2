import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LocalClock } from '#infra/local/ports.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';

const log = { info: () => {}, warn: () => {} };
const queueUrl = (name: string) => `http://127.0.0.1/000000000000/${name}`;

interface Depths {
  readonly visible: number;
  readonly inFlight: number;
}

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

/** What a client knows of the queue: what it sent, what it holds, and until when. */
interface Ledger {
  readonly waiting: Set<string>;
  readonly held: Map<string, { readonly handle: string; readonly untilMs: number }>;
  nowMs: number;
  sent: number;
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), group: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant('receive' as const), limit: fc.integer({ min: 1, max: 4 }), seconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('give back' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('restart' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Kind> ? Kind : never;

it.each([false, true])(
  'loses, doubles and reorders nothing, whatever is done to it and however often it is restarted (FIFO: %s)',
  async (fifo) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { told, true: known } = await play(steps, fifo);
        expect(told).toEqual(known);
      }),
      { numRuns: 40 },
    );
  },
);

/** After each step: what the queue tells of its depths, and what is true of them. */
async function play(steps: readonly Step[], fifo: boolean): Promise<{ readonly told: Depths[]; readonly true: Depths[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'xm-sqs-exact-'));
  const ledger: Ledger = { waiting: new Set(), held: new Map(), nowMs: Date.UTC(2026, 0, 1), sent: 0 };
  const name = fifo ? 'jobs.fifo' : 'jobs';
  const model = modelOf({ Jobs: { type: 'AWS::SQS::Queue', physicalName: name, properties: fifo ? { FifoQueue: true } : {} } });
  const open = () => startSqs({ directory, model, queueUrl, clock: standingClock(ledger), log });
  let engine = await open();
  const told: Depths[] = [];
  const known: Depths[] = [];
  try {
    for (const each of steps) {
      if (each.kind === 'restart') {
        await engine.close();
        engine = await open();
      } else {
        await take(each, { engine, ledger, fifo, QueueUrl: queueUrl(name) });
      }
      told.push(await depths(engine, queueUrl(name)));
      known.push({ visible: ledger.waiting.size, inFlight: ledger.held.size });
    }
    return { told, true: known };
  } finally {
    await engine.close();
    rmSync(directory, { recursive: true });
  }
}

/** Time stands still but for the ledger's own steps, so that it knows it to the millisecond. */
function standingClock(ledger: Ledger): LocalClock {
  return {
    now: () => ledger.nowMs,
    offsetMs: 0,
    schedule: () => {},
    cancel: () => {},
    handle: () => {},
    onShift: () => {},
    onNextDue: () => {},
    advance: () => Promise.resolve(),
  };
}

interface World {
  readonly engine: SqsEngine;
  readonly ledger: Ledger;
  readonly fifo: boolean;
  readonly QueueUrl: string;
}

async function take(each: Exclude<Step, { kind: 'restart' }>, world: World): Promise<void> {
  const { ledger } = world;
  if (each.kind === 'send') return send(each.group, world);
  if (each.kind === 'receive') return receive(each, world);
  if (each.kind === 'advance') {
    ledger.nowMs += each.seconds * 1000;
    for (const [body, { untilMs }] of ledger.held) if (untilMs <= ledger.nowMs) release(ledger, body);
    return undefined;
  }
  return finish(each, world);
}

async function send(group: number, { engine, ledger, fifo, QueueUrl }: World): Promise<void> {
  const MessageBody = `g${group}-${String(ledger.sent++).padStart(4, '0')}`;
  const ordered = fifo ? { MessageGroupId: `g${group}`, MessageDeduplicationId: MessageBody } : {};
  await engine.call('SendMessage', { QueueUrl, MessageBody, ...ordered });
  ledger.waiting.add(MessageBody);
}

async function receive({ limit, seconds }: { limit: number; seconds: number }, { engine, ledger, fifo, QueueUrl }: World): Promise<void> {
  const input = { QueueUrl, MaxNumberOfMessages: limit, VisibilityTimeout: seconds };
  const { Messages = [] } = (await engine.call('ReceiveMessage', input)) as { Messages?: Received[] };
  hold(Messages, ledger, { fifo, untilMs: ledger.nowMs + seconds * 1000 });
}

async function finish({ kind, pick }: { kind: 'delete' | 'give back'; pick: number }, { engine, ledger, QueueUrl }: World): Promise<void> {
  const entries = [...ledger.held];
  const [body, held] = entries[pick % Math.max(entries.length, 1)] ?? [];
  if (body === undefined || held === undefined) return;
  const ReceiptHandle = held.handle;
  if (kind === 'delete') {
    await engine.call('DeleteMessage', { QueueUrl, ReceiptHandle });
    ledger.held.delete(body);
  } else {
    await engine.call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    release(ledger, body);
  }
}

function hold(
  messages: readonly Received[],
  ledger: Ledger,
  { fifo, untilMs }: { readonly fifo: boolean; readonly untilMs: number },
): void {
  const heldBefore = [...ledger.held.keys()];
  for (const { Body, ReceiptHandle } of messages) {
    expect(ledger.waiting.has(Body), `${Body} was receivable`).toBe(true);
    const ofGroup = (body: string) => body.startsWith(Body.slice(0, 3));
    if (fifo) {
      expect(heldBefore.filter(ofGroup), `no other of the group of ${Body} is in flight`).toEqual([]);
      expect([...ledger.waiting].filter(ofGroup).toSorted()[0], 'the first of its group comes first').toBe(Body);
    }
    ledger.waiting.delete(Body);
    ledger.held.set(Body, { handle: ReceiptHandle, untilMs });
  }
}

function release(ledger: Ledger, body: string): void {
  ledger.held.delete(body);
  ledger.waiting.add(body);
}

async function depths(engine: SqsEngine, QueueUrl: string): Promise<Depths> {
  const { Attributes } = (await engine.call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })) as {
    Attributes: Record<string, string>;
  };
  return {
    visible: Number(Attributes['ApproximateNumberOfMessages']),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
  };
}
