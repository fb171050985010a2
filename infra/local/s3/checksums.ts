/**
 * The checksums an object can carry besides its ETag: verified on arrival, stored, returned on request.
 * Sources: "Checking object integrity in Amazon S3" (User Guide).
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { combineCrc, crc, crc32cPolynomial, crc64NvmePolynomial } from './crc.ts';
import { S3Error, invalidArgument } from './errors.ts';

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; `base64-N` when composed of N parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

export interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

interface AlgorithmFacts {
  readonly bytes: number;
  /** The type a multipart upload gets when it asks for none. */
  readonly multipartType: ChecksumType;
  readonly types: readonly ChecksumType[];
  readonly polynomial?: bigint;
  readonly create: () => Digest;
}

const facts: Record<ChecksumAlgorithm, AlgorithmFacts> = {
  CRC32: {
    bytes: 4,
    multipartType: 'COMPOSITE',
    types: ['COMPOSITE', 'FULL_OBJECT'],
    polynomial: 0xedb88320n,
    create: nativeCrc32,
  },
  CRC32C: {
    bytes: 4,
    multipartType: 'COMPOSITE',
    types: ['COMPOSITE', 'FULL_OBJECT'],
    polynomial: crc32cPolynomial,
    create: () => crcDigest(crc32cPolynomial, 32),
  },
  CRC64NVME: {
    bytes: 8,
    multipartType: 'FULL_OBJECT',
    types: ['FULL_OBJECT'],
    polynomial: crc64NvmePolynomial,
    create: () => crcDigest(crc64NvmePolynomial, 64),
  },
  SHA1: { bytes: 20, multipartType: 'COMPOSITE', types: ['COMPOSITE'], create: () => createHash('sha1') },
  SHA256: { bytes: 32, multipartType: 'COMPOSITE', types: ['COMPOSITE'], create: () => createHash('sha256') },
};

/** What S3 computes for an upload that brings no checksum. */
export const defaultAlgorithm: ChecksumAlgorithm = 'CRC64NVME';

export const checksumAlgorithms = Object.keys(facts) as ChecksumAlgorithm[];

export function createDigest(algorithm: ChecksumAlgorithm): Digest {
  return facts[algorithm].create();
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Element of the XML answers. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** Response headers that tell of a checksum. */
export function checksumHeaders(checksum: Checksum): Record<string, string> {
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** The checksum that a request states: as a header, as the name of a trailer to come, or the algorithm alone. */
export interface StatedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string | undefined;
}

export function statedChecksum(headers: ReadonlyMap<string, string>): StatedChecksum | undefined {
  refuseUnknownAlgorithms(headers);
  const names = new Set([...headers.keys(), ...trailerNames(headers)]);
  const stated = checksumAlgorithms.filter((each) => names.has(checksumHeader(each)));
  if (stated.length > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.';
    throw new S3Error('InvalidRequest', { message });
  }
  const named = headers.get('x-amz-sdk-checksum-algorithm');
  const algorithm = stated[0] ?? (named === undefined ? undefined : parseAlgorithm(named, 'x-amz-sdk-checksum-algorithm'));
  if (!algorithm) return undefined;
  const value = headers.get(checksumHeader(algorithm));
  if (value !== undefined) requireWellFormed(algorithm, value);
  return { algorithm, value };
}

/** A checksum that cannot be checked must not be accepted. */
function refuseUnknownAlgorithms(headers: ReadonlyMap<string, string>): void {
  const unknown = /^x-amz-checksum-(sha512|md5|xxhash\w+)$/;
  const found = [...headers.keys(), ...trailerNames(headers)].find((name) => unknown.test(name));
  if (found !== undefined) throw new S3Error('NotImplemented', { message: `${found} is not implemented by the local S3` });
}

function trailerNames(headers: ReadonlyMap<string, string>): string[] {
  return (headers.get('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase());
}

export function parseAlgorithm(text: string, header: string): ChecksumAlgorithm {
  const algorithm = checksumAlgorithms.find((each) => each === text.toUpperCase());
  if (algorithm) return algorithm;
  if (/^(SHA512|MD5|XXHASH\d+)$/i.test(text)) {
    throw new S3Error('NotImplemented', { message: `The checksum algorithm ${text} is not implemented by the local S3` });
  }
  throw invalidArgument(header, text, 'Checksum algorithm provided is unsupported. Please try again with any of the valid types');
}

/** The type of a multipart upload's checksum, from what its creation asked for. */
export function multipartChecksumType(algorithm: ChecksumAlgorithm, asked: string | undefined): ChecksumType {
  const type = facts[algorithm].types.find((each) => each === asked);
  if (asked !== undefined && !type) {
    const message = `The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`;
    throw new S3Error('InvalidRequest', { message });
  }
  return type ?? facts[algorithm].multipartType;
}

export function requireWellFormed(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === facts[algorithm].bytes && bytes.toString('base64') === value) return;
  throw new S3Error('InvalidRequest', { message: `Value for ${checksumHeader(algorithm)} header is invalid.` });
}

export interface PartChecksum {
  readonly value: string;
  readonly lengthBytes: number;
}

/** The checksum of a whole upload from those of its parts, without reading a byte again. */
export function checksumOfParts(algorithm: ChecksumAlgorithm, type: ChecksumType, parts: readonly PartChecksum[]): Checksum {
  const { polynomial, bytes, create } = facts[algorithm];
  if (type === 'COMPOSITE' || polynomial === undefined) {
    const digest = create();
    for (const part of parts) digest.update(Buffer.from(part.value, 'base64'));
    return { algorithm, type, value: `${digest.digest().toString('base64')}-${parts.length}` };
  }
  let whole = 0n;
  for (const part of parts) {
    const value = BigInt(`0x${Buffer.from(part.value, 'base64').toString('hex')}`);
    whole = combineCrc({ polynomial, widthBits: bytes * 8 }, whole, { value, lengthBytes: part.lengthBytes });
  }
  return { algorithm, type, value: bigEndian(whole, bytes).toString('base64') };
}

function nativeCrc32(): Digest {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    digest: () => bigEndian(BigInt(value), 4),
  };
}

function crcDigest(polynomial: bigint, widthBits: 32 | 64): Digest {
  const running = crc(polynomial, widthBits);
  return { update: (bytes) => running.update(bytes), digest: () => bigEndian(running.value(), widthBits / 8) };
}

function bigEndian(value: bigint, bytes: number): Buffer {
  return Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');
}
