import { afterEach, describe, expect, it } from 'vitest';
import { openEventBus, type EventBusOptions } from '#infra/local/events/event-bus.ts';
import { targetPayload } from '#infra/local/events/target-input.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';

interface Delivery {
  readonly id: string;
  readonly targetArn: string;
  readonly payload: unknown;
}

const nowMs = Date.parse('2026-06-01T12:00:00.500Z');
const work = 'arn:aws:lambda:ap-southeast-3:000000000000:function:work';
const deliveries: Delivery[] = [];
const warnings: string[] = [];

afterEach(() => {
  deliveries.length = 0;
  warnings.length = 0;
});

const rule = (properties: Record<string, unknown>): Sketch => ({
  type: 'AWS::Events::Rule',
  arn: 'arn:aws:events:ap-southeast-3:000000000000:rule/rule',
  properties: { EventPattern: { source: ['shop'] }, Targets: [{ Arn: work, Id: 'T' }], ...properties },
});

function bus(sketches: Record<string, Sketch>, options: Partial<EventBusOptions> = {}) {
  return openEventBus({
    model: modelOf({ ...sketches }),
    clock: { now: () => nowMs },
    deliver: async (delivery) => void deliveries.push(delivery),
    permits: () => true,
    log: { info: () => undefined, warn: (_room, message) => void warnings.push(message) },
    ...options,
  });
}

const entry = (changes: Record<string, unknown> = {}) => ({ Source: 'shop', DetailType: 'Placed', Detail: '{"n":1}', ...changes });

describe('PutEvents', () => {
  it('gives an event to every target of every rule that matches', async () => {
    const { handle } = bus({
      Both: rule({
        Targets: [
          { Arn: work, Id: 'A' },
          { Arn: 'arn:aws:sqs:r:0:q', Id: 'B', Input: '{"constant":true}' },
        ],
      }),
      Other: rule({ EventPattern: { source: ['bank'] } }),
      Off: rule({ State: 'DISABLED' }),
    });
    const answer = (await handle('PutEvents', { Entries: [entry({ Resources: ['arn:x'] })] })) as { Entries: { EventId: string }[] };
    const id = answer.Entries[0]?.EventId ?? '';
    expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }] });
    expect(deliveries).toEqual([
      {
        id: `${id}:Both:A`,
        targetArn: work,
        payload: {
          version: '0',
          id,
          source: 'shop',
          'detail-type': 'Placed',
          account: '000000000000',
          time: '2026-06-01T12:00:00Z',
          region: 'ap-southeast-3',
          resources: ['arn:x'],
          detail: { n: 1 },
        },
      },
      { id: `${id}:Both:B`, targetArn: 'arn:aws:sqs:r:0:q', payload: { constant: true } },
    ]);
  });

  it('keeps the time that the sender gives', async () => {
    const { handle } = bus({ R: rule({}) });
    await handle('PutEvents', { Entries: [entry({ Time: 1_700_000_000 })] });
    expect(deliveries[0]?.payload).toMatchObject({ time: '2023-11-14T22:13:20Z' });
  });

  it('keeps buses apart, by name and by ARN', async () => {
    const sketches = {
      Orders: {
        type: 'AWS::Events::EventBus',
        physicalName: 'orders',
        arn: 'arn:aws:events:r:0:event-bus/orders',
        properties: { Name: 'orders' },
      },
      OnDefault: rule({}),
      OnOrders: rule({ EventBusName: 'orders' }),
    };
    const { handle } = bus(sketches);
    await handle('PutEvents', {
      Entries: [entry({ EventBusName: 'orders' }), entry({ EventBusName: 'arn:aws:events:r:0:event-bus/orders' }), entry()],
    });
    expect(deliveries.map(({ id }) => id.split(':')[1])).toEqual(['OnOrders', 'OnOrders', 'OnDefault']);
  });

  it.each([
    [{ Source: undefined }, 'InvalidArgument', /Source is a required argument/],
    [{ DetailType: '' }, 'InvalidArgument', /DetailType/],
    [{ Detail: undefined }, 'InvalidArgument', /Detail/],
    [{ Detail: '{' }, 'MalformedDetail', /malformed/],
    [{ Detail: '[1]' }, 'MalformedDetail', /malformed/],
    [{ Source: 'aws.s3' }, 'NotAuthorizedForSourceException', /Not authorized/],
    [{ EventBusName: 'none' }, 'InvalidArgument', /none does not exist/],
  ])('refuses an entry with %j alone, not those beside it', async (changes, ErrorCode, message) => {
    const { handle } = bus({ R: rule({}) });
    const answer = await handle('PutEvents', { Entries: [entry(), entry(changes), entry()] });
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode, ErrorMessage: expect.stringMatching(message) },
        { EventId: expect.any(String) },
      ],
    });
    expect(deliveries).toHaveLength(2);
  });

  it.each([
    [{ Entries: [] }],
    [{ Entries: Array.from({ length: 11 }, () => entry()) }],
    [{}],
    [{ Entries: Array.from({ length: 5 }, () => entry({ Detail: JSON.stringify({ x: 'ü'.repeat(110_000) }) })) }],
  ])('refuses a call that is out of bounds', async (input) => {
    const { handle } = bus({ R: rule({}) });
    await expect(handle('PutEvents', input)).rejects.toMatchObject({ name: 'ApiRefusal', code: 'ValidationException' });
    expect(deliveries).toEqual([]);
  });

  it('goes on with other targets when one cannot be reached, and says so', async () => {
    const targets = [
      { Arn: 'arn:gone', Id: 'A' },
      { Arn: work, Id: 'B' },
    ];
    const { handle } = bus(
      { R: rule({ Targets: targets }) },
      {
        deliver: async (delivery) => {
          if (delivery.targetArn === 'arn:gone') throw new Error('no such target');
          deliveries.push(delivery);
        },
      },
    );
    expect(await handle('PutEvents', { Entries: [entry()] })).toMatchObject({ FailedEntryCount: 0 });
    expect(deliveries.map(({ targetArn }) => targetArn)).toEqual([work]);
    expect(warnings[0]).toContain('R could not reach arn:gone');
  });

  it('is the only operation', async () => {
    await expect(bus({}).handle('ListRules', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });
});

