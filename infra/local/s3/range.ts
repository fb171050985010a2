import { S3Error } from './errors.ts';

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The one range that a `Range` header asks for. Undefined stands for the whole, which several ranges or an unreadable one give as well. */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header?.trim() ?? '') ?? [];
  if (header === undefined || first + last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const range = first === '' ? suffix(Number(last), size) : { start: Number(first), end: endOf(last, size) };
  if (range.start < range.end) return range;
  throw new S3Error('InvalidRange', {
    details: { RangeRequested: header, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}

function suffix(length: number, size: number): ByteRange {
  return { start: length === 0 ? size : Math.max(0, size - length), end: size };
}

function endOf(last: string, size: number): number {
  return last === '' ? size : Math.min(size, Number(last) + 1);
}
