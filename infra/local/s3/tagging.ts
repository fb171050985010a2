import { tagsOfXml, versionHeaders } from './attributes.ts';
import { receiveXml } from './body.ts';
import { causeOf, change } from './context.ts';
import type { S3Context } from './context.ts';
import { readableVersion } from './read-object.ts';
import { noContent, ok, okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf, keyOf } from './request.ts';
import type { S3Request } from './request.ts';
import type { ObjectVersion } from './versions.ts';
import { parseXml, xmlDocument } from './xml.ts';

export function getObjectTagging(context: S3Context, request: S3Request): Reply {
  const version = taggedVersion(context, request);
  const tags = Object.entries(version.attributes.tags).map(([Key, Value]) => ({ Key, Value }));
  return okXml(xmlDocument('Tagging', { TagSet: { Tag: tags } }), versionHeaders(version));
}

export async function putObjectTagging(context: S3Context, request: S3Request): Promise<Reply> {
  const tags = tagsOfXml(parseXml(await receiveXml(request)));
  return ok(versionHeaders(replaceTags(context, request, { tags, eventName: 'ObjectTagging:Put' })));
}

export function deleteObjectTagging(context: S3Context, request: S3Request): Reply {
  return noContent(versionHeaders(replaceTags(context, request, { tags: {}, eventName: 'ObjectTagging:Delete' })));
}

function taggedVersion(context: S3Context, request: S3Request): ObjectVersion {
  const { name } = context.buckets.require(bucketOf(request));
  return readableVersion(context, request, { bucket: name, key: keyOf(request), versionId: request.query.get('versionId') });
}

function replaceTags(
  context: S3Context,
  request: S3Request,
  { tags, eventName }: { tags: Record<string, string>; eventName: string },
): ObjectVersion {
  return change(context, ({ emit }) => {
    const version = taggedVersion(context, request);
    context.versions.setAttributes(version, { ...version.attributes, tags });
    const { key, size, etag, versionId } = version;
    emit(context.buckets.require(version.bucket), { ...causeOf(request), name: eventName, key, size, etag, versionId });
    return version;
  });
}
