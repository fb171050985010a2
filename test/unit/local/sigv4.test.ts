import { createHash, createHmac } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { parseCredential } from '#infra/local/sigv4-claim.ts';
import type { RequestHead } from '#infra/local/sigv4-claim.ts';
import { uriEncode, verifySignature } from '#infra/local/sigv4.ts';
import type { SignatureRules, SignatureVerdict } from '#infra/local/sigv4.ts';

/** Only asked for by signers that read endpoint rules, which these tests do not use. */
const authScheme = { name: 'sigv4', signingName: '', signingRegion: '', properties: {} };
const emptySha256 = createHash('sha256').digest('hex');

/** The examples that AWS publishes, word for word: "Examples: Signature Calculations" of the S3 API Reference. */
describe('published S3 examples', () => {
  const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  const sent = (head: { method: string; url: string; headers: Record<string, string>; signature: string }): RequestHead => {
    const headers: Record<string, string> = { Host: 'examplebucket.s3.amazonaws.com', ...head.headers };
    const signed = Object.keys(headers)
      .filter((name) => !/^date$/i.test(name) || headers['x-amz-date'] === undefined || headers['Date'] !== undefined)
      .map((name) => name.toLowerCase())
      .toSorted();
    headers['Authorization'] = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signed.join(';')},Signature=${head.signature}`;
    return { method: head.method, url: head.url, rawHeaders: Object.entries(headers).flat() };
  };
  const at = Date.parse('2013-05-24T00:00:00Z');
  const check = (request: RequestHead) =>
    verifySignature(request, { ...s3Rules(at, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'), region: 'us-east-1' });
  const dated = { 'x-amz-content-sha256': emptySha256, 'x-amz-date': '20130524T000000Z' };

  it('accepts the ranged GET', () => {
    const headers = { Range: 'bytes=0-9', ...dated };
    const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
    expect(check(sent({ method: 'GET', url: '/test.txt', headers, signature }))).toMatchObject({
      ok: true,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      payload: { kind: 'sha256', sha256: emptySha256 },
    });
  });

  it('accepts the PUT whose key is percent-encoded once', () => {
    const headers = {
      Date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    };
    const signature = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd';
    expect(check(sent({ method: 'PUT', url: '/test%24file.text', headers, signature }))).toMatchObject({ ok: true });
    expect(check(sent({ method: 'PUT', url: '/test$file.text', headers, signature }))).toMatchObject({ ok: true });
  });

  it('accepts a sub-resource without a value, and a listing', () => {
    const lifecycle = 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543';
    const list = '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7';
    expect(check(sent({ method: 'GET', url: '/?lifecycle', headers: dated, signature: lifecycle }))).toMatchObject({ ok: true });
    expect(check(sent({ method: 'GET', url: '/?max-keys=2&prefix=J', headers: dated, signature: list }))).toMatchObject({ ok: true });
    expect(check(sent({ method: 'GET', url: '/?prefix=J&max-keys=2', headers: dated, signature: list }))).toMatchObject({ ok: true });
    expect(check(sent({ method: 'GET', url: '/?max-keys=3&prefix=J', headers: dated, signature: list }))).toMatchObject({
      ok: false,
      code: 'SignatureDoesNotMatch',
    });
  });

  it('gives the seed of the chunked upload', () => {
    const headers = {
      'Content-Encoding': 'aws-chunked',
      'Content-Length': '66824',
      Host: 's3.amazonaws.com',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'x-amz-date': '20130524T000000Z',
      'x-amz-decoded-content-length': '66560',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    };
    const signature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
    const verdict = check(sent({ method: 'PUT', url: '/examplebucket/chunkObject.txt', headers, signature }));
    expect(verdict).toMatchObject({
      ok: true,
      payload: { kind: 'chunked', trailer: false, signing: { seedSignature: signature, amzDate: '20130524T000000Z' } },
    });
  });

  it('accepts the presigned GET until the second it expires', () => {
    const url =
      '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
      '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    const request = { method: 'GET', url, rawHeaders: ['Host', 'examplebucket.s3.amazonaws.com'] };
    const rules = (nowMs: number) => s3Rules(nowMs, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
    expect(verifySignature(request, rules(at + 86_400_000))).toMatchObject({ ok: true, presigned: true, payload: { kind: 'unsigned' } });
    expect(verifySignature(request, rules(at + 86_401_000))).toMatchObject({
      ok: false,
      status: 403,
      code: 'AccessDenied',
      message: 'Request has expired',
    });
    const early = { ...rules(at - 3_600_000) };
    expect(verifySignature(request, early)).toMatchObject({ ok: false, message: 'Request is not yet valid' });
  });
});

/** The suite `aws-sig-v4-test-suite` of AWS: request line, headers, signature. */
describe('published test suite of the other services', () => {
  const rules: SignatureRules = {
    style: 'general',
    bodySha256: emptySha256,
    region: 'us-east-1',
    service: 'service',
    credentialOf: () => ({ secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }),
    machineNowMs: Date.parse('2015-08-30T12:36:00Z'),
    stackNowMs: Date.parse('2015-08-30T12:36:00Z'),
  };
  it.each([
    { name: 'get-vanilla', method: 'GET', url: '/', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
    {
      name: 'get-vanilla-query-order-key-case',
      method: 'GET',
      url: '/?Param2=value2&Param1=value1',
      signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    },
    {
      name: 'get-relative',
      method: 'GET',
      url: '/example/..',
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    { name: 'get-slash', method: 'GET', url: '//', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
    { name: 'post-vanilla', method: 'POST', url: '/', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
  ])('$name', ({ method, url, signature }) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`;
    const rawHeaders = ['Host', 'example.amazonaws.com', 'X-Amz-Date', '20150830T123600Z', 'Authorization', authorization];
    expect(verifySignature({ method, url, rawHeaders }, rules)).toMatchObject({ ok: true, accessKeyId: 'AKIDEXAMPLE' });
    const changed = { method, url, rawHeaders: rawHeaders.with(1, 'evil.example.com') };
    expect(verifySignature(changed, rules)).toMatchObject({ ok: false, code: 'SignatureDoesNotMatch' });
  });
});

