import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { asyncInvoker } from '#infra/local/events/async-invoke.ts';
import { startSchedules, type ScheduleOptions } from '#infra/local/events/schedules.ts';
import { targetPermits } from '#infra/local/events/target-permits.ts';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';

interface Fired {
  readonly id: string;
  readonly targetArn: string;
  readonly payload: unknown;
  readonly at: string;
}

const work = 'arn:aws:lambda:ap-southeast-3:000000000000:function:work';
const clocks: DurableClock[] = [];
const warnings: string[] = [];
const log = { info: () => undefined, warn: (_room: string, message: string) => void warnings.push(message) };

afterEach(async () => {
  for (const clock of clocks.splice(0)) await clock.close();
  warnings.length = 0;
});

const rule = (properties: Record<string, unknown>): Sketch => ({
  type: 'AWS::Events::Rule',
  arn: 'arn:rule',
  physicalName: 'rule',
  properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: work, Id: 'T' }], ...properties },
});
const schedule = (properties: Record<string, unknown>, target: Record<string, unknown> = {}): Sketch => ({
  type: 'AWS::Scheduler::Schedule',
  arn: 'arn:schedule',
  properties: {
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: work, RoleArn: 'arn:role', ...target },
    ...properties,
  },
});

/** Schedules on a clock that stands at a full hour, and what they fired. */
async function world(
  sketches: Record<string, Sketch>,
  options: Partial<ScheduleOptions> & { database?: DatabaseSync; startMs?: number } = {},
) {
  const { database = new DatabaseSync(':memory:'), startMs, ...rest } = options;
  const clock = openClock({ database, log });
  clocks.push(clock);
  const fired: Fired[] = [];
  const begin = (now: DurableClock) =>
    startSchedules({
      model: modelOf(sketches),
      clock: now,
      log,
      mayInvoke: () => true,
      deliver: async (delivery) => void fired.push({ ...delivery, at: new Date(now.now()).toISOString().slice(0, 16) }),
      ...rest,
    });
  if (startMs !== undefined) {
    // Moved before there are schedules to fire on the way.
    const mover = openClock({ database, log });
    await mover.start();
    await mover.advance(Math.max(0, startMs - mover.now()));
    await mover.close();
    const moved = openClock({ database, log });
    clocks.push(moved);
    begin(moved);
    await moved.start();
    return { clock: moved, fired };
  }
  begin(clock);
  await clock.start();
  return { clock, fired };
}

const hour = (Math.floor(Date.now() / 3_600_000) + 2) * 3_600_000;

describe('a rule with a schedule', () => {
  it('fires every occurrence on the way of an advance, in order and at its time', async () => {
    const { clock, fired } = await world({ A: rule({}), B: rule({ ScheduleExpression: 'rate(2 minutes)' }) }, { startMs: hour + 30_000 });
    await clock.advance(4 * 60_000);
    const minute = (count: number) => new Date(hour + count * 60_000).toISOString().slice(0, 16);
    expect(fired.filter(({ id }) => id.startsWith('A')).map(({ at }) => at)).toEqual([1, 2, 3, 4].map(minute));
    expect(fired.filter(({ id }) => id.startsWith('B')).map(({ at }) => at)).toEqual([2, 4].map(minute));
    expect(fired.map(({ at }) => at)).toEqual(fired.map(({ at }) => at).toSorted());
  });

  it('hands its function the event of EventBridge', async () => {
    const { clock, fired } = await world({ A: rule({}) }, { startMs: hour + 1_000 });
    await clock.advance(60_000);
    expect(fired[0]).toMatchObject({
      targetArn: work,
      payload: {
        version: '0',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        region: 'ap-southeast-3',
        resources: ['arn:rule'],
        time: new Date(hour + 60_000).toISOString().replace('.000Z', 'Z'),
        detail: {},
      },
    });
  });

  it('hands over what Input, InputPath and InputTransformer make of it', async () => {
    const Targets = [
      { Arn: work, Id: '1', Input: '{"a":1}' },
      { Arn: work, Id: '2', InputPath: '$.source' },
      {
        Arn: work,
        Id: '3',
        InputTransformer: { InputPathsMap: { from: '$.source' }, InputTemplate: '{"rule":"<aws.events.rule-name>","from":<from>}' },
      },
    ];
    const { clock, fired } = await world({ A: rule({ Targets }) }, { startMs: hour + 1_000 });
    await clock.advance(60_000);
    expect(fired.map(({ payload }) => payload)).toEqual([{ a: 1 }, 'aws.events', { rule: 'rule', from: 'aws.events' }]);
  });

  it('does not fire when it is disabled', async () => {
    const { clock, fired } = await world({ A: rule({ State: 'DISABLED' }), B: schedule({ State: 'DISABLED' }) });
    await clock.advance(3_600_000);
    expect(fired).toEqual([]);
  });

  it('does not make up for what fell due while the stack was down', async () => {
    const database = new DatabaseSync(':memory:');
    const before = await world({ A: rule({ ScheduleExpression: 'rate(1 hour)' }) }, { database, startMs: hour + 1_000 });
    await before.clock.close();
    const while_down = openClock({ database, log });
    while_down.handle('schedule', async () => {
      throw new Error('nobody is at home');
    });
    await while_down.start();
    await while_down.advance(5 * 3_600_000);
    await while_down.close();
    const after = await world({ A: rule({ ScheduleExpression: 'rate(1 hour)' }) }, { database });
    await after.clock.advance(0);
    expect(after.fired).toEqual([]);
    await after.clock.advance(3_600_000);
    expect(after.fired).toHaveLength(1);
  });

  it('that a template no longer has fires no more', async () => {
    const database = new DatabaseSync(':memory:');
    const before = await world({ Old: rule({}) }, { database });
    await before.clock.close();
    const after = await world({ New: rule({ ScheduleExpression: 'rate(1 hour)' }) }, { database });
    await after.clock.advance(3_600_000);
    expect(after.fired.map(({ id }) => id.split(':')[0])).toEqual(['New']);
  });

  it('goes on when a target cannot be reached, and says so', async () => {
    const deliver = async () => {
      throw new Error('gone');
    };
    const { clock } = await world({ A: rule({}) }, { deliver, startMs: hour + 1_000 });
    await clock.advance(2 * 60_000);
    expect(warnings).toEqual([expect.stringContaining('A could not reach'), expect.stringContaining('A could not reach')]);
  });
});

