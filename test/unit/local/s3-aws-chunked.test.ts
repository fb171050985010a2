import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsChunkedDecoder } from '#infra/local/s3/aws-chunked.ts';
import { signingKey } from '#infra/local/sigv4.ts';
import type { SignedPayload } from '#infra/local/sigv4.ts';

type ChunkedPayload = Extract<SignedPayload, { kind: 'chunked' }>;

const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const published = (seedSignature: string, trailer: boolean): ChunkedPayload => ({
  kind: 'chunked',
  trailer,
  signing: {
    key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
    amzDate: '20130524T000000Z',
    scope: '20130524/us-east-1/s3/aws4_request',
    seedSignature,
  },
});

/** Decodes pieces of any length, as a socket would bring them. */
function decode(payload: ChunkedPayload, body: Buffer, pieceLength = body.length) {
  const decoder = new AwsChunkedDecoder(payload);
  const decoded: Buffer[] = [];
  for (let at = 0; at < body.length; at += pieceLength) decoded.push(...decoder.push(body.subarray(at, at + pieceLength)));
  decoder.finish();
  return { content: Buffer.concat(decoded), trailers: Object.fromEntries(decoder.trailers) };
}

const chunk = (size: number, signature: string) => `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}`;

describe('the published example of a chunked upload', () => {
  const payload = published('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9', false);
  const body = [
    chunk(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
    chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
    chunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  ].join('\r\n');

  it.each([66_000, 1000, 17, 1])('is accepted in pieces of %i bytes', (pieceLength) => {
    const { content } = decode(payload, Buffer.from(`${body}\r\n`), pieceLength);
    expect(content.equals(Buffer.alloc(66_560, 'a'))).toBe(true);
  });

  it('is refused when a byte, a signature or the order of chunks is changed', () => {
    const refuse = (changed: string) => expect(() => decode(payload, Buffer.from(`${changed}\r\n`))).toThrow(/signature/);
    refuse(body.replace('aaa', 'aba'));
    refuse(body.replace('0055627c', '1055627c'));
    refuse(body.slice(body.indexOf('400;')));
    refuse(body.replaceAll(/;chunk-signature=\w+/g, ''));
  });
});

describe('the published example with a trailing checksum', () => {
  const payload = published('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e', true);
  const body = [
    chunk(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
    chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
    `0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992`,
    'x-amz-checksum-crc32c:sOO8/Q==',
    'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
    '',
    '',
  ].join('\r\n');

  it('is accepted, and gives the checksum', () => {
    expect(decode(payload, Buffer.from(body)).trailers).toEqual({ 'x-amz-checksum-crc32c': 'sOO8/Q==' });
  });

  it('is accepted with an empty line before the trailer, and without one behind it, as some clients write it', () => {
    for (const written of [body.replace('f992\r\n', 'f992\r\n\r\n'), body.slice(0, -2)]) {
      expect(decode(payload, Buffer.from(written)).trailers).toEqual({ 'x-amz-checksum-crc32c': 'sOO8/Q==' });
    }
    expect(() => decode(payload, Buffer.from(body.slice(0, body.indexOf('x-amz'))))).toThrow(/terminated unexpectedly/);
  });

  it('is refused when the checksum is changed', () => {
    expect(() => decode(payload, Buffer.from(body.replace('sOO8', 'sOO9')))).toThrow(/signature/);
  });
});

describe('unsigned chunks', () => {
  const payload: ChunkedPayload = { kind: 'chunked', trailer: true, signing: undefined };

  it('give the same content however they are cut', () => {
    const chunks = fc.array(fc.string({ minLength: 1, maxLength: 50 }), { maxLength: 5 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 60 }), (texts, pieceLength) => {
        const bodies = texts.map((text) => Buffer.from(text));
        const framed = bodies.flatMap((body) => [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
        const whole = Buffer.concat([...framed, Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')]);
        const { content, trailers } = decode(payload, whole, pieceLength);
        expect(content.equals(Buffer.concat(bodies))).toBe(true);
        expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
      }),
    );
  });

  it.each([
    ['5\r\nabc', /terminated unexpectedly/],
    ['3\r\nabcd\r\n0\r\n\r\n', /longer than it says/],
    ['x\r\nabc\r\n0\r\n\r\n', /not a size/],
    ['0\r\nx:y\r\n\r\nmore', /after the last chunk/],
    ['', /terminated unexpectedly/],
    ['f'.repeat(10_000), /too long/],
    ['0\r\nno colon\r\n\r\n', /trailing header/],
  ])('%j is refused', (body, expected) => {
    expect(() => decode(payload, Buffer.from(body))).toThrow(expected);
  });
});
