/**
 * Event buses: PutEvents, the rules whose pattern matches, and their targets. An event is acknowledged once every target has it safely.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import type { LocalClock, Resource, StackLog, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import { compilePattern, type EventPattern } from './event-pattern.ts';
import { defaultBus, rulePropertiesOf } from './rule-properties.ts';
import { targetPayload, type TargetPayload } from './target-input.ts';
import type { TargetPermits } from './target-permits.ts';

export interface EventBusOptions {
  readonly model: StackModel;
  readonly clock: Pick<LocalClock, 'now'>;
  /** Hands an event to a function, queue or state machine by ARN; it is safe there once this resolves. `id` is the same for the same event again. */
  readonly deliver: (delivery: { readonly id: string; readonly targetArn: string; readonly payload: unknown }) => Promise<void>;
  /** Whether the template lets a rule reach its target; a missing grant is refused at start. */
  readonly permits: TargetPermits;
  readonly log: StackLog;
}

export interface EventBus {
  /** The API in the AWS JSON protocol: `PutEvents`. Access was decided before. Rejects with `ApiRefusal`. */
  readonly handle: (operation: string, input: unknown) => Promise<object>;
  /** An event of a service of the stack, such as `aws.s3`, on the default bus. */
  readonly publish: (event: Pick<BusEvent, 'source' | 'detail-type' | 'resources' | 'detail'>) => Promise<void>;
}

/** As rules see it and targets get it. */
interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  /** To the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

const busLimits = {
  entriesMax: 10,
  /** Bytes of all entries of one call (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html). */
  entriesBytesMax: 1024 * 1024,
} as const;

/** Throws `TemplateError`, which names the logical id, for a rule or bus that this machine cannot run. */
export function openEventBus(options: EventBusOptions): EventBus {
  const buses = busesOf(options.model);
  const rules = rulesOf(options, buses);
  const send = async (bus: string, event: BusEvent): Promise<void> => {
    const matching = rules.filter((rule) => rule.bus === bus && rule.matches(event));
    await Promise.all(matching.flatMap((rule) => rule.targets.map(async (target) => deliver(rule, target, { event, ...options }))));
  };
  return {
    handle: async (operation, input) => {
      if (operation !== 'PutEvents')
        throw new ApiRefusal('UnknownOperationException', `The local stack does not know the operation ${operation}`);
      return putEvents(input, { ...options, buses, send });
    },
    publish: async (event) => send(defaultBus, { ...envelope(options), ...event }),
  };
}

interface Rule {
  readonly resource: Resource;
  readonly bus: string;
  readonly matches: EventPattern;
  readonly targets: readonly Target[];
}

interface Target {
  readonly id: string;
  readonly arn: string;
  readonly payload: TargetPayload;
}

async function deliver(
  { resource }: Rule,
  { id, arn, payload }: Target,
  given: EventBusOptions & { readonly event: BusEvent },
): Promise<void> {
  try {
    await given.deliver({ id: `${given.event.id}:${resource.logicalId}:${id}`, targetArn: arn, payload: payload({ ...given.event }) });
  } catch (error) {
    given.log.warn('events', `${resource.logicalId} could not reach ${arn}: ${String(error)}`);
  }
}

const knownOfBus = {
  supported: ['Name'],
  inert: { Description: 'for readers', Tags: 'nothing is billed', KmsKeyIdentifier: 'nothing is kept' },
};

/** By name and by ARN. */
function busesOf(model: StackModel): ReadonlyMap<string, string> {
  const declared = model.ofType('AWS::Events::EventBus').map((resource) => {
    propertiesOf(resource, z.object({ Name: z.string() }), knownOfBus);
    return resource;
  });
  const arn = `arn:aws:events:${model.region}:${model.accountId}:event-bus/${defaultBus}`;
  const all = [{ physicalName: defaultBus, arn }, ...declared];
  return new Map(all.flatMap((bus) => [[bus.physicalName, bus.physicalName] as const, [bus.arn, bus.physicalName] as const]));
}