it('services of the stack publish on the default bus', async () => {
  const { publish } = bus({ R: rule({ EventPattern: { source: ['aws.s3'], detail: { object: { key: [{ suffix: '.log' }] } } } }) });
  const about = (key: string) => ({ source: 'aws.s3', 'detail-type': 'Object Created', resources: [], detail: { object: { key } } });
  await publish(about('a.log'));
  await publish(about('a.txt'));
  expect(deliveries).toHaveLength(1);
});

describe('what a target gets', () => {
  const event = {
    source: 'shop',
    time: '2026-06-01T12:00:00Z',
    detail: { name: 'Ana "A"', n: 2, list: [1, 2], obj: { a: 1 }, nothing: null },
  };
  const given = (input: Parameters<typeof targetPayload>[0]) => targetPayload(input, { arn: 'arn:rule', name: 'rule' }, 'R')(event);
  const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
    given({ InputTransformer: { InputTemplate, InputPathsMap } });
  const paths = {
    name: '$.detail.name',
    n: '$.detail.n',
    list: '$.detail.list',
    obj: '$.detail.obj',
    none: '$.detail.none',
    all: '$.detail.list[*]',
  };

  it('is the event, a constant or a part of the event', () => {
    expect(given({})).toEqual(event);
    expect(given({ Input: '[1]' })).toEqual([1]);
    expect(given({ InputPath: '$.detail.obj' })).toEqual({ a: 1 });
    expect(given({ InputPath: '$.detail.none' })).toBeNull();
  });

  it.each<[string, unknown]>([
    ['{"who":<name>,"n":<n>,"list":<list>,"obj":<obj>,"all":<all>}', { who: 'Ana "A"', n: 2, list: [1, 2], obj: { a: 1 }, all: [1, 2] }],
    ['{"text":"<name> has <n> of <obj>"}', { text: 'Ana "A" has 2 of {"a":1}' }],
    [String.raw`{"text":"\"<n>\""}`, { text: '"2"' }],
    ['"<name> says <n>"', 'Ana "A" says 2'],
    ['<name> says <n>', 'Ana "A" says 2'],
    ['{"none":<none>,"text":"[<none>]"}', { none: null, text: '[]' }],
    ['{"text":"<b>bold</b>"}', { text: '<b>bold</b>' }],
    [
      '{"rule":"<aws.events.rule-name>","arn":<aws.events.rule-arn>,"at":<aws.events.event.ingestion-time>}',
      { rule: 'rule', arn: 'arn:rule', at: event.time },
    ],
    ['{"event":<aws.events.event>,"whole":<aws.events.event.json>}', { event: { source: 'shop', time: event.time }, whole: event }],
  ])('is made by the template %s', (template, expected) => {
    expect(transformed(template, paths)).toEqual(expected);
  });
});

describe('a rule or bus is refused, by name, when', () => {
  it.each<[string, Record<string, Sketch>, RegExp]>([
    [
      'its pattern is none',
      { R: rule({ EventPattern: { source: 'shop' } }) },
      /^R \(AWS::Events::Rule\): EventPattern\.source: .*as a list/,
    ],
    ['its bus is not in the template', { R: rule({ EventBusName: 'none' }) }, /^R .*no event bus none/],
    ['a property is unknown here', { R: rule({ Targets: [{ Arn: work, Id: 'T', EcsParameters: {} }] }) }, /^R .*Targets\.EcsParameters/],
    [
      'a target has two inputs',
      { R: rule({ Targets: [{ Arn: work, Id: 'T', Input: '{}', InputPath: '$' }] }) },
      /^R .*Targets\[0\]: one of/,
    ],
    ['an input is no JSON', { R: rule({ Targets: [{ Arn: work, Id: 'T', Input: '{' }] }) }, /^R .*Targets\[0\]\.Input: not JSON/],
    ['an input path is none', { R: rule({ Targets: [{ Arn: work, Id: 'T', InputPath: 'x' }] }) }, /^R .*Targets\[0\]\.InputPath/],
    [
      'it has too many targets',
      { R: rule({ Targets: Array.from({ length: 6 }, (_, index) => ({ Arn: work, Id: String(index) })) }) },
      /^R /,
    ],
    [
      'a bus has a dead-letter queue',
      { B: { type: 'AWS::Events::EventBus', properties: { Name: 'b', DeadLetterConfig: {} } } },
      /^B .*DeadLetterConfig/,
    ],
  ])('%s', (_name, sketches, reason) => {
    expect(() => bus(sketches)).toThrow(reason);
  });

  it('nothing lets it reach its target', () => {
    const asked: unknown[] = [];
    const permits = (way: unknown) => {
      asked.push(way);
      return false;
    };
    const sketches = { R: rule({ RoleArn: 'arn:role' }) };
    expect(() => bus(sketches, { permits })).toThrow(/^R .*lets this rule reach .*function:work/);
    expect(asked).toEqual([
      {
        service: 'events.amazonaws.com',
        sourceArn: 'arn:aws:events:ap-southeast-3:000000000000:rule/rule',
        targetArn: work,
        roleArn: 'arn:role',
      },
    ]);
  });
});
