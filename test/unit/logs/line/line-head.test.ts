import { describe, expect, it } from 'vitest';
import { readLineHead } from '#shared/logs/line/line-head.ts';
import { formats, type Expected } from './formats.ts';

describe.each(formats)('$name', ({ lines }) => {
  it.each(lines)('reads %s from %s', (expected, line) => {
    expect(said(line)).toBe(expected);
  });

  it.each(lines)('reads %s from the latin1 bytes of %s', (expected, line) => {
    expect(said(Buffer.from(line).toString('latin1'))).toBe(expected);
  });
});

function said(line: string): Expected {
  const { startsEvent, level } = readLineHead(line);
  if (level === undefined) return startsEvent ? 'none' : 'text';
  return startsEvent ? level : 'exception';
}
