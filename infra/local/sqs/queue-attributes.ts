import { invalid, SqsError } from './sqs-error.ts';

/** Attributes as the API speaks of them: all strings. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** What a queue does with its messages, out of its attributes. */
export interface QueueSettings {
  readonly visibilityMs: number;
  readonly delayMs: number;
  readonly messageBytesMax: number;
  readonly retentionMs: number;
  readonly waitSeconds: number;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly redrive: Redrive | undefined;
}

interface Redrive {
  readonly deadLetterArn: string;
  /** Receives after which a message goes to the dead-letter queue instead of to a receiver. */
  readonly receivesMax: number;
}

const defaults: QueueAttributes = {
  VisibilityTimeout: '30',
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};

const fifoDefaults: QueueAttributes = { ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' };

type Check = (value: string) => boolean;

const between =
  (min: number, max: number): Check =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(value);
const anything: Check = () => true;
const truth = oneOf('true', 'false');

/** What may be set, and to what (SQS API Reference, SetQueueAttributes). */
const checks: Readonly<Record<string, Check>> = {
  VisibilityTimeout: between(0, 43_200),
  DelaySeconds: between(0, 900),
  MaximumMessageSize: between(1_024, 1_048_576),
  MessageRetentionPeriod: between(60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: between(0, 20),
  RedrivePolicy: (value) => value === '' || redriveOf(value) !== undefined,
  RedriveAllowPolicy: (value) => value === '' || allowsRedrive(value, '') !== undefined,
  Policy: anything,
  KmsMasterKeyId: anything,
  KmsDataKeyReusePeriodSeconds: between(60, 86_400),
  SqsManagedSseEnabled: truth,
};

const fifoChecks: Readonly<Record<string, Check>> = {
  FifoQueue: oneOf('true'),
  ContentBasedDeduplication: truth,
  DeduplicationScope: oneOf('queue', 'messageGroup'),
  FifoThroughputLimit: oneOf('perQueue', 'perMessageGroupId'),
};

/** Refuses a name or value that SQS would refuse. */
export function checkAttributes(attributes: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const check = checks[name] ?? (fifo ? fifoChecks[name] : undefined);
    if (check === undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (!check(value)) throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
}

/** What a queue has after attributes were set on it; an empty policy takes the policy away. */
export function merged(before: QueueAttributes, set: QueueAttributes): QueueAttributes {
  const all = { ...before, ...set };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

export function withDefaults(attributes: QueueAttributes, fifo: boolean): QueueAttributes {
  return { ...defaults, ...(fifo ? { FifoQueue: 'true', ...fifoDefaults } : {}), ...attributes };
}

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const seconds = (name: string) => Number(attributes[name]);
  return {
    visibilityMs: seconds('VisibilityTimeout') * 1000,
    delayMs: seconds('DelaySeconds') * 1000,
    messageBytesMax: seconds('MaximumMessageSize'),
    retentionMs: seconds('MessageRetentionPeriod') * 1000,
    waitSeconds: seconds('ReceiveMessageWaitTimeSeconds'),
    fifo: attributes['FifoQueue'] === 'true',
    contentBasedDeduplication: attributes['ContentBasedDeduplication'] === 'true',
    deduplicationScope: attributes['DeduplicationScope'] === 'messageGroup' ? 'messageGroup' : 'queue',
    redrive: attributes['RedrivePolicy'] === undefined ? undefined : redriveOf(attributes['RedrivePolicy']),
  };
}

const receivesMaxMax = 1_000;

function redriveOf(policy: string): Redrive | undefined {
  const parsed = parse(policy);
  const deadLetterArn = parsed?.['deadLetterTargetArn'];
  const receivesMax = Number(parsed?.['maxReceiveCount']);
  if (typeof deadLetterArn !== 'string' || !Number.isInteger(receivesMax) || receivesMax < 1 || receivesMax > receivesMaxMax)
    return undefined;
  return { deadLetterArn, receivesMax };
}

/** Whether a dead-letter queue's RedriveAllowPolicy lets `sourceArn` use it; undefined for a policy that makes no sense. */
export function allowsRedrive(policy: string | undefined, sourceArn: string): boolean | undefined {
  if (policy === undefined) return true;
  const parsed = parse(policy);
  const sources = parsed?.['sourceQueueArns'];
  switch (parsed?.['redrivePermission']) {
    case 'allowAll':
      return true;
    case 'denyAll':
      return false;
    case 'byQueue':
      return Array.isArray(sources) ? sources.includes(sourceArn) : undefined;
    default:
      return undefined;
  }
}

function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** A queue's name: 1 to 80 letters, digits, hyphens and underscores; a FIFO queue's ends with `.fifo`. */
export function checkName(name: string, fifo: boolean): void {
  const stem = fifo ? name.replace(/\.fifo$/, '') : name;
  if (fifo && stem === name)
    throw invalid(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix.',
    );
  if (name.length > 80 || !/^[A-Za-z0-9_-]+$/.test(stem)) {
    throw invalid('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
  }
}
