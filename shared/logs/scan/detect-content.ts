/**
 * What a file holds, by its first bytes and never by its name.
 */
import type { TextEncoding } from './byte-source.ts';
import type { Compression } from './decompress.ts';

export interface Content {
  /** Of a compressed file, what its content is: detect the first bytes of that in turn. `text` until then. */
  readonly kind: 'text' | 'binary' | 'empty';
  readonly encoding: TextEncoding;
  /** Bytes of the byte order mark, which are none of the text. */
  readonly bomBytes: number;
  readonly compression: 'none' | Compression;
}

/** As many first bytes as detection looks at; fewer do where the file has no more. */
export const detectionBytes = 64 * 1024;

/** Detects a file's content by its first bytes. `sizeBytes` is the file's size. */
export function detectContent(head: Buffer, sizeBytes: number): Content {
  if (sizeBytes === 0 || head.length === 0) return { ...plainText, kind: 'empty' };
  const compression = compressionOf(head);
  if (compression !== 'none') return { ...plainText, compression };
  const marked = byteOrderMarks.find(({ mark }) => head.subarray(0, mark.length).equals(mark));
  if (marked !== undefined)
    return { ...plainText, encoding: marked.encoding, bomBytes: marked.mark.length, kind: markedKind(head, marked.encoding) };
  if (hasMagic(head)) return { ...plainText, kind: 'binary' };
  const sample = behindZeros(head.subarray(0, detectionBytes));
  if (sample === undefined) return { ...plainText, kind: head.length < detectionBytes ? 'binary' : 'text' };
  const encoding = plainUtf16(sample);
  if (encoding !== undefined) return { ...plainText, encoding };
  return { ...plainText, kind: looksBinary(sample) ? 'binary' : 'text' };
}

/**
 * Zeros at the start are what a log holds whose writer went on at its old position after it had been truncated. They may be more than the
 * head: of a head of nothing else, whatever follows is taken for text. Undefined without anything behind the zeros.
 */
function behindZeros(head: Buffer): Buffer | undefined {
  const start = head.findIndex((byte) => byte !== 0);
  // Units of UTF-16 lie at even offsets.
  return start < 0 ? undefined : head.subarray(start - (start % 2));
}

const plainText: Content = { kind: 'text', encoding: 'utf-8', bomBytes: 0, compression: 'none' };

const byteOrderMarks: readonly { mark: Buffer; encoding: TextEncoding }[] = [
  { mark: Buffer.of(0xef, 0xbb, 0xbf), encoding: 'utf-8' },
  { mark: Buffer.of(0xff, 0xfe), encoding: 'utf-16le' },
  { mark: Buffer.of(0xfe, 0xff), encoding: 'utf-16be' },
];

/** UTF-32 begins like UTF-16 and is not read. */
function markedKind(head: Buffer, encoding: TextEncoding): 'text' | 'binary' {
  return encoding === 'utf-16le' && head.length >= 4 && head.readUInt16LE(2) === 0 ? 'binary' : 'text';
}

function compressionOf(head: Buffer): Content['compression'] {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head.length < 4) return 'none';
  const magic = head.readUInt32LE(0);
  // A zstd frame, or one that is skipped (pzstd and the seekable format begin with it).
  return magic === 0xfd2fb528 || (magic >= 0x184d2a50 && magic <= 0x184d2a5f) ? 'zstd' : 'none';
}

/** First bytes of what is dropped beside logs and may hold much text: archives, images, documents, databases, executables, event logs. */
const magics: readonly (readonly [string, number])[] = [
  ['PK\x03\x04', 0],
  ['PK\x05\x06', 0],
  ['7z\xbc\xaf\x27\x1c', 0],
  ['\xfd7zXZ\x00', 0],
  ['BZh', 0],
  ['\x04\x22\x4d\x18', 0],
  ['Rar!\x1a', 0],
  ['ustar', 257],
  ['\x89PNG\r\n', 0],
  ['\xff\xd8\xff', 0],
  ['GIF8', 0],
  ['%PDF-', 0],
  ['\x7fELF', 0],
  ['\xca\xfe\xba\xbe', 0],
  ['\0asm', 0],
  ['SQLite format 3\0', 0],
  ['PAR1', 0],
  ['ORC', 0],
  ['Obj\x01', 0],
  ['ElfFile\0', 0],
  ['LPKSHHRH', 0],
  ['\xd4\xc3\xb2\xa1', 0],
  ['\x0a\x0d\x0d\x0a', 0],
];

function hasMagic(head: Buffer): boolean {
  return magics.some(([magic, at]) => {
    // A short text that anything might begin with needs a byte behind it that no text has.
    if (!head.subarray(at, at + magic.length).equals(Buffer.from(magic, 'latin1'))) return false;
    return magic.length > 4 || /[^\x20-\x7e]/.test(magic) || signsOf(head.subarray(0, 512)).controls > 0;
  });
}

/** Share of a sample's units that have a zero for one half and ASCII for the other, from which on it is UTF-16 without a mark. */
const plainUtf16ShareMin = 0.7;

function plainUtf16(sample: Buffer): TextEncoding | undefined {
  const units = Math.floor(sample.length / 2);
  if (units < 4) return undefined;
  let little = 0;
  let big = 0;
  for (let at = 0; at < units * 2; at += 2) {
    if (sample[at + 1] === 0 && isText(sample[at])) little += 1;
    if (sample[at] === 0 && isText(sample[at + 1])) big += 1;
  }
  if (little >= units * plainUtf16ShareMin) return 'utf-16le';
  return big >= units * plainUtf16ShareMin ? 'utf-16be' : undefined;
}

const isText = (byte = 0) => (byte >= 0x20 && byte !== 0x7f) || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b;

/** Zeros and control characters that a text may hold, as shares of its bytes. */
const zerosShareMax = 0.3;
const controlsShareMax = 0.03;
/** Texts use few control characters as signs, if any (FIX messages are full of 0x01); binary data has all of them. */
const controlKindsMax = 3;

/** Bytes from 0x80 on say nothing: they may be any encoding's letters. */
function looksBinary(text: Buffer): boolean {
  const { zeros, controls, kinds } = signsOf(text);
  if (zeros > Math.max(1, text.length * zerosShareMax)) return true;
  return kinds > controlKindsMax && controls + zeros > text.length * controlsShareMax;
}

function signsOf(bytes: Buffer): { zeros: number; controls: number; kinds: number } {
  const counts = new Map<number, number>();
  for (const byte of bytes) if (byte < 0x80 && !isText(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
  const zeros = counts.get(0) ?? 0;
  let controls = -zeros;
  for (const count of counts.values()) controls += count;
  return { zeros, controls, kinds: counts.size };
}
