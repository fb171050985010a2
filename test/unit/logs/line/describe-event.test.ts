import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeAssumption } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { describeEvent } from '#shared/logs/line/describe-event.ts';
import { formats } from './formats.ts';
import { timed } from '../linear-time.ts';

const fileTimeMs = Date.UTC(2026, 10, 21, 12);
const describeLine = (line: string) => describeEvent(line, { fileTimeMs });

const local = '2026-11-21T10:00:00.000Z';
const localMs = '2026-11-21T10:00:00.123Z';
const jakarta = '2026-11-21T03:00:00.000Z';
const jakartaMs = '2026-11-21T03:00:00.123Z';
const none: TimeAssumption[] = [];
const zone: TimeAssumption[] = ['zone'];
const year: TimeAssumption[] = ['zone', 'year'];
const date: TimeAssumption[] = ['zone', 'date'];

type Row = readonly [line: string, time: string | null, assumed: TimeAssumption[], logger: string | null, message: string];

const rows: readonly Row[] = [
  ['ERROR: relation "orders" does not exist', null, none, null, 'relation "orders" does not exist'],
  ['[ERROR] queue is full', null, none, null, 'queue is full'],
  ['Error - could not open the ledger', null, none, null, 'could not open the ledger'],
  ['panic: runtime error: index out of range [5] with length 3', null, none, null, 'runtime error: index out of range [5] with length 3'],
  ['ERROR 2026-11-21 10:00:00,123 ledger closed twice', localMs, zone, null, 'ledger closed twice'],
  [
    '2026-11-21 10:00:00,123 ERROR [http-nio-1] com.acme.shop.Orders - request 9af1 failed',
    localMs,
    zone,
    'com.acme.shop.Orders',
    'request 9af1 failed',
  ],
  ['2026-11-21 10:00:00,123 [main] ERROR com.acme.shop.Orders - boom - twice', localMs, zone, 'com.acme.shop.Orders', 'boom - twice'],
  ['2026-11-21 10:00:00,123 FATAL [main] com.acme.Boot: cannot start: no port', localMs, zone, 'com.acme.Boot', 'cannot start: no port'],
  ['2026-11-21 10:00:00,123 ERROR java.lang.NullPointerException: boom', localMs, zone, null, 'java.lang.NullPointerException: boom'],
  ['2026-11-21 10:00:00 ERROR Boot:12 - boom', local, zone, 'Boot', 'boom'],
  ['10:00:00.123 [main] ERROR com.acme.Boot -- boom', localMs, date, 'com.acme.Boot', 'boom'],
  [
    '21-Nov-2026 10:00:00.123 SEVERE [main] org.apache.catalina.startup.Catalina.load Error initialising',
    localMs,
    zone,
    'org.apache.catalina.startup.Catalina.load',
    'Error initialising',
  ],
  [
    '2026-11-21T10:00:00.123+07:00 ERROR 4711 --- [shop] [nio-8080-exec-1] c.a.shop.Orders   : boom: twice',
    jakartaMs,
    none,
    'c.a.shop.Orders',
    'boom: twice',
  ],
  ['ERROR:root:payment 12 failed', null, none, 'root', 'payment 12 failed'],
  ['2026-11-21 10:00:00,123 - shop.orders - ERROR - payment 12 failed', localMs, zone, 'shop.orders', 'payment 12 failed'],
  ['2026-11-21 10:00:00,123 root ERROR Payment 12 failed', localMs, zone, 'root', 'Payment 12 failed'],
  ['[2026-11-21 10:00:00,123] ERROR in app: Exception on /orders [GET]', localMs, zone, 'app', 'Exception on /orders [GET]'],
  [
    '[21/Nov/2026 10:00:00] ERROR [django.request:241] Internal Server Error: /orders',
    local,
    zone,
    'django.request',
    'Internal Server Error: /orders',
  ],
  ['[2026-11-21 10:00:00,123: ERROR/ForkPoolWorker-2] Task shop.settle raised', localMs, zone, null, 'Task shop.settle raised'],
  ['[2026-11-21 10:00:00 +0000] [123] [ERROR] Exception in worker process', local, none, null, 'Exception in worker process'],
  ['ERROR:    Exception in ASGI application', null, none, null, 'Exception in ASGI application'],
  ['2026-11-21 10:00:00.123 | ERROR    | shop.orders:settle:12 - boom', localMs, zone, 'shop.orders', 'boom'],
  ['F, [2026-11-21T10:00:00.123456 #4711] FATAL -- shop: gone: for good', localMs, zone, 'shop', 'gone: for good'],
  [
    '[21-Nov-2026 10:00:00 Asia/Jakarta] PHP Fatal error:  Uncaught RuntimeException: boom in /srv/a.php:12',
    jakarta,
    none,
    null,
    'Uncaught RuntimeException: boom in /srv/a.php:12',
  ],
  ['[2026-11-21T10:00:00.123456+07:00] app.ERROR: order failed {"id":17} []', jakartaMs, none, 'app', 'order failed {"id":17} []'],
  ['fail: Acme.Shop.Orders[17]', null, none, 'Acme.Shop.Orders', ''],
  ['[12:00:00 ERR] order 17 failed', '2026-11-21T12:00:00.000Z', date, null, 'order 17 failed'],
  ['2026-11-21 10:00:00.1234|ERROR|Acme.Shop.Orders|order 17 failed', localMs, zone, 'Acme.Shop.Orders', 'order 17 failed'],
  ['2026-11-21 10:00:00,123 [12] ERROR Acme.Shop.Orders [(null)] - order 17 failed', localMs, zone, 'Acme.Shop.Orders', 'order 17 failed'],
  [
    'Error,11/21/2026 10:00:00 AM,Service Control Manager,7034,None,"The Spooler, as ever, terminated."',
    local,
    zone,
    'Service Control Manager',
    'The Spooler, as ever, terminated.',
  ],
  ['[2026-11-21T10:00:00Z ERROR shop::orders] order 17 failed', local, none, 'shop::orders', 'order 17 failed'],
  ['2026-11-21T10:00:00.123456Z ERROR shop::orders: order 17 failed id=17', localMs, none, 'shop::orders', 'order 17 failed id=17'],
  ['2026-11-21T10:00:00.123456Z ERROR request{id=1}: shop::orders: order failed', localMs, none, 'shop::orders', 'order failed'],
  ['2026-11-21T10:00:00.123+0700\tERROR\torders\tshop/orders.go:12\torder failed', jakartaMs, none, 'orders', 'order failed'],
  ['time="2026-11-21T10:00:00+07:00" level=error msg="order \\"17\\" failed" id=17', jakarta, none, null, 'order "17" failed'],
  ['ts=1763701200.5 component=ledger lvl=eror msg=closed', '2025-11-21T05:00:00.500Z', none, 'ledger', 'closed'],
  [
    '2026-11-21T10:00:00.123456+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=GET',
    localMs,
    none,
    'heroku',
    'Request timeout',
  ],
  [
    'E0301 12:00:00.000000       1 reflector.go:12] Failed to list *v1.Pod: timeout',
    '2026-03-01T12:00:00.000Z',
    year,
    'reflector.go',
    'Failed to list *v1.Pod: timeout',
  ],
  ['<11>Nov 21 10:00:00 web1 shop[4711]: order 17 failed', local, year, 'shop', 'order 17 failed'],
  [
    '<26>1 2026-11-21T10:00:00.123Z web1 shop 4711 ID47 [sd@32473 k="a ] b"][x@1] order 17 failed',
    localMs,
    none,
    'shop',
    'order 17 failed',
  ],
  ['Nov 21 10:00:00 web1 sshd[4711]: fatal: Read from socket failed: reset', local, year, 'sshd', 'Read from socket failed: reset'],
  ['Nov 21 10:00:00 web1 shop[4711]: 2026-11-21 10:00:00,123 ERROR [main] com.acme.Shop - boom', localMs, zone, 'com.acme.Shop', 'boom'],
  ['Nov 21 10:00:00 web1 shop[4711]: {"level":"error","msg":"boom"}', local, year, 'shop', 'boom'],
  [
    '2026/11/21 10:00:00 [error] 12#12: *3 open() "/x" failed (2: No such file), client: 10.0.0.1',
    local,
    zone,
    null,
    'open() "/x" failed (2: No such file), client: 10.0.0.1',
  ],
  [
    '[Sat Nov 21 10:00:00.123456 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:4711] AH00126: Invalid URI',
    localMs,
    zone,
    'core',
    'AH00126: Invalid URI',
  ],
  ['2026-11-21 10:00:00.123 WIB [123] shop@ledger FATAL:  too many connections', jakartaMs, none, null, 'too many connections'],
  [
    '2026-11-21 10:00:00.123 UTC,"shop","ledger",123,"[local]",1.1,1,"SELECT",x,3/4,0,ERROR,42P01,"relation ""x"" is missing",,,,,"SELECT a, long, statement"',
    localMs,
    none,
    null,
    'relation "x" is missing',
  ],
  ['2026-11-21T10:00:00.123456Z 0 [ERROR] [MY-010119] [Server] Aborting', localMs, none, 'Server', 'Aborting'],
  ['2026-11-21T10:00:00.123+0000 E NETWORK  [conn1] Failed to connect', localMs, none, 'NETWORK', 'Failed to connect'],
  [
    '[2026-11-21 10:00:00,123] ERROR [KafkaServer id=0] Fatal error during startup (kafka.server.KafkaServer)',
    localMs,
    zone,
    'kafka.server.KafkaServer',
    '[KafkaServer id=0] Fatal error during startup',
  ],
  [
    '[2026-11-21T10:00:00,123][ERROR][o.e.b.Bootstrap          ] [node-1] Exception',
    localMs,
    zone,
    'o.e.b.Bootstrap',
    '[node-1] Exception',
  ],
  ['11-21 10:00:00.123  1234  5678 E ActivityManager: ANR in com.acme.shop', localMs, year, 'ActivityManager', 'ANR in com.acme.shop'],
  ['11-21 10:00:00.123 E/ActivityManager( 1234): ANR in com.acme.shop', localMs, year, 'ActivityManager', 'ANR in com.acme.shop'],
  ['ERROR[11-21|10:00:00.123] Block import failed', localMs, year, null, 'Block import failed'],
  ['E/ActivityManager( 1234): ANR in com.acme.shop', null, none, 'ActivityManager', 'ANR in com.acme.shop'],
  [
    '2016-09-28 04:30:30, Error                 CBS    Failed to load the session',
    '2016-09-28T04:30:30.000Z',
    zone,
    'CBS',
    'Failed to load the session',
  ],
  ['Jul  1 09:00:55 mac process[1] <Error>: not completed', '2026-07-01T09:00:55.000Z', year, 'process', 'not completed'],
  [
    '- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL FATAL data TLB fault',
    '2005-06-03T22:42:50.675Z',
    none,
    'KERNEL',
    'data TLB fault',
  ],
  [
    '- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.51.675872 R02-M1 RAS KERNEL FATAL written a second later',
    '2005-06-03T22:42:50.000Z',
    none,
    'KERNEL',
    'written a second later',
  ],
  [
    'nova-api.log.1 2026-11-21 10:00:00.123 25743 ERROR nova.api.openstack [req-9af1 - - -] boom',
    localMs,
    zone,
    'nova.api.openstack',
    '[req-9af1 - - -] boom',
  ],
  ['081109 203615 148 ERROR dfs.DataNode$PacketResponder: boom', '2008-11-09T20:36:15.000Z', zone, 'dfs.DataNode$PacketResponder', 'boom'],
  [
    '2015-07-29 17:41:44,747 - ERROR [SyncThread:0:NIOServerCnxn@180] - Unexpected',
    '2015-07-29T17:41:44.747Z',
    zone,
    'NIOServerCnxn',
    'Unexpected',
  ],
  ['[11/21/26 10:00:00:123 WIB] 0000004a ServletWrappe E   SRVE0068E: Uncaught', jakartaMs, none, 'ServletWrappe', 'SRVE0068E: Uncaught'],
  ['[ERROR]\t2026-11-21T10:00:00.123Z\t9af1d2c3-0000-4000-8000-000000000000\torder failed', localMs, none, null, 'order failed'],
  ['2026-11-21T10:00:00.123Z\t9af1d2c3-0000-4000-8000-000000000000\tERROR\torder failed', localMs, none, null, 'order failed'],
  [
    '2026-11-21T03:00:00.123456789Z stderr F 2026-11-21 10:00:00,123 ERROR [main] com.acme.Shop - boom',
    jakartaMs,
    none,
    'com.acme.Shop',
    'boom',
  ],
  ['{"log":"[error] boom\\n","stream":"stderr","time":"2026-11-21T03:00:00.123456789Z"}', jakartaMs, none, null, 'boom'],
  ['\u{1b}[31mERROR\u{1b}[0m pembayaran gagal: saldo tidak cukup 💸', null, none, null, 'pembayaran gagal: saldo tidak cukup 💸'],
];

