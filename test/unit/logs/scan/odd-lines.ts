/**
 * Arbitrary lines that look like those the quick reader is sure of, and are not quite.
 */
import * as fc from 'fast-check';
import { jsonPaths } from '#shared/logs/line/describe-json.ts';
import { pairKeys } from '#shared/logs/line/describe-pairs.ts';
import { jsonKeyRoles } from '#shared/logs/line/json-head.ts';
import { writtenLevelWords } from '#shared/logs/line/level-words.ts';
import { pairRoles } from '#shared/logs/line/pairs.ts';

const words = (list: string) => list.split(' ');
const some = (list: readonly string[]) => fc.constantFrom(...list);
const levels = [...writtenLevelWords.keys(), 'ErRoR', 'E', 'F', 'ERRORS', '50', '60', '30', '500', '5.5', '3'];
const likelyLevels = words('ERROR FATAL INFO WARN DEBUG ERROR error fatal Error info SEVERE critical FAIL LOG');
const level = fc.oneof({ weight: 3, arbitrary: some(likelyLevels) }, some(levels));

const times = [
  '2026-03-01 00:00:00,123',
  '2026-03-01 00:00:00',
  '2026-03-01T00:00:00.5Z',
  '2026-03-01T23:59:59.123456789Z',
  '2026-03-01T10:00:00',
  '2026-02-29 10:00:00.1',
  '2024-02-29 10:00:00.1',
  '2026-13-01 10:00:00',
  '2026-12-31 24:00:00',
  '0099-12-31 10:00:00',
  '2026-04-31 10:00:00',
  '2026-03-01 00:00:00.1234567890',
  '2026-03-01 00:00:00,',
  '2026-03-01 00:00:60',
  '2026-3-1 0:0:0',
  '1772323200',
  '1772323200123',
  '17723',
  'Mar  1 00:00:00',
  'Mar 01 23:59:59',
  'Feb 29 10:00:00',
  'Feb 30 10:00:00',
  'Dec 31 23:59:59',
  'Mar 1 00:00:00',
  'Mei  1 00:00:00',
  'Foo  1 00:00:00',
];
const isoTimes = times.slice(0, 5);
const time = fc.oneof({ weight: 3, arbitrary: some([...isoTimes, 'Mar  1 00:00:00']) }, some(times));

const bits = [
  ' ',
  ' ',
  ' ',
  '  ',
  '\t',
  ': ',
  ':',
  ' - ',
  '-',
  ' -- ',
  '|',
  ' | ',
  '=',
  '.',
  ',',
  '::',
  '/',
  '"',
  "'",
  '  ',
  '[main]',
  '[http-1]',
  '[worker.1]',
  '[a@17]',
  '[E]',
  '[error]',
  '[app]',
  '[ab]',
  '[a:b]',
  '(x)',
  '[10:00:00]',
  '[Mar 1]',
  '[]',
  '[abc def]',
  'com.acme.Shop',
  'shop.orders',
  'worker.32',
  'Boot',
  'shop',
  'in',
  'in app: ',
  'http',
  'https',
  'ShopError',
  'a.b.SomeException',
  'a..b',
  'a.',
  'sshd[12]:',
  'kernel:',
  'web-1',
  'am',
  'pm-2',
  'std',
  'stdout F ',
  'stderr P ',
  'mail.err',
  'CRON[1]:',
  'postfix/smtpd[4711]:',
  'http[1]:',
  'boom',
  '17',
  '0',
  'none',
  'order 17 failed',
  '(kafka.server.KafkaServer)',
  'Acme.Shop[17]',
  '[17]',
  'x]',
  'y)',
  'é',
  'ü ',
  '\u{a0}',
  '\u{3000}',
  '#0',
  '#033[31m',
  '\u{1b}[31m',
  '\r',
  '\0',
  '---',
  '1 --- [main] ',
  'Caused by',
  ':\tat x',
  ': Caused',
  '*',
  'Z',
  '+07:00',
  ' UTC',
  ' WIB',
  'PM',
];
const bit = some(bits);
const someBits = fc.array(fc.oneof(bit, level), { maxLength: 7 }).map((list) => list.join(''));

