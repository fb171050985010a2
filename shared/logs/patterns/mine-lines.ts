/**
 * Mines the patterns of everything that can be read twice: a first reading learns the headers, a second counts the leaves, and a global pass
 * makes patterns of them.
 */
import type { TakeLine } from './line-feed.ts';
import { HeaderProfile } from './header-profile.ts';
import { LineSample } from './line-sample.ts';
import { type Pattern, resolvePatterns } from './resolve.ts';
import { PatternSketch } from './sketch.ts';

/** Hands over all lines in order, each time it is called. */
export type ReadLines = (take: TakeLine) => Promise<void>;

export interface MinedLines {
  readonly patterns: readonly Pattern[];
  /** The pattern of a line that was mined; undefined for a blank line, and for one that was not there. */
  patternOfLine(bytes: Uint8Array, start: number, end: number): Pattern | undefined;
}

export async function mineLines(readLines: ReadLines): Promise<MinedLines> {
  const sample = new LineSample();
  await readLines((bytes, start, end) => sample.add(bytes, start, end));
  const headers = HeaderProfile.of(sample.lines());
  const sketch = new PatternSketch();
  await readLines((bytes, start, end) => {
    if (!isBlank(bytes, start, end)) sketch.add(bytes, headers.messageStart(bytes, start, end), end);
  });
  const resolved = resolvePatterns(sketch);
  return {
    patterns: resolved.patterns,
    patternOfLine: (bytes, start, end) =>
      isBlank(bytes, start, end) ? undefined : resolved.patternOf(bytes, headers.messageStart(bytes, start, end), end),
  };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if ((bytes[i] as number) > 0x20) return false;
  return true;
}
