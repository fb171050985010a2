/**
 * Mines an input with the production code, every line or its error records only, and tells each line's pattern when asked.
 */
import { mineLines } from '#shared/logs/patterns/mine-lines.ts';
import { RecordSketch, resolveRecords } from '#shared/logs/patterns/mine-records.ts';
import type { Pattern } from '#shared/logs/patterns/resolve.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { redactRecord } from '#shared/logs/redaction/redact-record.ts';
import { type NumberedRecord, scanInput } from '../scan/scan-input.ts';
import { linesOf, type Rereadable } from './readable-lines.ts';

export interface MinedInput {
  readonly patterns: readonly Pattern[];
  /** Lines or records that the patterns count. */
  readonly counted: number;
  /** Records with stack traces beyond what is told apart. */
  readonly others: number;
  /** Hands over the pattern of each line (of each record's first line) in order; waits for `pause` now and then. */
  assignments(take: (line: number, pattern: Omit<Pattern, 'count'>) => void, pause: () => Promise<void>): Promise<void>;
}

/** Every line that is not blank. */
export async function mineAllLines(input: Rereadable): Promise<MinedInput> {
  const mined = await mineLines(linesOf(input));
  return {
    patterns: mined.patterns,
    counted: mined.patterns.reduce((sum, { count }) => sum + count, 0),
    others: 0,
    async assignments(take, pause) {
      let line = 0;
      const readLines = linesOf(input, pause);
      await readLines((bytes, start, end) => {
        line += 1;
        const pattern = mined.patternOfLine(bytes, start, end);
        if (pattern !== undefined) take(line, pattern);
      });
    },
  };
}

/** The error records that the scan finds. */
export async function mineErrors(input: Rereadable): Promise<MinedInput> {
  const sketch = new RecordSketch();
  let counted = 0;
  await scanRecords(input, async (records) => {
    counted += records.length;
    for (const record of records) sketch.add(redactRecord(redact, record));
  });
  const mined = resolveRecords(sketch);
  return {
    patterns: mined.patterns,
    counted,
    others: mined.others,
    assignments: (take, pause) =>
      scanRecords(input, async (records) => {
        for (const record of records) take(record.line, mined.patternOf(redactRecord(redact, record)));
        await pause();
      }),
  };
}

/** The input cannot be read to its end; the message is a sentence for the user. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

async function scanRecords(input: Rereadable, take: (records: readonly NumberedRecord[]) => Promise<void>): Promise<void> {
  await using opened = await input.open();
  const { failure } = await scanInput(opened, undefined, { records: take, progress: () => {} });
  if (failure !== undefined) throw new UnreadableError(failure);
}
