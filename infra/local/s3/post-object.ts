/**
 * PostObject: a browser uploads a file with a form whose policy somebody else signed.
 */
import { objectAccess, requireAccess } from './access.ts';
import { attributesOf, quoted, tagsOfXml } from './attributes.ts';
import { rawBytes, storeChecked, tooLarge } from './body.ts';
import { s3Limits } from './config.ts';
import type { S3Context } from './context.ts';
import { S3Error } from './errors.ts';
import { boundaryOf, readForm } from './form-data.ts';
import type { Form } from './form-data.ts';
import { checkPolicy, signerOf } from './post-policy.ts';
import type { PolicyTerms } from './post-policy.ts';
import { bucketOf, headerText, requireKeyLength } from './request.ts';
import type { RequestTarget, S3Request } from './request.ts';
import type { Reply } from './reply.ts';
import type { ObjectVersion } from './versions.ts';
import { addObject, withChecksum, writtenHeaders } from './write-object.ts';
import { parseXml, xmlDocument } from './xml.ts';

export function isForm(target: RequestTarget): boolean {
  return (
    target.method === 'POST' &&
    target.bucket !== undefined &&
    target.key === undefined &&
    boundaryOf(target.headers.get('content-type')) !== undefined
  );
}

/** The request before anybody is known to have signed it. */
type UnsignedRequest = Omit<S3Request, 'principal' | 'payload'>;

export async function postObject(context: S3Context, request: UnsignedRequest): Promise<Reply> {
  const bucket = context.buckets.require(bucketOf(request)).name;
  const form = await readForm(rawBytes(request.openBody()), boundaryOf(request.headers.get('content-type'))!);
  const key = keyOf(form);
  const fields = new Map([...form.fields, ['key', key]]);
  const principal = signerOf(fields, context.principals);
  const terms = checkPolicy(fields, bucket, request.nowMs);
  const tagging = fields.get('tagging');
  const target = { bucket, key };
  requireAccess(context, principal, [
    objectAccess('s3:PutObject', target),
    ...(tagging === undefined ? [] : [objectAccess('s3:PutObjectTagging', target)]),
  ]);
  const headers = headersOf(fields);
  const attributes = attributesOf(headers);
  const tags = tagging === undefined ? {} : tagsOfXml(parseXml(tagging));
  const chunks = withinTerms(form.file.chunks, terms);
  const stored = await storeChecked(context.files, chunks, { headers, trailers: new Map(), algorithm: undefined });
  const signed: S3Request = { ...request, headers, principal, payload: { kind: 'unsigned' } };
  const version = addObject(context, signed, {
    key,
    segments: [{ file: stored.file, size: stored.size }],
    etag: stored.md5,
    attributes: withChecksum({ ...attributes, tags }, stored.algorithm, stored.checksums.get(stored.algorithm)!),
    eventName: 'ObjectCreated:Post',
  });
  return success(fields, request, version);
}

/** `${filename}` stands for the name of the file that the user chose. */
function keyOf(form: Form): string {
  const key = form.fields.get('key');
  if (key === undefined || key === '') {
    const message = "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.";
    throw new S3Error('InvalidArgument', { message, details: { ArgumentName: 'key' } });
  }
  // Some browsers send the whole path.
  const fileName = form.file.name.slice(Math.max(form.file.name.lastIndexOf('/'), form.file.name.lastIndexOf('\\')) + 1);
  const whole = key.replaceAll('${filename}', () => fileName);
  requireKeyLength(whole);
  return whole;
}

/** Fields that would be headers of a PUT. */
function headersOf(fields: ReadonlyMap<string, string>): Map<string, string> {
  const names = /^(content-type|content-disposition|content-encoding|content-language|cache-control|expires|content-md5|x-amz-.+)$/;
  return new Map([...fields].filter(([name]) => names.test(name)).map(([name, value]) => [name, headerText(value)]));
}

async function* withinTerms(chunks: AsyncIterable<Buffer>, { bytesMin, bytesMax }: PolicyTerms): AsyncGenerator<Buffer> {
  const most = Math.min(bytesMax, s3Limits.putBytesMax);
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge(size, most);
    yield chunk;
  }
  if (size >= bytesMin) return;
  const details = { ProposedSize: String(size), MinSizeAllowed: String(bytesMin) };
  throw new S3Error('EntityTooSmall', { message: 'Your proposed upload is smaller than the minimum allowed size', details });
}

function success(fields: ReadonlyMap<string, string>, request: RequestTarget, version: ObjectVersion): Reply {
  const { bucket, key, etag } = version;
  const location = `http://${request.headers.get('host') ?? ''}/${bucket}/${encodeURIComponent(key)}`;
  const headers = writtenHeaders(version);
  const redirect = redirectOf(fields, { bucket, key, etag: quoted(etag) });
  if (redirect !== undefined) return { status: 303, headers: { ...headers, location: redirect } };
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers: { ...headers, location } };
  if (status !== '201') return { status: 204, headers: { ...headers, location } };
  const document = xmlDocument('PostResponse', { Location: location, Bucket: bucket, Key: key, ETag: quoted(etag) });
  return { status: 201, headers: { ...headers, location, 'content-type': 'application/xml' }, body: document };
}

/** What cannot be read as a URL is ignored, as S3 does. */
function redirectOf(fields: ReadonlyMap<string, string>, parameters: Record<string, string>): string | undefined {
  const target = fields.get('success_action_redirect') ?? fields.get('redirect');
  const url = target === undefined ? null : URL.parse(target);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
