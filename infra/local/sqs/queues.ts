import type { LocalClock } from '../ports.ts';
import {
  allowsRedrive,
  checkAttributes,
  checkName,
  merged,
  settingsOf,
  withDefaults,
  type QueueAttributes,
  type QueueSettings,
} from './queue-attributes.ts';
import { SqsError } from './sqs-error.ts';
import type { MessageStore, StoredQueue } from './store.ts';

export interface Queue {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
  readonly settings: QueueSettings;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** Every queue, in memory as well as on disk: they are few and asked for with each call. */
export interface Queues {
  all(): Queue[];
  named(name: string): Queue | undefined;
  byArn(arn: string): Queue | undefined;
  /** The queue a URL stands for: what counts is its last part, whatever host it names. Throws QueueDoesNotExist. */
  atUrl(url: string): Queue;
  /** Throws QueueNameExists when one of the name has other attributes. */
  create(name: string, wanted: { readonly attributes: QueueAttributes; readonly tags?: Readonly<Record<string, string>> }): Queue;
  setAttributes(queue: Queue, attributes: QueueAttributes): Queue;
  setTags(queue: Queue, tags: Readonly<Record<string, string>>): Queue;
  remove(queue: Queue): void;
}

export interface QueueNaming {
  arn(name: string): string;
  url(name: string): string;
}

export function openQueues(store: MessageStore, clock: LocalClock, naming: QueueNaming): Queues {
  const byName = new Map(store.queues().map((row) => [row.name, queueOf(row, naming)]));
  const byArn = (arn: string) => [...byName.values()].find((queue) => queue.arn === arn);
  const reload = (name: string): Queue => {
    const row = store.queueNamed(name);
    if (row === undefined) throw new SqsError('QueueDoesNotExist', nonExistent);
    const queue = queueOf(row, naming);
    byName.set(name, queue);
    return queue;
  };
  const change = (
    queue: Queue,
    { attributes = queue.attributes, tags = queue.tags }: Partial<Pick<Queue, 'attributes' | 'tags'>>,
  ): Queue => {
    store.changeQueue(queue.id, { attributes: JSON.stringify(attributes), tags: JSON.stringify(tags), modified_ms: clock.now() });
    return reload(queue.name);
  };
  return {
    all: () => [...byName.values()],
    named: (name) => byName.get(name),
    byArn,
    atUrl: (url) => {
      const queue = byName.get(url.slice(url.lastIndexOf('/') + 1));
      if (queue === undefined) throw new SqsError('QueueDoesNotExist', nonExistent);
      return queue;
    },
    create: (name, { attributes, tags = {} }) => {
      const fifo = attributes['FifoQueue'] === 'true';
      checkName(name, fifo);
      checkAttributes(attributes, fifo);
      const existing = byName.get(name);
      if (existing !== undefined) return sameQueue(existing, attributes);
      checkRedrive(attributes, naming.arn(name), byArn);
      store.addQueue({
        name,
        attributes: JSON.stringify(withDefaults(attributes, fifo)),
        tags: JSON.stringify(tags),
        created_ms: clock.now(),
      });
      return reload(name);
    },
    setAttributes: (queue, attributes) => {
      checkAttributes(attributes, queue.settings.fifo);
      checkRedrive(attributes, queue.arn, byArn);
      return change(queue, { attributes: merged(queue.attributes, attributes) });
    },
    setTags: (queue, tags) => change(queue, { tags }),
    remove: (queue) => {
      store.removeQueue(queue.id);
      byName.delete(queue.name);
    },
  };
}

const nonExistent = 'The specified queue does not exist.';

function queueOf(row: StoredQueue, naming: QueueNaming): Queue {
  const attributes = JSON.parse(row.attributes) as QueueAttributes;
  return {
    id: row.id,
    name: row.name,
    arn: naming.arn(row.name),
    url: naming.url(row.name),
    attributes,
    tags: JSON.parse(row.tags) as Record<string, string>,
    settings: settingsOf(attributes),
    createdMs: row.created_ms,
    modifiedMs: row.modified_ms,
  };
}

function sameQueue(existing: Queue, wanted: QueueAttributes): Queue {
  const differs = Object.entries(wanted).find(([name, value]) => existing.attributes[name] !== value);
  if (differs === undefined) return existing;
  throw new SqsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${differs[0]}`);
}

/** A dead-letter queue must be of the source's kind and let the source use it. */
function checkRedrive(attributes: QueueAttributes, sourceArn: string, byArn: Queues['byArn']): void {
  const { redrive } = settingsOf(attributes);
  if (redrive === undefined) return;
  const fifo = sourceArn.endsWith('.fifo');
  if (redrive.deadLetterArn.endsWith('.fifo') !== fifo) {
    throw new SqsError(
      'InvalidParameterValue',
      `Value ${attributes['RedrivePolicy']} for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source.`,
    );
  }
  // A queue that is not there yet is created in its turn: the order of a template is not the order of its references.
  const target = byArn(redrive.deadLetterArn);
  if (target !== undefined && allowsRedrive(target.attributes['RedriveAllowPolicy'], sourceArn) !== true) {
    throw new SqsError('InvalidParameterValue', `The dead-letter queue ${redrive.deadLetterArn} does not allow ${sourceArn} to use it.`);
  }
}