/** A header as loggers write it, with something odd in it or not. */
const header = fc
  .tuple(
    some(['', '', '', '[']),
    time,
    some(['', '', '', ']', 'Z']),
    some([' ', ' ', ' ', '  ', '']),
    some(['', '', '[main] ', '[pool-1-thread-2] ', 'web-1 sshd[12]: ', 'host kernel: ']),
    level,
  )
  .map((parts) => parts.join(''));
const logger = some([
  'com.acme.Shop',
  'shop.orders',
  'Boot',
  'worker.32',
  'a.b.C_d$e',
  'com.acme.ShopException',
  'shop',
  'x'.repeat(90),
  `a${'.b'.repeat(25)}`,
]);
const layout = fc
  .tuple(
    some([' ', ' ', ' ', ': ', '  ', '']),
    some(['', '', '[main] ', '[a.b] ']),
    logger,
    some([' - ', ': ', ' ', ' -- ', ':12 - ', '']),
    fc.oneof(bit, fc.constant('order 17 failed')),
    some(['', '', '', ' (a.b.C)', ')', ']', ' ', '.']),
  )
  .map((parts) => parts.join(''));
const textLine = fc.oneof(
  fc.tuple(header, layout).map((parts) => parts.join('')),
  fc.tuple(header, someBits).map((parts) => parts.join('')),
  fc.tuple(time, someBits).map((parts) => parts.join('')),
  someBits,
);

const jsonKeys = [
  ...jsonKeyRoles.keys(),
  ...Object.values(jsonPaths).flatMap(words),
  'pid',
  'hostname',
  'x',
  'aKeyThatIsLongerThanAnyOther',
];
const likelyKeys = words('level time msg name logger message ts service event error log pid');
const jsonKey = fc.oneof({ weight: 2, arbitrary: some(likelyKeys) }, some(jsonKeys));
const jsonValue = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(time, level, bit, fc.constant('order 17 failed')) },
  fc.constantFrom<unknown>(
    50,
    60,
    30,
    5,
    17,
    500,
    55.5,
    -50,
    0,
    1772323200,
    1772323200123,
    1772323200.5,
    17_723_232_001_234,
    null,
    true,
    false,
    '',
    {},
    [],
    [1],
  ),
  fc.constantFrom<unknown>(
    { message: 'inner' },
    ['a', 'b'],
    'two\nlines',
    'a "quote"',
    '[tag]',
    ' blank',
    'blank ',
    `${'long '.repeat(60)}.`,
  ),
);
const members = fc.array(fc.tuple(jsonKey, jsonValue), { maxLength: 6 });
const likelyMembers = fc
  .tuple(fc.oneof(fc.constantFrom<unknown>(50, 30, 60), level), fc.oneof(fc.constantFrom<unknown>(1772323200123), time), jsonValue, members)
  .map(([said, when, message, rest]): [string, unknown][] =>
    Array.of<[string, unknown]>(['level', said], ['time', when], ['msg', message]).concat(rest),
  );
const jsonLine = fc
  .tuple(
    fc.oneof(members, likelyMembers),
    some([',', ', ', ' ,']),
    some([':', ': ']),
    some(['', '', '', ' ', '}', 'x', ',"level":"error"']),
  )
  .map(([list, comma, colon, end]) => `{${list.map(([key, value]) => `"${key}"${colon}${JSON.stringify(value)}`).join(comma)}}${end}`);

const pairValue = fc.oneof(
  time,
  level,
  bit,
  fc.constantFrom('', 'order', '"order 17 failed"', '""', '"a \\"quote\\""', '"open', 'main.go:12', '"2026-03-01T00:00:00Z"', '[tag]'),
);
const pairKey = some([...pairRoles.keys(), ...Object.values(pairKeys).flat(), 'user', 'Upper', 'a-b', '@x', '1x', 'error.kind']);
const likelyPairs = fc
  .tuple(some([...isoTimes.map((text) => `"${text}"`), ...isoTimes]), level)
  .map(([when, said]) => [`time=${when}`, `level=${said}`]);