function rulesOf({ model, permits }: EventBusOptions, buses: ReadonlyMap<string, string>): Rule[] {
  const patterned = model.ofType('AWS::Events::Rule').filter(({ properties }) => properties['EventPattern'] !== undefined);
  return patterned.flatMap((resource) => {
    const { EventBusName, EventPattern: pattern, State, RoleArn, Targets } = rulePropertiesOf(resource);
    const at = `${resource.logicalId} (${resource.type})`;
    const bus = buses.get(EventBusName);
    if (bus === undefined) throw refusal(resource, `EventBusName: no event bus ${EventBusName} in the template`);
    const targets = Targets.map(({ Arn, Id, RoleArn: ownRole, ...input }, index) => {
      if (!permits({ service: 'events.amazonaws.com', sourceArn: resource.arn, targetArn: Arn, roleArn: ownRole ?? RoleArn })) {
        throw refusal(resource, `nothing in the template lets this rule reach ${Arn}`);
      }
      const payload = targetPayload(input, { arn: resource.arn, name: resource.physicalName }, `${at}: Targets[${index}]`);
      return { id: Id, arn: Arn, payload };
    });
    return State === 'DISABLED' ? [] : [{ resource, bus, matches: compilePattern(pattern, `${at}: EventPattern`), targets }];
  });
}

const Entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default(defaultBus),
  Resources: z.array(z.string()).default([]),
  /** Seconds since the epoch. */
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
const PutEventsInput = z.object({ Entries: z.array(Entry).min(1).max(busLimits.entriesMax) });

type Entry = z.output<typeof Entry>;

interface Putting extends EventBusOptions {
  readonly buses: ReadonlyMap<string, string>;
  readonly send: (bus: string, event: BusEvent) => Promise<void>;
}

async function putEvents(input: unknown, putting: Putting): Promise<object> {
  const parsed = PutEventsInput.safeParse(input);
  if (!parsed.success) throw new ApiRefusal('ValidationException', z.prettifyError(parsed.error));
  const { Entries: entries } = parsed.data;
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > busLimits.entriesBytesMax) {
    throw new ApiRefusal('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results: EntryResult[] = [];
  // In the order given, which rules and targets then see.
  for (const entry of entries) results.push(await putEntry(entry, putting));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

type EntryResult = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

async function putEntry(entry: Entry, putting: Putting): Promise<EntryResult> {
  const { Source: source = '', DetailType: detailType = '', Detail: detail = '', Time } = entry;
  const missing = Object.entries({ Source: source, DetailType: detailType, Detail: detail }).find(([, value]) => value === '')?.[0];
  if (missing !== undefined)
    return refused('InvalidArgument', `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`);
  if (source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const content = objectIn(detail);
  if (content === undefined) return refused('MalformedDetail', 'Detail is malformed.');
  const bus = putting.buses.get(entry.EventBusName);
  if (bus === undefined) return refused('InvalidArgument', `Event bus ${entry.EventBusName} does not exist.`);
  const time = Time === undefined ? {} : { time: toSecond(Time * 1_000) };
  const event = { ...envelope(putting), ...time, source, 'detail-type': detailType, resources: entry.Resources, detail: content };
  await putting.send(bus, event);
  return { EventId: event.id };
}

function refused(ErrorCode: string, ErrorMessage: string): EntryResult {
  return { ErrorCode, ErrorMessage };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function envelope({
  model,
  clock,
}: Pick<EventBusOptions, 'model' | 'clock'>): Pick<BusEvent, 'version' | 'id' | 'account' | 'time' | 'region'> {
  return { version: '0', id: randomUUID(), account: model.accountId, time: toSecond(clock.now()), region: model.region };
}

function toSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function sizeOf({ Source, DetailType, Detail, Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), Time === undefined ? 0 : 14);
}
