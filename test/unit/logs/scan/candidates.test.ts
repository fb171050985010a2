/**
 * No line that can open a record is overlooked: candidates are a superset of what the slow readers say, wherever a line stands.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorLevelWords } from '#shared/logs/line/level-words.ts';
import { findCandidates, lookaheadBytes } from '#shared/logs/scan/candidate-stage.ts';
import { giveBack, takeHaystack } from '#shared/logs/scan/haystack.ts';
import { isEventByItsTime, rawLineKind } from '#shared/logs/scan/line-kind.ts';
import { formats } from '../line/formats.ts';
import { traces } from './traces.ts';

/** The numbers of the lines that the stage reports, from any first byte on and with any stops. */
function candidateLines(text: string, { shift = 0, stops = [] as readonly number[] } = {}): number[] {
  const content = Buffer.from(text, 'latin1');
  const haystack = takeHaystack();
  const bytes = Buffer.concat([Buffer.alloc(shift, 0x20), content, Buffer.alloc(lookaheadBytes)]);
  haystack.grow(bytes.length);
  bytes.copy(haystack.units);
  const cursor = { position: shift, lineStart: shift, lineNumber: 1, lineIsSettled: false };
  const found = { starts: [] as number[], numbers: [] as number[] };
  for (const stop of [...stops.map((stop) => Math.min(stop, content.length)).toSorted((a, b) => a - b), content.length]) {
    while (cursor.position < shift + stop) findCandidates(haystack, cursor, { end: shift + stop, found });
  }
  giveBack(haystack);
  const lineStarts = [shift];
  for (let newline = content.indexOf(10); newline >= 0; newline = content.indexOf(10, newline + 1)) lineStarts.push(shift + newline + 1);
  expect(found.starts).toEqual(found.numbers.map((number) => lineStarts[number - 1]));
  expect(found.numbers).toEqual([...new Set(found.numbers)].toSorted((a, b) => a - b));
  return found.numbers;
}

/** Those of the lines that can open a record and are overlooked among lines that cannot. */
function overlooked(some: readonly string[]): string[] {
  const candidates = new Set(candidateLines(some.map((line) => `x y\n${line}\n`).join('')));
  return some.filter((line, index) => mayOpen(line) && !candidates.has(index * 2 + 2));
}

function mayOpen(line: string): boolean {
  const kind = rawLineKind(line);
  if (kind.is === 'event') return kind.level === 'error' || kind.level === 'fatal';
  return ['start', 'head', 'class', 'location'].includes(kind.is);
}

const formatLines = formats.flatMap(({ lines }) => lines.map(([, line]) => Buffer.from(line).toString('latin1')));
const traceLines = traces.flatMap(({ text }) => Buffer.from(text).toString('latin1').split('\n'));
const lines = [...new Set([...formatLines, ...traceLines])].filter((line) => !line.includes('\n'));

describe('a line that can open a record is a candidate', () => {
  it('in every format and trace that is known', () => {
    expect(overlooked(lines)).toEqual([]);
    expect(lines.filter(mayOpen).length).toBeGreaterThan(200);
  });

  it('behind the zeros of a file that was truncated under its writer', () => {
    expect(overlooked(lines.map((line) => `${'\0'.repeat(300)}${line}`))).toEqual([]);
  });

  it('behind what Docker compose puts before it', () => {
    expect(overlooked(lines.map((line) => `shop_web-1${' '.repeat(9)}| ${line}`))).toEqual([]);
  });

  it('wherever it stands, and wherever the search stops on the way', { timeout: 60_000 }, () => {
    const anyLine = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...lines) },
      fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll('\n', ' ')),
    );
    const where = fc.record({ shift: fc.nat({ max: 40 }), stops: fc.array(fc.nat({ max: 2_000 }), { maxLength: 5 }) });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), where, (some, where) => {
        const found = new Set(candidateLines(some.join('\n'), where));
        expect(some.filter((line, index) => mayOpen(line) && !found.has(index + 1))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('with every word of an error level, in every place a level may stand', () => {
    const heads = [
      '',
      '2026-11-21 10:00:00,123 ',
      '2026-11-21T10:00:00.123Z\t',
      '[2026-11-21 10:00:00] ',
      'Nov 21 10:00:00 web1 shop[4711]: ',
      '11-21 10:00:00.123  1  2 ',
    ];
    const shapes = [
      '[W]',
      '[W ]',
      '(W)',
      '<W>',
      'W:',
      'W',
      'W -',
      '[main] W',
      '| W |',
      'W\t',
      '\u001b[31mW\u001b[0m',
      'level=W',
      'level="W"',
      '{"level":"W"}',
      '{"a":1,"severity": "W"}',
      'app.W:',
    ];
    // `pnc` is zerolog's alone, which writes it in capitals.
    const words = [...errorLevelWords, 'E', 'F', 'C', 'A']
      .flatMap((word) => [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)])
      .filter((word) => !['pnc', 'Pnc'].includes(word));
    const bodies = [' Payment refused', ' payment refused', ' com.acme.Shop: x', ' a=1', '', '  x', ' [shop] x'];
    const some = heads.flatMap((head) =>
      shapes.flatMap((shape) => words.flatMap((word) => bodies.map((body) => head + shape.replace('W', word) + body))),
    );
    expect(overlooked(some)).toEqual([]);
  });

  it('with every number of an error level in JSON', () => {
    const keys = ['level', 'lvl', 'severity', 'severityNumber', 'severity_number', 'PRIORITY', 'level_name', 'log.level', '@l', 'Level'];
    const some = keys
      .flatMap((key) =>
        Array.from({ length: 110 }, (_, level) => [
          `{"time":1,"${key}":${level},"msg":"x"}`,
          `{"short_message":"x", "${key}": "${level}"}`,
        ]),
      )
      .flat();
    expect(overlooked(some)).toEqual([]);
  });
});

it('takes no line that begins with a tab or two blanks for one that opens anything, but for exception groups', () => {
  const inner = lines.flatMap((line) => [`\t${line}`, `  ${line}`]).filter((line) => !line.startsWith('  +'));
  const kinds = new Set(inner.map((line) => rawLineKind(line).is));
  expect([...kinds].toSorted()).toEqual(['blank', 'cause', 'frame', 'indented', 'part']);
});

describe('a line that begins with a time', () => {
  const heads = [
    '2026-11-21 10:00:00,123 ',
    '[Sat Nov 21 10:00:00 2026] ',
    'Nov 21 10:00:00 ',
    'Nov 21 10:00:00 web1 shop[1]: ',
    '[10:00:00] ',
  ];

  it('is told an event without being read only where it is one', () => {
    const some = [...lines, ...heads.flatMap((head) => lines.map((line) => head + line))];
    expect(some.filter((line) => isEventByItsTime(line) && rawLineKind(line).is !== 'event')).toEqual([]);
    expect(some.filter(isEventByItsTime).length).toBeGreaterThan(some.length / 3);
  });

  it('whatever stands behind it', () => {
    const piece = fc.oneof(fc.constantFrom(...heads, ...lines, '\tat x', ' ', ':', 'shop: ', '#011at x', '\u001b[31m', 'UTC'), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.array(piece, { maxLength: 4 }), (head, pieces) => {
        const line = head + pieces.join('').replaceAll('\n', ' ');
        expect(!isEventByItsTime(line) || rawLineKind(line).is === 'event').toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