const pairsLine = fc
  .tuple(
    fc.oneof(fc.constant([]), likelyPairs),
    fc.array(
      fc.tuple(pairKey, pairValue).map((pair) => pair.join('=')),
      { maxLength: 5 },
    ),
    some([' ', ' ', '  ', ', ']),
  )
  .map(([first, rest, between]) => [...first, ...rest].join(between));

const accessLine = fc
  .tuple(
    some(['10.1.2.3', '1.2.3.4', '192.168.100.200', '10.12.33', '1234.1.1.1', 'host']),
    some([' - - ', ' - frank ', ' ']),
    some([
      '[21/Nov/2026:10:00:00 +0700] "GET / HTTP/1.1" 500',
      '[Sat, 21 Nov 2026 10:00:00 GMT] "GET',
      '[21/Nov/2026:10:00:00] x',
      '[x] "',
      '',
    ]),
    someBits,
  )
  .map((parts) => parts.join(''));

/** What follows an error, or might. */
const inner = fc
  .tuple(
    some([
      '\tat com.acme.Shop.sell(Shop.java:12)',
      '  File "/srv/app.py", line 3',
      '    return x',
      'Caused by: java.io.IOException: gone',
      'Caused by:x',
      'Traceback (most recent call last):',
      'Traceback (most recent',
      "KeyError: 'x'",
      'java.lang.IllegalStateException: no',
      'Error: no',
      'Exception: no',
      'UnhandledException: x',
      'app.ERROR: x',
      'ParseError:',
      'x.y.FooException',
      'Fatal error: x',
      'panic: x',
      '/srv/app.js:12',
      '  + Exception Group Traceback (most recent call last):',
      '',
      '',
      ' ',
      '\t',
      '  \t ',
      '\t#033[0m',
      '  \u{1b}[0m',
      '\t\u{a0}',
      'plain text',
      ' one blank',
      '    ^',
      'error: 17',
      'npm error x',
    ]),
    some(['', '', '', ' ', ' x', 'é', '\r']),
  )
  .map((parts) => parts.join(''));

const message = some(['order 17 failed', 'Connection closed', 'x', 'upstream answered 502 for 0a1b', 'a (b) c']);
const usualLevel = some(words('ERROR FATAL SEVERE INFO WARN DEBUG'));
const usual = fc.oneof(
  fc
    .tuple(
      some(isoTimes),
      some([' ', ' [main] ', '  ']),
      usualLevel,
      some([' [http-1] com.acme.Shop - ', ' com.acme.Shop: ', ' Boot - ', ' ', ': ', ' worker.32 ']),
      message,
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(some([' error: ', ' ERROR: ', ' ERROR ', ' info: ', ' crit: ']), message)
    .map(([said, text]) => `Mar  1 00:00:00 web-1 sshd[12]:${said}${text}`),
  fc
    .tuple(
      fc.constantFrom<unknown>(50, 60, 30, 'error', 'INFO'),
      fc.constantFrom<unknown>(1772323200123, 1772323200, '2026-03-01T00:00:00Z'),
      message,
      some(words('name logger pid')),
    )
    .map(([said, time, msg, key]) => JSON.stringify({ level: said, time, [key]: 'orders', msg })),
  fc
    .tuple(some(['error', 'info', 'fatal']), message, some(words('service logger user')))
    .map(([said, text, key]) => `time="2026-03-01T00:00:00Z" level=${said} msg="${text}" ${key}=x`),
);
const nearlyUsual = fc
  .tuple(usual, fc.nat(120), fc.oneof(fc.constant(''), bit, level), fc.nat(2))
  .map(([line, at, sign, length]) => line.slice(0, at) + sign + line.slice(at + length));

export const oddLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: nearlyUsual },
  usual,
  textLine,
  textLine,
  jsonLine,
  pairsLine,
  accessLine,
  inner,
);

/** Lines of logs in which many records are of usual shape. */
export const oddText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(oddLine, inner, inner), some(['\n', '\n', '\n', '\r\n'])), { maxLength: 30 }),
    some(['', '', '2026-03-01 00:00:00 ERROR [main] tail', '\tat tail']),
  )
  .map(([lines, tail]) => lines.flat().join('') + tail);
