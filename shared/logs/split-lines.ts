/**
 * Bytes of a log as lines to show.
 */
import { limits } from './limits.ts';
import type { TextEncoding } from './scan/byte-source.ts';

export interface ContextText {
  readonly text: string;
  /** True when the line is longer than its text. */
  readonly cut: boolean;
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** False when the part was cut out of more: before its first byte for what comes before a record, behind its last for what comes after. */
  readonly isWhole: boolean;
}

/** The lines of a part of `bytes`, without their ends. Bytes that are no text in this encoding show as U+FFFD. */
export function splitLines({ bytes, encoding }: { bytes: Buffer; encoding: TextEncoding }, { start, end, isWhole }: Part): ContextText[] {
  if (start >= end) return [];
  const text = new TextDecoder(encoding).decode(bytes.subarray(start, end));
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  const edge = isWhole ? -1 : start === 0 ? 0 : lines.length - 1;
  return lines.map((line, index) => shortened(line, index === edge));
}

function shortened(line: string, isCut: boolean): ContextText {
  const text = line.slice(0, limits.contextLineCharactersMax);
  return { text, cut: isCut || text !== line };
}