it.each(rows)('describes %s', (...[line, time, timeAssumed, logger, message]) => {
  expect(describeLine(line)).toEqual({ time, timeAssumed, logger, message, stack: null });
});

describe('a JSON line', () => {
  const describeJson = (event: unknown) => describeLine(JSON.stringify(event));

  it.each([
    [
      { level: 50, time: 1763701200123, name: 'shop', msg: 'boom' },
      { time: '2025-11-21T05:00:00.123Z', logger: 'shop', message: 'boom' },
    ],
    [
      { '@timestamp': '2026-11-21T10:00:00.123Z', log: { level: 'error', logger: 'a.B' }, message: 'boom' },
      { time: localMs, logger: 'a.B', message: 'boom' },
    ],
    [
      { '@t': '2026-11-21T10:00:00.123Z', '@mt': 'order {Id}', '@l': 'Error', SourceContext: 'Acme' },
      { time: localMs, logger: 'Acme', message: 'order {Id}' },
    ],
    [
      { timestamp: local, level: 'ERROR', fields: { message: 'boom' }, target: 'shop::orders' },
      { time: local, logger: 'shop::orders', message: 'boom' },
    ],
    [
      { severity: 'ERROR', message: 'boom', timestamp: { seconds: 1763701200, nanos: 5e8 } },
      { time: '2025-11-21T05:00:00.500Z', logger: null, message: 'boom' },
    ],
    [
      { t: { $date: localMs }, s: 'E', c: 'STORAGE', msg: 'boom' },
      { time: localMs, logger: 'STORAGE', message: 'boom' },
    ],
    [
      { PRIORITY: '3', MESSAGE: 'boom', SYSLOG_IDENTIFIER: 'shop', __REALTIME_TIMESTAMP: '1763701200123456' },
      { time: '2025-11-21T05:00:00.123Z', logger: 'shop', message: 'boom' },
    ],
    [
      { level: 'error', event: 'order failed', logger: '' },
      { time: null, logger: null, message: 'order failed' },
    ],
    [
      { level: 'error', err: { message: 'boom' } },
      { time: null, logger: null, message: 'boom' },
    ],
    [
      { level: 'ERROR', message: { errorType: 'E', errorMessage: 'boom', stackTrace: ['a', 'b'] } },
      { time: null, logger: null, message: 'boom', stack: 'a\nb' },
    ],
    [
      { level: 'error', message: { id: 17 } },
      { time: null, logger: null, message: '{"id":17}' },
    ],
    [
      { level: 'error', time: '2026-13-01T00:00:00Z', ts: local, msg: 'x' },
      { time: local, logger: null, message: 'x' },
    ],
  ])('%j', (event, expected) => {
    expect(describeJson(event)).toMatchObject(expected);
  });

  it.each([
    { stack: 'Error: boom\n    at x' },
    { err: { stack: 'Error: boom\n    at x' } },
    { error: { stack_trace: 'Error: boom\n    at x' } },
    { exception: 'Error: boom\n    at x' },
    { exc_info: 'Error: boom\n    at x' },
    { stackTrace: ['Error: boom', '    at x'] },
    { '@x': 'Error: boom\n    at x' },
    { exception: { class: 'E', stacktrace: 'Error: boom\n    at x' } },
  ])('keeps the stack of %j', (fields) => {
    expect(describeJson({ level: 'error', msg: 'boom', ...fields }).stack).toBe('Error: boom\n    at x');
  });

  it('that is cut off says what stands before the cut', () => {
    const line = JSON.stringify({ level: 'error', time: local, name: 'shop', msg: 'a "long" message', err: { stack: 'E\n  at x' } });
    expect(describeLine(line.slice(0, -5))).toMatchObject({ time: local, logger: 'shop', message: 'a "long" message', stack: 'E\n  at' });
    expect(describeLine(line.slice(0, line.indexOf('long') + 2))).toMatchObject({ time: local, logger: 'shop', message: 'a "lo' });
  });
});