describe('a schedule of EventBridge Scheduler', () => {
  it('fires once at its time, in its zone', async () => {
    const ScheduleExpression = `at(${new Date(hour + 7 * 3_600_000 + 90_000).toISOString().slice(0, 19)})`;
    const { clock, fired } = await world(
      { S: schedule({ ScheduleExpression, ScheduleExpressionTimezone: 'Asia/Jakarta' }) },
      { startMs: hour },
    );
    await clock.advance(3_600_000);
    expect(fired.map(({ at }) => at)).toEqual([new Date(hour + 90_000).toISOString().slice(0, 16)]);
    expect(clock.pending(9)).toEqual([]);
  });

  it('keeps to its start and end', async () => {
    const iso = (minutes: number) => new Date(hour + minutes * 60_000).toISOString();
    const { clock, fired } = await world({ S: schedule({ StartDate: iso(10), EndDate: iso(12) }) }, { startMs: hour + 1_000 });
    await clock.advance(3_600_000);
    expect(fired.map(({ at }) => at)).toEqual([10, 11, 12].map((minutes) => iso(minutes).slice(0, 16)));
  });

  it('hands over its input with the occurrence filled in, or an event of its own', async () => {
    const Input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
    const { clock, fired } = await world({ S: schedule({}, { Input }), D: schedule({}) }, { startMs: hour + 1_000 });
    await clock.advance(60_000);
    const at = new Date(hour + 60_000).toISOString().replace('.000Z', 'Z');
    expect(fired.find(({ id }) => id.startsWith('S'))?.payload).toEqual({ at, by: 'arn:schedule' });
    expect(fired.find(({ id }) => id.startsWith('D'))?.payload).toMatchObject({ source: 'aws.scheduler', time: at, detail: '{}' });
  });
});

describe('refused, by name, is', () => {
  it.each<[string, Record<string, Sketch>, RegExp]>([
    ['an expression that is none', { A: rule({ ScheduleExpression: 'rate(1 minutes)' }) }, /^A \(AWS::Events::Rule\): ScheduleExpression/],
    ['a rule that fires once', { A: rule({ ScheduleExpression: 'at(2027-01-01T00:00:00)' }) }, /^A .*ScheduleExpression/],
    ['an input that is no JSON', { A: rule({ Targets: [{ Arn: work, Id: 'T', Input: '{' }] }) }, /^A .*Targets\[0\]\.Input/],
    ['an unknown property', { A: rule({ Targets: [{ Arn: work, Id: 'T', DeadLetterConfig: {} }] }) }, /^A .*Targets\.DeadLetterConfig/],
    ['a flexible window', { S: schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }) }, /^S .*only Mode OFF/],
    ['a schedule without a role', { S: schedule({}, { RoleArn: undefined }) }, /^S [^]*RoleArn/],
    ['a schedule whose input is no JSON', { S: schedule({}, { Input: 'text' }) }, /^S .*Target\.Input: not JSON/],
    [
      'a time zone that does not exist',
      { S: schedule({ ScheduleExpression: 'cron(0 0 * * ? *)', ScheduleExpressionTimezone: 'Mars/Base' }) },
      /^S .*Mars/,
    ],
  ])('%s', async (_name, sketches, reason) => {
    await expect(world(sketches)).rejects.toThrow(reason);
  });

  it('a rule that may not invoke its function, and a schedule whose role does not grant its target', async () => {
    await expect(world({ A: rule({}) }, { mayInvoke: () => false })).rejects.toThrow(/^A .*no AWS::Lambda::Permission/);
    await expect(world({ S: schedule({}) }, { permits: () => false })).rejects.toThrow(/^S .*nothing in the template lets it reach/);
  });
});

