/**
 * Object versions in S3 as byte sources.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, HeadObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Chance } from '#shared/platform/chance.ts';
import { limits } from './limits.ts';
import type { ObjectVersion } from './log-file.ts';
import { SourceFailure, type LogSource } from './ports.ts';

interface Deps {
  readonly client: S3Client;
  readonly chance: Chance;
  /** Bytes of one GET; `limits.getBytes` where it is not set. */
  readonly getBytes?: number;
}

const backOff = { firstMs: 100, mostMs: 3_000 };

/** A client for reading ranges: no checksums (a range of an object has none), and a silent connection is given up after 20 s. */
export const s3ReadClient = (): S3Client =>
  new S3Client({
    maxAttempts: 4,
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2_000, socketTimeout: 20_000 },
  });

export function s3LogSource(deps: Deps): LogSource {
  return {
    async describe(object) {
      try {
        const { ContentLength = 0 } = await deps.client.send(new HeadObjectCommand(keyOf(object)));
        return { sizeBytes: ContentLength };
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
    open: (object, sizeBytes) => ({ sizeBytes, read: (start, end) => read(deps, object, { start, end: Math.min(end, sizeBytes) }) }),
  };
}

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Reads a span in GETs of bounded size. While the body of one is consumed the next has been asked for, which hides the time to its
 * first byte; its bytes wait in the socket, so memory stays at a few hundred kilobytes however large the GETs are.
 */
async function* read(deps: Deps, object: ObjectVersion, { start, end }: Span): AsyncGenerator<Buffer> {
  const getBytes = deps.getBytes ?? limits.getBytes;
  const spanFrom = (from: number): Span => ({ start: from, end: Math.min(end, from + getBytes) });
  let ahead = start < end ? begin(deps.client, object, spanFrom(start)) : undefined;
  try {
    for (let from = start; ahead !== undefined; from += getBytes) {
      const current = ahead;
      ahead = from + getBytes < end ? begin(deps.client, object, spanFrom(from + getBytes)) : undefined;
      yield* resumed(deps, object, { span: spanFrom(from), first: current });
    }
  } finally {
    // The consumer may leave at any time: what was asked for ahead must not stay open.
    ahead?.cancel();
  }
}

interface Get {
  /** Rejects like the request; somebody has to look only when it is used. */
  readonly body: Promise<AsyncIterable<Buffer>>;
  cancel(): void;
}

function begin(client: S3Client, object: ObjectVersion, { start, end }: Span): Get {
  const abort = new AbortController();
  const command = new GetObjectCommand({ ...keyOf(object), ...sameContent(object), Range: `bytes=${start}-${end - 1}` });
  const body = client.send(command, { abortSignal: abort.signal }).then(({ Body }) => Body as unknown as AsyncIterable<Buffer>);
  body.catch(() => undefined);
  return { body, cancel: () => abort.abort() };
}

/** The bytes of one GET; where its body breaks off, another GET takes up at the byte reached. */
async function* resumed(deps: Deps, object: ObjectVersion, { span, first }: { span: Span; first: Get }): AsyncGenerator<Buffer> {
  let get = first;
  let reached = span.start;
  for (let attempt = 1; reached < span.end; attempt += 1) {
    try {
      for await (const bytes of await get.body) {
        reached += bytes.length;
        yield bytes;
      }
      if (reached < span.end) throw new Error(`The body ended at byte ${reached} of ${span.end}`);
    } catch (error) {
      if (!isTransient(error) || attempt >= limits.getAttemptsMax) throw sourceFailureOf(error) ?? error;
      await sleep(deps.chance.fraction() * Math.min(backOff.mostMs, backOff.firstMs * 2 ** attempt));
      get = begin(deps.client, object, { start: reached, end: span.end });
    }
  }
}

const keyOf = ({ bucket, key, versionId }: ObjectVersion) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId !== null && { VersionId: versionId }),
});

/** A version never changes; a key without versions may, between one GET and the next. */
const sameContent = ({ versionId, eTag }: ObjectVersion) => (versionId === null && eTag !== '' ? { IfMatch: `"${eTag}"` } : {});

const statusOf = (error: unknown): number | undefined => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

const isGone = (error: unknown): boolean => statusOf(error) === 404;

/** Whatever S3 did not refuse for good: its own trouble (5xx) and the network's. */
function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429;
}

/** 404: the version is gone. 412: the ETag is another. 416: the object has become shorter. */
function sourceFailureOf(error: unknown): SourceFailure | undefined {
  if (isGone(error)) return new SourceFailure('deleted', { cause: error });
  const status = statusOf(error);
  return status === 412 || status === 416 ? new SourceFailure('changed', { cause: error }) : undefined;
}
