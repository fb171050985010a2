/**
 * Decodes `Content-Encoding: aws-chunked`: chunks within the HTTP body, each with its own signature where the request is signed so, and
 * trailing headers such as a checksum that the client could only know at the end.
 *
 * Source: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", S3 API Reference.
 */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { hexHmac, sameSignature } from '../sigv4.ts';
import type { ChunkSigning, SignedPayload } from '../sigv4.ts';
import { S3Error } from './errors.ts';

const lineBytesMax = 8 * 1024;
const trailersMax = 16;
const emptySha256 = createHash('sha256').digest('hex');

type ChunkedPayload = Extract<SignedPayload, { kind: 'chunked' }>;
type State = 'size' | 'data' | 'data-end' | 'trailer' | 'done';

export class AwsChunkedDecoder {
  readonly trailers = new Map<string, string>();
  readonly #payload: ChunkedPayload;
  #state: State = 'size';
  #line = '';
  #remainingBytes = 0;
  #isLastChunk = false;
  #blankSeen = false;
  #statedSignature = '';
  #previousSignature: string;
  #chunkHash: Hash | undefined;

  constructor(payload: ChunkedPayload) {
    this.#payload = payload;
    this.#previousSignature = payload.signing?.seedSignature ?? '';
  }

  /** The decoded pieces that end in these bytes: views, not copies. Throws S3Error on broken framing or a wrong chunk signature. */
  push(bytes: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'data') {
        const piece = bytes.subarray(at, at + this.#remainingBytes);
        at += piece.length;
        this.#takeData(piece);
        pieces.push(piece);
      } else {
        at = this.#takeLine(bytes, at);
      }
    }
    return pieces;
  }

  /** Throws when the body stopped before its last chunk. */
  finish(): void {
    // Some clients leave out the last line break.
    if (this.#state === 'trailer' && (this.#blankSeen || this.trailers.size > 0)) this.#onEnd();
    if (this.#state !== 'done') throw new S3Error('IncompleteBody', { message: 'The request body terminated unexpectedly' });
  }

  #takeData(piece: Buffer): void {
    this.#chunkHash?.update(piece);
    this.#remainingBytes -= piece.length;
    if (this.#remainingBytes === 0) this.#state = 'data-end';
  }

  #takeLine(bytes: Buffer, from: number): number {
    if (this.#state === 'done') throw malformed('bytes after the last chunk');
    const newline = bytes.indexOf(0x0a, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    this.#line += bytes.toString('latin1', from, end);
    if (this.#line.length > lineBytesMax) throw malformed('a chunk header is too long');
    if (newline >= 0) {
      const line = this.#line.replace(/\r?\n$/, '');
      this.#line = '';
      this.#onLine(line);
    }
    return end;
  }

  #onLine(line: string): void {
    if (this.#state === 'size') this.#onSize(line);
    else if (this.#state === 'data-end') this.#onDataEnd(line);
    else if (line !== '') this.#onTrailer(line);
    else if (this.trailers.size > 0 || !this.#payload.trailer) this.#onEnd();
    // Some clients write an empty line between the last chunk and its trailers, others mean the end by it: what follows tells.
    else this.#blankSeen = true;
  }

  #onSize(line: string): void {
    const [, size, signature = ''] = /^([\da-f]{1,12})(?:;chunk-signature=([\da-f]{64}))?$/i.exec(line) ?? [];
    if (size === undefined) throw malformed('a chunk header is not a size');
    this.#remainingBytes = Number.parseInt(size, 16);
    this.#isLastChunk = this.#remainingBytes === 0;
    this.#statedSignature = signature;
    this.#chunkHash = this.#payload.signing ? createHash('sha256') : undefined;
    this.#state = 'data';
    if (!this.#isLastChunk) return;
    this.#checkChunkSignature();
    this.#state = 'trailer';
  }

  #onDataEnd(line: string): void {
    if (line !== '') throw malformed('a chunk is longer than it says');
    this.#checkChunkSignature();
    this.#state = 'size';
  }

  #onTrailer(line: string): void {
    const colon = line.indexOf(':');
    if (colon < 1 || this.trailers.size >= trailersMax || !this.#payload.trailer) throw malformed('unexpected trailing header');
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }

  #onEnd(): void {
    this.#state = 'done';
    const { signing, trailer } = this.#payload;
    const stated = this.trailers.get('x-amz-trailer-signature') ?? '';
    this.trailers.delete('x-amz-trailer-signature');
    if (!signing || !trailer) return;
    const canonical = [...this.trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
    this.#advanceSignature(signing, { algorithm: 'AWS4-HMAC-SHA256-TRAILER', hashes: [hash], stated });
  }

  #checkChunkSignature(): void {
    const { signing } = this.#payload;
    if (!signing || !this.#chunkHash) return;
    const hashes = [emptySha256, this.#chunkHash.digest('hex')];
    this.#advanceSignature(signing, { algorithm: 'AWS4-HMAC-SHA256-PAYLOAD', hashes, stated: this.#statedSignature });
  }

  #advanceSignature(signing: ChunkSigning, { algorithm, hashes, stated }: { algorithm: string; hashes: string[]; stated: string }): void {
    const stringToSign = [algorithm, signing.amzDate, signing.scope, this.#previousSignature, ...hashes].join('\n');
    const expected = hexHmac(signing.key, stringToSign);
    if (!sameSignature(expected, stated)) throw new S3Error('SignatureDoesNotMatch', { details: { StringToSign: stringToSign } });
    this.#previousSignature = expected;
  }
}

function malformed(what: string): S3Error {
  return new S3Error('IncompleteBody', { message: `The request body is not well-formed aws-chunked: ${what}` });
}