describe('the way to a target', () => {
  const asked: unknown[] = [];
  const permits = targetPermits({
    accountId: '000000000000',
    mayInvoke: (service, sourceArn, functionArn) =>
      service === 'events.amazonaws.com' && sourceArn === 'arn:granted' && functionArn === work,
    access: {
      principalOfRole: (roleArn, service) => ({
        accessKeyId: '',
        secretAccessKey: '',
        name: `${roleArn} for ${service}`,
        arn: roleArn,
        statements: [],
      }),
      denied: ({ name }, [request]) => {
        asked.push([name, request]);
        return name.startsWith('arn:good') ? undefined : request;
      },
      mayService: (service, { action, resource, context }) =>
        service === 'events.amazonaws.com' &&
        action === 'sqs:SendMessage' &&
        resource.endsWith(':queue') &&
        context['aws:SourceArn']?.[0] === 'arn:granted',
    },
  });
  const rules = { service: 'events.amazonaws.com', sourceArn: 'arn:granted', roleArn: undefined } as const;
  const schedules = { service: 'scheduler.amazonaws.com', sourceArn: 'arn:s' } as const;
  const queue = 'arn:aws:sqs:r:0:queue';
  const machine = 'arn:aws:states:r:0:stateMachine:m';

  it.each([
    [{ ...rules, targetArn: work }, true],
    [{ ...rules, sourceArn: 'arn:other', targetArn: work }, false],
    [{ ...rules, targetArn: queue }, true],
    [{ ...rules, sourceArn: 'arn:other', targetArn: queue }, false],
    [{ ...rules, targetArn: machine }, false],
    [{ ...rules, targetArn: machine, roleArn: 'arn:good' }, true],
    [{ ...rules, targetArn: machine, roleArn: 'arn:bad' }, false],
    [{ ...rules, targetArn: 'arn:aws:sns:r:0:topic', roleArn: 'arn:good' }, false],
    [{ ...schedules, targetArn: work, roleArn: 'arn:good' }, true],
    [{ ...schedules, targetArn: work, roleArn: undefined }, false],
  ])('%j is granted: %s', (way, granted) => {
    expect(permits(way)).toBe(granted);
  });

  it('asks the role for the one action that delivers', () => {
    asked.length = 0;
    permits({ ...schedules, targetArn: machine, roleArn: 'arn:good' });
    expect(asked).toEqual([
      ['arn:good for scheduler.amazonaws.com', expect.objectContaining({ action: 'states:StartExecution', resource: machine })],
    ]);
  });
});

describe('an asynchronous invocation', () => {
  async function invoking(outcomes: readonly InvokeOutcome[], retriesMax = 2) {
    const clock = openClock({ database: new DatabaseSync(':memory:'), log });
    clocks.push(clock);
    const calls: { payload: unknown; at: number }[] = [];
    const invoke = async (_arn: string, payload: unknown) => {
      calls.push({ payload, at: clock.now() });
      return outcomes[calls.length - 1] ?? { ok: true as const, payload: null };
    };
    const invoker = asyncInvoker({
      clock,
      invoker: { invoke },
      settings: () => ({ retriesMax, eventAgeSecondsMax: 21_600, onFailureArn: undefined, deadLetterArn: undefined }),
      deliver: async () => {},
      log,
    });
    await clock.start();
    return { clock, calls, send: (id: string) => invoker.send({ id, functionArn: work, payload: { id } }) };
  }
  const failure: InvokeOutcome = { ok: false, reason: 'error', errorType: 'E', errorMessage: 'no' };
  const throttled: InvokeOutcome = { ok: false, reason: 'throttled', errorType: 'T', errorMessage: 'busy' };

  it('is tried again after one and two minutes, and then given up with a warning', async () => {
    const { clock, calls, send } = await invoking([failure, failure, failure]);
    send('a');
    await clock.advance(600_000);
    const gaps = calls.slice(1).map(({ at }, index) => Math.round((at - (calls[index]?.at ?? 0)) / 1_000));
    expect([calls.length, gaps]).toEqual([3, [60, 120]]);
    expect(warnings.at(-1)).toContain('given up');
    expect(clock.pending(9)).toEqual([]);
  });

  it('that is throttled waits without using up its tries', async () => {
    const { clock, calls, send } = await invoking([throttled, throttled, throttled, throttled], 0);
    send('a');
    await clock.advance(60_000);
    expect(calls).toHaveLength(5);
  });

  it('sent twice under one id before it ran is one event', async () => {
    const { clock, calls, send } = await invoking([]);
    send('a');
    send('a');
    send('b');
    await clock.advance(1_000);
    expect(calls.map(({ payload }) => payload)).toEqual([{ id: 'a' }, { id: 'b' }]);
  });
});
