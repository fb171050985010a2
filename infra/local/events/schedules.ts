/**
 * EventBridge rules with a schedule, and EventBridge Scheduler's schedules, on the stack's clock.
 *
 * What fell due while the stack was down is not made up for: AWS would have fired it then, and a sweep of an hour ago helps nobody. An
 * `advance` of the clock fires every occurrence on its way.
 */
import { z } from 'zod';
import type { LocalClock, Resource, StackLog, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import { retriesElsewhere, rulePropertiesOf } from './rule-properties.ts';
import { type Frame, type Occasions, parseSchedule } from './schedule-expression.ts';
import { targetPayload } from './target-input.ts';
import type { TargetPermits, TargetWay } from './target-permits.ts';

export interface ScheduleOptions {
  readonly model: StackModel;
  readonly clock: Pick<LocalClock, 'now' | 'schedule' | 'cancel' | 'handle'>;
  readonly deliver: DeliverToTarget;
  /** Whether the template lets a service reach a function; a missing permission is refused at start. */
  readonly mayInvoke: (service: string, sourceArn: string, functionArn: string) => boolean;
  /** The same for every kind of target, and for roles. Left out, only functions that rules invoke are checked. */
  readonly permits?: TargetPermits;
  readonly log: StackLog;
}

/** Hands an event to a function, queue or state machine by ARN. `id` is the same when the same event is handed over again. */
export type DeliverToTarget = (delivery: { readonly id: string; readonly targetArn: string; readonly payload: unknown }) => Promise<void>;

interface Schedule {
  readonly resource: Resource;
  readonly occasions: Occasions;
  readonly targets: readonly { readonly arn: string; readonly payload: (atMs: number) => unknown }[];
}

const kind = 'schedule';

/** An occurrence later than this was slept through, by a suspended machine say: those before now are left out. */
const latenessMsMax = 60_000;

const instant = z.iso.datetime({ offset: true });
const schedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: instant.optional(),
  EndDate: instant.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF', 'only Mode OFF fires at a definite time') }),
  Target: z.object({ Arn: z.string(), Input: z.string().optional(), RoleArn: z.string() }),
});
const knownOfSchedule = {
  supported: [
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'EndDate',
    'State',
    'FlexibleTimeWindow.Mode',
    'Target.Arn',
    'Target.Input',
    'Target.RoleArn',
  ],
  inert: {
    Name: 'the model names it',
    Description: 'for readers',
    GroupName: 'groups only order them',
    KmsKeyArn: 'data at rest is as safe as the disk it lies on',
    'Target.RetryPolicy': retriesElsewhere,
  },
};

/** Sets a timer for the next occurrence of every schedule. Call before the clock starts. Throws `TemplateError` for what it cannot run. */
export function startSchedules(options: ScheduleOptions): void {
  const { clock } = options;
  const schedules = new Map(
    [...rules(options), ...schedulerSchedules(options)].map((entry) => [`${kind}:${entry.resource.logicalId}`, entry]),
  );
  clock.handle(kind, async ({ id, dueAtMs }) => {
    const fired = schedules.get(id);
    // A schedule that an earlier template had.
    if (!fired) return;
    await fire(fired, dueAtMs, options);
    arm(fired, Math.max(dueAtMs, clock.now() - latenessMsMax));
  });
  for (const entry of schedules.values()) arm(entry, clock.now());

  function arm({ resource, occasions }: Schedule, afterMs: number): void {
    const id = `${kind}:${resource.logicalId}`;
    const dueAtMs = occasions.nextAfter(afterMs);
    if (dueAtMs === undefined) clock.cancel(id);
    else clock.schedule({ id, kind, dueAtMs, payload: null });
  }
}

async function fire({ resource, targets }: Schedule, atMs: number, { deliver, log }: ScheduleOptions): Promise<void> {
  for (const [index, { arn, payload }] of targets.entries()) {
    try {
      await deliver({ id: `${resource.logicalId}:${atMs}:${index}`, targetArn: arn, payload: payload(atMs) });
    } catch (error) {
      log.warn('schedules', `${resource.logicalId} could not reach ${arn}: ${String(error)}`);
    }
  }
}