it('bounds message and stack, and cuts no character in half', () => {
  const long = '💸'.repeat(limits.stackCharactersMax);
  const { message, stack } = describeLine(JSON.stringify({ level: 'error', msg: `x${long}`, stack: `\n${long}` }));
  expect(message.length).toBeLessThanOrEqual(limits.messageCharactersMax);
  expect(stack?.length).toBeLessThanOrEqual(limits.stackCharactersMax);
  expect(message.isWellFormed()).toBe(true);
  expect(describeLine(`ERROR ${'y'.repeat(100_000)}`).message).toHaveLength(limits.messageCharactersMax);
});

it('never throws, and answers what a record can hold', { timeout: 20_000 }, () => {
  const lines = formats.flatMap((format) => format.lines.map(([, line]) => line));
  const cutLine = fc
    .tuple(fc.constantFrom(...lines), fc.nat({ max: 120 }), fc.string())
    .map(([line, at, tail]) => line.slice(0, at) + tail);
  fc.assert(
    fc.property(fc.oneof(cutLine, fc.string({ unit: 'binary' })), (line) => {
      const { time, logger, message, stack } = describeLine(line);
      expect({
        time: time === null || new Date(time).toISOString() === time,
        logger: logger === null || logger.length > 0,
        message: message.length <= limits.messageCharactersMax,
        stack: stack === null || stack.length <= limits.stackCharactersMax,
      }).toEqual({ time: true, logger: true, message: true, stack: true });
    }),
    { numRuns: 400 },
  );
});

it.each([
  ['blanks', `ERROR ${' '.repeat(65_000)}x`],
  ['parentheses', `2026-11-21 10:00:00 ERROR ${'a ('.repeat(20_000)}`],
  ['dots', `2026-11-21 10:00:00 ERROR ${'a.'.repeat(32_000)}`],
  ['pairs', `level=error ${'a="'.repeat(20_000)}`],
  ['words before the level', `2026-11-21 10:00:00 ${'a=b '.repeat(20)}[ERROR] x`],
  ['structured data', `<11>1 2026-11-21T10:00:00Z h a 1 - ${'[a "'.repeat(16_000)}`],
  ['cells', `2026-11-21 10:00:00,ERROR,${'"",'.repeat(20_000)}`],
  ['open cells', `2026-11-21 10:00:00,ERROR,${'"a'.repeat(30_000)}`],
  ['broken JSON', `{"level":"error","a":${'{"b":'.repeat(12_000)}`],
])('describes 64 KiB of %s in linear time', (_, line) => {
  describeLine(line);
  const { ms, msMax } = timed(line, () => describeLine(line));
  expect(ms).toBeLessThan(msMax);
});
