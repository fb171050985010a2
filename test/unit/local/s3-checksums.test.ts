import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checksumAlgorithms,
  checksumOfParts,
  createDigest,
  multipartChecksumType,
  parseAlgorithm,
  statedChecksum,
} from '#infra/local/s3/checksums.ts';
import type { ChecksumAlgorithm } from '#infra/local/s3/checksums.ts';
import { combineCrc, crc, crc32cPolynomial, crc64NvmePolynomial } from '#infra/local/s3/crc.ts';

const digestOf = (algorithm: ChecksumAlgorithm, ...pieces: Uint8Array[]) => {
  const digest = createDigest(algorithm);
  for (const piece of pieces) digest.update(piece);
  return digest.digest();
};

describe('digests', () => {
  /** The "check" values of the CRC catalogue, and of FIPS 180 for the hashes: what the digits 1 to 9 give. */
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('%s has its check value', (algorithm, expected) => {
    expect(digestOf(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
  });

  it('do not depend on how the bytes arrive', () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...checksumAlgorithms), fc.array(bytes, { maxLength: 6 }), (algorithm, pieces) => {
        expect(digestOf(algorithm, ...pieces)).toEqual(digestOf(algorithm, Buffer.concat(pieces)));
      }),
    );
  });
});

describe('the fast CRCs', () => {
  const slow = (polynomial: bigint, ones: bigint, bytes: Uint8Array) => {
    let value = ones;
    for (const byte of bytes) {
      value ^= BigInt(byte);
      for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    }
    return value ^ ones;
  };

  it.each([
    { name: 'CRC-32C', polynomial: crc32cPolynomial, widthBits: 32 },
    { name: 'CRC-64/NVME', polynomial: crc64NvmePolynomial, widthBits: 64 },
  ] as const)('$name agrees with the definition, and pieces combine', ({ polynomial, widthBits }) => {
    const ones = (1n << BigInt(widthBits)) - 1n;
    const fast = (bytes: Uint8Array) => {
      const running = crc(polynomial, widthBits);
      running.update(bytes);
      return running.value();
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (first, second) => {
        const whole = Buffer.concat([first, second]);
        expect(fast(whole)).toBe(slow(polynomial, ones, whole));
        const tail = { value: fast(second), lengthBytes: second.length };
        expect(combineCrc({ polynomial, widthBits }, fast(first), tail)).toBe(fast(whole));
      }),
    );
  });

  it('take more at once than their memory holds', () => {
    const bytes = Buffer.alloc(1_000_003, 'some text that repeats ');
    expect(digestOf('CRC64NVME', bytes)).toEqual(digestOf('CRC64NVME', bytes.subarray(0, 17), bytes.subarray(17)));
    expect(digestOf('CRC32C', bytes)).toEqual(digestOf('CRC32C', bytes.subarray(0, 131_073), bytes.subarray(131_073)));
  });
});

describe('checksums of parts', () => {
  it('of the full-object type are those of the whole', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom('CRC32', 'CRC32C', 'CRC64NVME'), pieces, (algorithm, parts) => {
        const sums = parts.map((part) => ({ value: digestOf(algorithm, part).toString('base64'), lengthBytes: part.length }));
        const expected = { algorithm, type: 'FULL_OBJECT', value: digestOf(algorithm, ...parts).toString('base64') };
        expect(checksumOfParts(algorithm, 'FULL_OBJECT', sums)).toEqual(expected);
      }),
    );
  });

  it('are of the type asked for, where the algorithm has it', () => {
    expect(multipartChecksumType('CRC32', undefined)).toBe('COMPOSITE');
    expect(multipartChecksumType('CRC32', 'FULL_OBJECT')).toBe('FULL_OBJECT');
    expect(multipartChecksumType('CRC64NVME', undefined)).toBe('FULL_OBJECT');
    expect(() => multipartChecksumType('SHA1', 'FULL_OBJECT')).toThrow(/cannot be used/);
  });
});

describe('what a request states', () => {
  const stated = (headers: Record<string, string>) => statedChecksum(new Map(Object.entries(headers)));

  it('is a header, a trailer to come, or the algorithm alone', () => {
    expect(stated({ 'x-amz-checksum-crc32': 'y/Q5Jg==' })).toEqual({ algorithm: 'CRC32', value: 'y/Q5Jg==' });
    expect(stated({ 'x-amz-trailer': 'x-amz-checksum-crc64nvme' })).toEqual({ algorithm: 'CRC64NVME', value: undefined });
    expect(stated({ 'x-amz-sdk-checksum-algorithm': 'sha256' })).toEqual({ algorithm: 'SHA256', value: undefined });
    expect(stated({ 'content-type': 'text/plain' })).toBeUndefined();
  });

  it('is one that can be verified', () => {
    expect(() => stated({ 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-sha1': 'x' })).toThrow(/single x-amz-checksum/);
    expect(() => stated({ 'x-amz-checksum-crc32': 'nonsense' })).toThrow(/x-amz-checksum-crc32 header is invalid/);
    expect(() => stated({ 'x-amz-checksum-xxhash64': 'x' })).toThrow(/not implemented/);
    expect(() => parseAlgorithm('ADLER', 'h')).toThrow(/unsupported/);
  });
});