describe('what the AWS SDK signs', () => {
  const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'secret' };
  const now = new Date('2026-11-21T10:00:00Z');
  const keys = [
    'plain',
    'blank and + plus',
    "quote's (and) *stars*!",
    'ünïcode/日本',
    '../escape',
    '%2f',
    '/leading//double/',
    'a~b_c.d-e',
  ];

  it.each(keys)('S3, in the header and presigned: %s', async (key) => {
    const path = `/bucket/${key.split('/').map(uriEncode).join('/')}`;
    const request = sdkRequest(path, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-meta-note': '  two   blanks ' });
    request.query = { prefix: key, 'max-keys': '7', list: '' };
    const signer = await new S3Client({ region: 'ap-southeast-3', credentials }).config.signer(authScheme);
    const signed = await signer.sign(request, { signingDate: now, signingRegion: 'ap-southeast-3', signingService: 's3' });
    expect(verifySignature(headOf(signed), s3Rules(now.getTime(), 'secret'))).toMatchObject({ ok: true, payload: { kind: 'unsigned' } });

    const presigner = new S3RequestPresigner({ region: 'ap-southeast-3', credentials, sha256: Sha256 });
    const presigned = await presigner.presign(sdkRequest(path, {}), { signingDate: now, expiresIn: 60 });
    expect(verifySignature(headOf(presigned), s3Rules(now.getTime() + 60_000, 'secret'))).toMatchObject({ ok: true, presigned: true });
    expect(verifySignature(headOf(presigned), s3Rules(now.getTime() + 61_000, 'secret'))).toMatchObject({ message: 'Request has expired' });
  });

  it('SQS, whose body is part of the signature', async () => {
    const signer = await new SQSClient({ region: 'ap-southeast-3', credentials }).config.signer(authScheme);
    const request = { ...sdkRequest('/123/a%20queue', { 'x-amz-target': 'AmazonSQS.SendMessage' }), method: 'POST', body: '{"a":1}' };
    const signed = headOf(await signer.sign(request, { signingDate: now, signingRegion: 'ap-southeast-3', signingService: 'sqs' }));
    const rules = { ...s3Rules(now.getTime(), 'secret'), style: 'general' as const };
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(verifySignature(signed, { ...rules, bodySha256: sha256('{"a":1}') })).toMatchObject({ ok: true });
    expect(verifySignature(signed, { ...rules, bodySha256: sha256('{"a":2}') })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

describe('refusals', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const signedAt = async (ms: number, headers: Record<string, string> = {}): Promise<RequestHead> => {
    const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'secret' };
    const signer = await new S3Client({ region: 'us-east-1', credentials }).config.signer(authScheme);
    const request = sdkRequest('/bucket/key', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...headers });
    return headOf(await signer.sign(request, { signingDate: new Date(ms), signingRegion: 'us-east-1', signingService: 's3' }));
  };
  const code = (verdict: SignatureVerdict) => (verdict.ok ? 'none' : verdict.code);

  it('takes the clock of the machine or of the stack, and no other', async () => {
    const rules = { ...s3Rules(now, 'secret'), stackNowMs: now + 30 * 86_400_000 };
    expect(code(verifySignature(await signedAt(now - 14 * 60_000), rules))).toBe('none');
    expect(code(verifySignature(await signedAt(rules.stackNowMs + 14 * 60_000), rules))).toBe('none');
    expect(code(verifySignature(await signedAt(now + 86_400_000), rules))).toBe('RequestTimeTooSkewed');
  });

  it('names what is wrong as S3 does', async () => {
    const request = await signedAt(now);
    const changed = (name: string, value: string): RequestHead => {
      const at = request.rawHeaders.findIndex((header) => header.toLowerCase() === name);
      return { ...request, rawHeaders: request.rawHeaders.with(at + 1, value) };
    };
    const check = (head: RequestHead, rules: Partial<SignatureRules> = {}) =>
      code(verifySignature(head, { ...s3Rules(now, 'secret'), ...rules } as SignatureRules));
    expect(check(request, { credentialOf: () => undefined })).toBe('InvalidAccessKeyId');
    expect(check(request, { credentialOf: () => ({ secretAccessKey: 'other' }) })).toBe('SignatureDoesNotMatch');
    expect(check(request, { region: 'ap-southeast-3' })).toBe('AuthorizationHeaderMalformed');
    expect(check(request, { service: 'sqs' })).toBe('AuthorizationHeaderMalformed');
    expect(check({ ...request, url: '/bucket/other' })).toBe('SignatureDoesNotMatch');
    expect(check({ ...request, method: 'DELETE' })).toBe('SignatureDoesNotMatch');
    expect(check({ ...request, url: '/bucket/%zz' })).toBe('InvalidURI');
    expect(check({ ...request, rawHeaders: [...request.rawHeaders, 'x-amz-meta-added', 'later'] })).toBe('AccessDenied');
    expect(check(changed('x-amz-content-sha256', 'nonsense'))).toBe('SignatureDoesNotMatch');
    expect(check(changed('authorization', 'AWS AKIALOCAL:c2lnbmF0dXJl'))).toBe('InvalidRequest');
    expect(check(changed('authorization', 'AWS4-HMAC-SHA256 Credential=AKIALOCAL'))).toBe('AuthorizationHeaderMalformed');
    expect(check({ ...request, rawHeaders: ['host', '127.0.0.1'] })).toBe('MissingAuthentication');
    expect(check(await signedAt(now, { 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' }))).toBe('InvalidArgument');
  });

  it('asks temporary credentials for their token, until they expire', async () => {
    const request = await signedAt(now, { 'x-amz-security-token': 'token' });
    const check = (credential: object, head = request) =>
      code(verifySignature(head, { ...s3Rules(now, 'secret'), credentialOf: () => ({ secretAccessKey: 'secret', ...credential }) }));
    expect(check({ sessionToken: 'token', expiresAtMs: now + 1 })).toBe('none');
    expect(check({ sessionToken: 'token', expiresAtMs: now - 1 })).toBe('ExpiredToken');
    expect(check({ sessionToken: 'other' })).toBe('InvalidToken');
    expect(check({})).toBe('InvalidToken');
    expect(check({ sessionToken: 'token' }, await signedAt(now))).toBe('InvalidToken');
  });

  it('refuses presigned parameters that S3 refuses', () => {
    const base = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIALOCAL/20261121/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20261121T100000Z',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'ab'.repeat(32),
    };
    const check = (change: object) => {
      const url = `/bucket/key?${new URLSearchParams(Object.entries({ ...base, ...change })).toString()}`;
      return code(verifySignature({ method: 'GET', url, rawHeaders: ['host', '127.0.0.1'] }, s3Rules(now, 'secret')));
    };
    expect(check({})).toBe('SignatureDoesNotMatch');
    for (const change of [
      { 'X-Amz-Expires': '604801' },
      { 'X-Amz-Expires': '-1' },
      { 'X-Amz-Expires': '' },
      { 'X-Amz-Expires': '1.5' },
      { 'X-Amz-Date': '2026-11-21' },
      { 'X-Amz-Date': '20261122T100000Z' },
      { 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256' },
      { 'X-Amz-Credential': 'AKIALOCAL' },
      { 'X-Amz-Signature': '' },
    ]) {
      expect([change, check(change)]).toEqual([change, 'AuthorizationQueryParametersError']);
    }
  });
});

it('reads an access key id that holds slashes', () => {
  expect(parseCredential('a/b/20260101/r/s3/aws4_request')).toEqual({ accessKeyId: 'a/b', date: '20260101', region: 'r', service: 's3' });
  expect(parseCredential('AKID/20260101/r/s3')).toBeUndefined();
});

function s3Rules(nowMs: number, secretAccessKey: string): SignatureRules {
  return { style: 's3', credentialOf: () => ({ secretAccessKey }), machineNowMs: nowMs, stackNowMs: nowMs };
}

interface SdkRequest {
  protocol: string;
  hostname: string;
  port: number;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body?: unknown;
}

function sdkRequest(path: string, headers: Record<string, string>): SdkRequest {
  return {
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: 9,
    method: 'GET',
    path,
    query: {},
    headers: { host: '127.0.0.1:9', ...headers },
  };
}

/** The head as it would arrive: the SDK's HTTP handler writes path and query so. */
function headOf(request: { method: string; path: string; query?: object; headers: object }): RequestHead {
  const query = Object.entries(request.query ?? {}).map(([name, value]) => `${uriEncode(name)}=${uriEncode(String(value))}`);
  return {
    method: request.method,
    url: request.path + (query.length > 0 ? `?${query.join('&')}` : ''),
    rawHeaders: Object.entries(request.headers).flat(),
  };
}

/** The hash class that the SDK's presigner asks for. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}
