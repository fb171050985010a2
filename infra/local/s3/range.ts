import { S3Error } from './errors.ts';

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The one range that a `Range` header asks for. Undefined stands for the whole, which several ranges or an unreadable one give as well. */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const bounds = /^bytes=(?:(?<first>\d{1,16})-(?<last>\d{0,16})|-(?<suffix>\d{1,16}))$/.exec(header?.trim() ?? '')?.groups;
  if (!bounds) return undefined;
  const range = rangeOf(bounds, size);
  if (!range || range.start < range.end) return range;
  throw new S3Error('InvalidRange', {
    details: { RangeRequested: header!, ActualObjectSize: String(size) },
    headers: { 'content-range': `bytes */${size}` },
  });
}

function rangeOf({ first, last, suffix }: Record<string, string | undefined>, size: number): ByteRange | undefined {
  if (suffix !== undefined) return { start: Number(suffix) === 0 ? size : Math.max(0, size - Number(suffix)), end: size };
  if (!last) return { start: Number(first), end: size };
  if (Number(last) < Number(first)) return undefined;
  return { start: Number(first), end: Math.min(size, Number(last) + 1) };
}
