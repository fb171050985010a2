import { S3Error, invalidArgument } from './errors.ts';
import type { RequestTarget } from './request.ts';
import { requireKeyLength } from './request.ts';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** `x-amz-copy-source: [/]bucket/key[?versionId=…]`, percent-encoded. */
export function parseCopySource(request: RequestTarget): CopySource {
  const header = request.headers.get('x-amz-copy-source') ?? '';
  const invalid = () =>
    invalidArgument('x-amz-copy-source', header, 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  const mark = header.indexOf('?versionId=');
  const path = mark < 0 ? header : header.slice(0, mark);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path).replace(/^\//, '');
  } catch {
    throw invalid();
  }
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) throw invalid();
  const key = decoded.slice(slash + 1);
  requireKeyLength(key);
  return { bucket: decoded.slice(0, slash), key, versionId: mark < 0 ? undefined : header.slice(mark + '?versionId='.length) };
}

/** `x-amz-copy-source-range: bytes=first-last`, both given and within the source. */
export function parseCopyRange(request: RequestTarget, size: number): { start: number; end: number } {
  const header = request.headers.get('x-amz-copy-source-range');
  if (header === undefined) return { start: 0, end: size };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? [];
  const range = { start: Number(first), end: Number(last) + 1 };
  if (first === undefined || range.start >= range.end) {
    const message =
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy';
    throw invalidArgument('x-amz-copy-source-range', header, message);
  }
  if (range.end <= size) return range;
  throw new S3Error('InvalidRange', { message: `Range specified is not valid for source object of size: ${size}` });
}