function rules(options: ScheduleOptions): Schedule[] {
  const { model } = options;
  const scheduled = model.ofType('AWS::Events::Rule').filter(({ properties }) => properties['ScheduleExpression'] !== undefined);
  return scheduled.flatMap((resource) => {
    const { State, ScheduleExpression, Targets, RoleArn } = rulePropertiesOf(resource);
    const named = { arn: resource.arn, name: resource.physicalName };
    const targets = Targets.map(({ Arn, RoleArn: ownRole, Id: _id, ...input }, index) => {
      refuseUnreachable(resource, { service: 'events.amazonaws.com', targetArn: Arn, roleArn: ownRole ?? RoleArn }, options);
      const payload = targetPayload(input, named, `${resource.logicalId} (${resource.type}): Targets[${index}]`);
      return { arn: Arn, payload: (atMs: number) => payload(scheduledEvent({ resource, model, atMs }, 'aws.events', {})) };
    });
    return State === 'DISABLED' ? [] : [{ resource, occasions: parsed(resource, ScheduleExpression, ruleFrame), targets }];
  });
}

function schedulerSchedules(options: ScheduleOptions): Schedule[] {
  const { model } = options;
  return model.ofType('AWS::Scheduler::Schedule').flatMap((resource) => {
    const { State, Target, StartDate, EndDate, ...timing } = propertiesOf(resource, schedule, knownOfSchedule);
    const { Arn: arn, Input: input, RoleArn: roleArn } = Target;
    refuseUnreachable(resource, { service: 'scheduler.amazonaws.com', targetArn: arn, roleArn }, options);
    const startMs = StartDate === undefined ? undefined : Date.parse(StartDate);
    const frame = { ...schedulerFrame, zone: timing.ScheduleExpressionTimezone, anchorMs: startMs ?? schedulerFrame.anchorMs };
    const occasions = within(
      parsed(resource, timing.ScheduleExpression, frame),
      startMs,
      EndDate === undefined ? undefined : Date.parse(EndDate),
    );
    if (input !== undefined) refuseInput(resource, input);
    const payload = (atMs: number): unknown =>
      input === undefined
        ? scheduledEvent({ resource, model, atMs }, 'aws.scheduler', '{}')
        : JSON.parse(withContext(input, { resource, atMs }));
    return State === 'DISABLED' ? [] : [{ resource, occasions, targets: [{ arn, payload }] }];
  });
}

function refuseUnreachable(resource: Resource, way: Omit<TargetWay, 'sourceArn'>, { permits, mayInvoke }: ScheduleOptions): void {
  const { service, targetArn, roleArn } = way;
  const ofRule = service === 'events.amazonaws.com';
  const invoked = !ofRule || !targetArn.includes(':function:') || roleArn !== undefined || mayInvoke(service, resource.arn, targetArn);
  if (!invoked) throw refusal(resource, `no AWS::Lambda::Permission lets this rule invoke ${targetArn}`);
  if (permits?.({ ...way, sourceArn: resource.arn }) === false)
    throw refusal(resource, `nothing in the template lets it reach ${targetArn}`);
}

function refuseInput(resource: Resource, input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw refusal(resource, 'Target.Input: not JSON');
  }
}

/** AWS counts a rate from the creation of its rule; here it counts from the epoch, so that a restart does not move it. */
const ruleFrame: Frame = { zone: 'UTC', anchorMs: 0, firesAtAnchor: false, allowsOnce: false };
const schedulerFrame: Frame = { ...ruleFrame, firesAtAnchor: true, allowsOnce: true };

function parsed(resource: Resource, expression: string, frame: Frame): Occasions {
  try {
    return parseSchedule(expression, frame);
  } catch (error) {
    throw refusal(resource, `ScheduleExpression: ${(error as Error).message}`);
  }
}

/** From the start date on, up to and with the end date. */
function within({ nextAfter }: Occasions, startMs = Number.NEGATIVE_INFINITY, endMs = Number.POSITIVE_INFINITY): Occasions {
  return {
    nextAfter: (utcMs) => {
      const nextMs = nextAfter(Math.max(utcMs, startMs - 1));
      return nextMs !== undefined && nextMs <= endMs ? nextMs : undefined;
    },
  };
}

interface Occurrence {
  readonly resource: Resource;
  readonly atMs: number;
}

function scheduledEvent(
  { resource, model, atMs }: Occurrence & { readonly model: StackModel },
  source: string,
  detail: unknown,
): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: `${resource.logicalId}-${atMs}`,
    'detail-type': 'Scheduled Event',
    source,
    account: model.accountId,
    time: isoSeconds(atMs),
    region: model.region,
    resources: [resource.arn],
    // EventBridge Scheduler really sends a text here.
    detail,
  };
}

/** The context attributes that EventBridge Scheduler fills in. */
function withContext(input: string, { resource, atMs }: Occurrence): string {
  return input
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(atMs))
    .replaceAll('<aws.scheduler.schedule-arn>', resource.arn)
    .replaceAll('<aws.scheduler.execution-id>', `${resource.logicalId}-${atMs}`)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}

function isoSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
