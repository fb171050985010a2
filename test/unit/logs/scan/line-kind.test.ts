/**
 * What a line is to the records around it costs no more than its length, whatever is in it.
 */
import { expect, it } from 'vitest';
import { rawLineKind } from '#shared/logs/scan/line-kind.ts';
import { timed } from '../linear-time.ts';

const headBytes = 65_536;

it.each([
  ['', 'a.'],
  ['', 'A::'],
  ['', 'a '],
  ['', '\0'],
  ['x.rb:1:in `', "': ("],
  ["x.rb:1:in 'a': ", '('],
  ['a.out: a.c:5: ', "main: Assertion `x' "],
  ['Assertion failed: ', ', file , line '],
  ['Assertion failed: ', '('],
  ['NoMethodError ', '('],
  ['Error in f', '('],
  ['Error: ', '0'],
  ["thread '", "' "],
  ['web-1  ', '| '],
  ['./run.sh: ', 'line 3: '],
  ['2026-11-21 10:00:00 ', '*'],
])('64 KiB of %j and %j are read in linear time', (begin, unit) => {
  const line = `${begin}${unit.repeat(headBytes)}`.slice(0, headBytes);
  const { ms, msMax } = timed(line, () => rawLineKind(line));
  expect(ms).toBeLessThan(msMax);
});

it('is read behind zeros, colours and wrapping', () => {
  const wrappings = ['\0\0\0', '\u001b[31m', 'web-1  | ', '2026-03-01T00:00:00.1Z stderr F '];
  const kinds = wrappings.map((wrapping) => rawLineKind(`${wrapping}panic: boom`));
  expect(kinds).toEqual(wrappings.map(() => ({ is: 'start', level: 'fatal', grammar: 'go', introducesHead: false })));
});
