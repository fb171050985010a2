/**
 * Systems that the constants were not chosen by: lines of one event are one pattern, lines of different events are not.
 */
import { describe, expect, it } from 'vitest';
import { LineFeed } from '#shared/logs/patterns/line-feed.ts';
import { mineLines } from '#shared/logs/patterns/mine-lines.ts';
import { publicSystems } from './public-systems.ts';

async function mined(lines: readonly string[]) {
  const bytes = lines.map((line) => Buffer.from(line));
  const patterns = await mineLines(async (take) => {
    const feed = new LineFeed(take);
    feed.push(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    feed.end();
  });
  return bytes.map((line) => patterns.patternOfLine(line, 0, line.length)?.template ?? '');
}

describe('lines of a public system', () => {
  it.each(publicSystems)('are the events they are: $system', async ({ events }) => {
    const templates = await mined(Object.values(events).flat());
    let at = 0;
    const found = Object.entries(events).map(([event, lines]) => {
      at += lines.length;
      return [event, [...new Set(templates.slice(at - lines.length, at))]] as const;
    });
    // One template an event, and no two events with the same.
    expect(found.filter(([, own]) => own.length !== 1)).toEqual([]);
    expect(new Set(templates).size).toBe(found.length);
    const named = found.filter(([event]) => event.includes('<*>'));
    expect(named.map(([, [template]]) => template)).toEqual(named.map(([event]) => event));
  });
});
