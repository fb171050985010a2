/**
 * EventBridge rules with a schedule, and EventBridge Scheduler's schedules, on the stack's clock.
 *
 * What fell due while the stack was down is not made up for: AWS would have fired it then, and a sweep of an hour ago helps nobody.
 */
import { z } from 'zod';
import type { LocalClock, Resource, StackLog, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import { type Frame, type Occasions, parseSchedule } from './schedule-expression.ts';

export interface ScheduleOptions {
  readonly model: StackModel;
  readonly clock: Pick<LocalClock, 'now' | 'schedule' | 'cancel' | 'handle'>;
  readonly deliver: DeliverToTarget;
  /** Whether the template lets a service reach a function; a missing permission is refused at start. */
  readonly mayInvoke: (service: string, sourceArn: string, functionArn: string) => boolean;
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

const target = z.object({ Arn: z.string(), Id: z.string(), Input: z.string().optional() });
const rule = z.object({
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).default('ENABLED'),
  Targets: z.array(target).max(5).default([]),
});
const retries = 'an asynchronous invocation here has the retries of its function, a delivery on one machine none of its own';
const knownOfRule = {
  supported: ['ScheduleExpression', 'State', 'Targets.Arn', 'Targets.Id', 'Targets.Input'],
  inert: {
    Name: 'the model names it',
    Description: 'for readers',
    Tags: 'nothing reads them',
    'Targets.RoleArn': 'the supervisor delivers',
    'Targets.RetryPolicy': retries,
  },
};

const schedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF', 'only Mode OFF fires at a definite time') }),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});
const knownOfSchedule = {
  supported: ['ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'FlexibleTimeWindow', 'Target.Arn', 'Target.Input'],
  inert: {
    Name: 'the model names it',
    Description: 'for readers',
    GroupName: 'groups only order them',
    'Target.RoleArn': 'the supervisor delivers',
    'Target.RetryPolicy': retries,
  },
};

/** Sets a timer for the next occurrence of every schedule. Call before the clock starts. Throws `TemplateError` for what it cannot run. */
export function startSchedules(options: ScheduleOptions): void {
  const schedules = new Map(
    [...rules(options), ...schedulerSchedules(options.model)].map((entry) => [`${kind}:${entry.resource.logicalId}`, entry]),
  );
  options.clock.handle(kind, async ({ id, dueAtMs }) => {
    const fired = schedules.get(id);
    // A schedule that an earlier template had.
    if (!fired) return;
    await fire(fired, dueAtMs, options);
    arm(fired, dueAtMs);
  });
  for (const entry of schedules.values()) arm(entry, options.clock.now());

  function arm({ resource, occasions }: Schedule, afterMs: number): void {
    const id = `${kind}:${resource.logicalId}`;
    const dueAtMs = occasions.nextAfter(afterMs);
    if (dueAtMs === undefined) options.clock.cancel(id);
    else options.clock.schedule({ id, kind, dueAtMs, payload: null });
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

function rules({ model, mayInvoke }: ScheduleOptions): Schedule[] {
  const scheduled = model.ofType('AWS::Events::Rule').filter(({ properties }) => properties['ScheduleExpression'] !== undefined);
  return scheduled.flatMap((resource) => {
    const { State, ScheduleExpression, Targets } = propertiesOf(resource, rule, knownOfRule);
    for (const { Arn } of Targets) {
      if (Arn.includes(':function:') && !mayInvoke('events.amazonaws.com', resource.arn, Arn)) {
        throw refusal(resource, `no AWS::Lambda::Permission lets this rule invoke ${Arn}`);
      }
    }
    const targets = Targets.map(({ Arn, Input }) => ({
      arn: Arn,
      payload: (atMs: number): unknown => (Input === undefined ? scheduledEvent({ resource, model, atMs }) : JSON.parse(Input)),
    }));
    return State === 'DISABLED' ? [] : [{ resource, occasions: parsed(resource, ScheduleExpression, ruleFrame), targets }];
  });
}

function schedulerSchedules(model: StackModel): Schedule[] {
  return model.ofType('AWS::Scheduler::Schedule').flatMap((resource) => {
    const { State, Target, ...timing } = propertiesOf(resource, schedule, knownOfSchedule);
    const frame = { ...schedulerFrame, zone: timing.ScheduleExpressionTimezone };
    const occasions = parsed(resource, timing.ScheduleExpression, frame);
    const targets = [{ arn: Target.Arn, payload: (atMs: number): unknown => JSON.parse(withContext(Target.Input, { resource, atMs })) }];
    return State === 'DISABLED' ? [] : [{ resource, occasions, targets }];
  });
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

interface Occurrence {
  readonly resource: Resource;
  readonly atMs: number;
}

function scheduledEvent({ resource, model, atMs }: Occurrence & { readonly model: StackModel }): unknown {
  return {
    version: '0',
    id: `${resource.logicalId}-${atMs}`,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: model.accountId,
    time: isoSeconds(atMs),
    region: model.region,
    resources: [resource.arn],
    detail: {},
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
