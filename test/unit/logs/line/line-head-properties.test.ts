import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { errorLevelWords } from '#shared/logs/line/level-words.ts';
import { readLineHead } from '#shared/logs/line/line-head.ts';
import { formats } from './formats.ts';
import { timed } from '../linear-time.ts';

const isError = (line: string) => ['error', 'fatal'].includes(readLineHead(line).level ?? '');

const everyLine = formats.flatMap(({ lines }) => lines.map(([, line]) => line));
const heads = [
  '2026-11-21 10:00:00,123 ',
  '2026-11-21T10:00:00.123Z ',
  '[2026-11-21 10:00:00] ',
  'Nov 21 10:00:00 web1 shop[4711]: ',
  '2026/11/21 10:00:00 ',
  '11-21 10:00:00.123 ',
  '',
];
const lowerLevels = ['TRACE', 'DEBUG', 'INFO', 'NOTICE', 'WARN', 'WARNING', '[info]', '[warn]', '[INFO]', 'info:', 'level=info', 'DEBUG:'];
const errorWords = ['ERROR', 'Error', 'error', 'FATAL', 'fatal', 'CRITICAL', 'SEVERE', 'PANIC', 'ALERT', 'EMERG'];
const word = fc.constantFrom('pembayaran', 'order', 'cache', 'user', 'selesai', 'gagal', 'retry', 'uploaded', 'the', 'tidak');
const errorWord = fc.constantFrom(...errorWords);

it('never throws, whatever the line', { timeout: 20_000 }, () => {
  const piece = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...everyLine),
    fc.constantFrom('[', ']', '(', '{', '}', '<', '>', '"', '\\', '=', ':', ',', '|', '-'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      expect(typeof readLineHead(pieces.join('')).startsEvent).toBe('boolean');
    }),
    { numRuns: 400 },
  );
});

it('says the same of a line whatever line came before it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyLine), fc.constantFrom(...everyLine), (before, line) => {
      const alone = readLineHead(line);
      readLineHead(before);
      expect(readLineHead(line)).toEqual(alone);
    }),
  );
});

it('lets the first level in level position decide', () => {
  const text = fc.constantFrom(
    'ERROR',
    '[ERROR] boom',
    'ERROR=0',
    'error: boom',
    'level=error',
    '{"level":"error"}',
    'FATAL: boom',
    'com.acme.ErrorHandler - ERROR',
  );
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.constantFrom(...lowerLevels), text, (head, level, rest) => {
      expect(isError(`${head}${level} ${rest}`)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

it('takes no word of prose for a level', () => {
  const prose = fc.tuple(fc.array(word, { minLength: 1, maxLength: 5 }), errorWord, fc.array(word, { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(fc.constantFrom(...heads), prose, (head, [before, level, behind]) => {
      // Behind `10:00:00,123`, which only loggers write, a single word before a level in capitals is the logger's name.
      const first = head.endsWith(',123 ') ? ['order'] : [];
      expect(isError(`${head}${[...first, ...before, level, ...behind].join(' ')}`)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

it('takes no assignment, address, file, option or name for a level', () => {
  const wrapped = fc.constantFrom(
    (level: string) => `${level}=0`,
    (level: string) => `${level}_COUNT=3`,
    (level: string) => `https://shop.test/${level}/1`,
    (level: string) => `/var/log/${level}.log`,
    (level: string) => `${level}.log`,
    (level: string) => `--log-level=${level}`,
    (level: string) => `?level=${level}`,
    (level: string) => `${level}Handler`,
    (level: string) => `com.acme.${level}Listener`,
    (level: string) => `${level}-page`,
    (level: string) => `"${level}"`,
    (level: string) => `'${level}'`,
    (level: string) => `${level}s`,
    (level: string) => `t${level.toLowerCase()}`,
    (level: string) => `LOG_LEVEL=${level}`,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...heads),
      fc.tuple(errorWord, wrapped),
      fc.array(word, { maxLength: 3 }),
      (head, [level, wrap], behind) => {
        expect(isError(`${head}${[wrap(level), ...behind].join(' ')}`)).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

it("reads a level written in JSON only where it is the event's own", () => {
  const noise = fc.oneof(
    fc.string().map((text) => ({ note: `"level":"error" ${text}` })),
    fc.jsonValue({ maxDepth: 3 }).map((value) => ({ nested: { level: 'error', value } })),
    errorWord.map((level) => ({ list: [{ level }, level], tags: level })),
  );
  fc.assert(
    fc.property(fc.tuple(noise, noise), fc.constantFrom('info', 'warn', 'error'), fc.boolean(), ([before, behind], level, cut) => {
      const line = JSON.stringify({ ...before, level, msg: 'x', behind });
      expect(readLineHead(cut ? line.slice(0, -3) : line).level).toBe(level);
    }),
  );
});

it('knows each word of an error level by itself in brackets after a time', () => {
  for (const level of errorLevelWords) expect(isError(`2026-11-21 10:00:00 [${level.toUpperCase()}] boom`)).toBe(true);
});

it.each([
  ['blanks', () => ' '.repeat(65_536)],
  ['brackets', () => '['.repeat(65_536)],
  ['groups', () => '[x] '.repeat(16_384)],
  ['quotes', () => `{"a":"${'\\"'.repeat(32_000)}`],
  ['backslashes', () => `{"a":"${'\\'.repeat(65_000)}`],
  ['nesting', () => `{"a":${'['.repeat(65_000)}`],
  ['keys', () => `{${'"a":1,'.repeat(10_000)}"level":"error"}`],
  ['pairs', () => `a=1 ${'b="x" '.repeat(10_000)}`],
  ['open pairs', () => 'a="'.repeat(21_000)],
  ['digits', () => '1'.repeat(65_536)],
  ['letters', () => `2026-11-21 10:00:00 ${'A'.repeat(65_000)}`],
  ['dots', () => `2026-11-21 10:00:00 error ${'a.'.repeat(32_000)}`],
  ['cells', () => `2026-11-21 10:00:00,${'"",'.repeat(20_000)}`],
  ['colours', () => '\u{1b}[31m'.repeat(13_000)],
  ['open colours', () => '\u{1b}['.repeat(32_000)],
  ['a wrapped line', () => `{"log":"${'\\n'.repeat(32_000)}","stream":"stdout"}`],
  ['dashes', () => '- '.repeat(32_768)],
  ['times', () => '2026-11-21 10:00:00 '.repeat(3_200)],
])('reads 64 KiB of %s in linear time', (_, line) => {
  const text = line();
  const { ms, msMax } = timed(text, () => readLineHead(text));
  expect(ms).toBeLessThan(msMax);
});
