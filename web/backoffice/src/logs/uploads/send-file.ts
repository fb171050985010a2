/**
 * Sends one file in parts, and goes on with one that was begun before: what has arrived is asked of the bucket, and only the rest is sent.
 */
import { bytesOfPart, partCountOf, uploadLimits } from '#shared/logs/uploads/upload-limits.ts';
import { type Api, answer } from '../../shell/api/client.ts';
import { ApiProblem } from '../../shell/api/problem.ts';
import { contentHash, partOf } from './content-hash.ts';
import type { PutPart } from './put-part.ts';
import type { BegunUpload, UploadMemory } from './upload-memory.ts';
import { DuplicateUpload, type Send, type Sending } from './uploads.ts';

export interface SendDeps {
  readonly api: Api;
  readonly memory: UploadMemory;
  readonly put: PutPart;
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Parts of one file on their way at once. */
const partsAtOnce = 3;
/** Of each part, each with a fresh address. */
const attemptsMax = 4;
const pauseMs = 1_000;

export function sendFile(deps: SendDeps): Send<File> {
  return async (file, sending) => {
    const hash = await contentHash(file, { stop: sending.stop, progressed: sending.checked });
    const { upload, arrived } = await begunUpload(deps, { file, hash }, sending);
    try {
      await sendParts(deps, { file, upload, arrived }, sending);
      const { key, uploadId, bytes } = upload;
      await answer(deps.api.POST('/api/admin/logs/multipart-uploads/completion', { body: { key, uploadId, bytes }, signal: sending.stop }));
    } catch (error) {
      if (sending.stop.aborted) await abortUpload(deps, upload);
      throw error;
    }
    deps.memory.forget(upload.uploadId);
  };
}

/** Drops what has arrived. Nobody waits for it to go well: the bucket clears what is left by itself. */
export async function abortUpload({ api, memory }: Pick<SendDeps, 'api' | 'memory'>, { key, uploadId }: BegunUpload): Promise<void> {
  memory.forget(uploadId);
  await api.DELETE('/api/admin/logs/multipart-uploads', { params: { query: { key, uploadId } } }).catch(() => undefined);
}

interface Begun {
  readonly upload: BegunUpload;
  /** Numbers of the parts that the bucket has. */
  readonly arrived: ReadonlySet<number>;
}

async function begunUpload(
  deps: SendDeps,
  { file, hash }: { readonly file: File; readonly hash: string },
  sending: Sending,
): Promise<Begun> {
  const { api, memory, now } = deps;
  const { name, size: bytes } = file;
  const known = memory.find({ name, bytes, hash });
  const arrived = known && (await arrivedParts(api, known, sending.stop));
  if (known !== undefined && arrived !== undefined) return { upload: known, arrived };
  if (known !== undefined) memory.forget(known.uploadId);
  const body = { name, bytes, hash, again: sending.again };
  try {
    const { key, uploadId } = await answer(api.POST('/api/admin/logs/multipart-uploads', { body, signal: sending.stop }));
    const upload = { key, uploadId, name, bytes, hash, begunAtMs: now() };
    memory.keep(upload);
    return { upload, arrived: new Set() };
  } catch (error) {
    throw isProblem(error, 'logs.upload-duplicate') ? new DuplicateUpload() : error;
  }
}

/** Undefined when the upload has gone. */
async function arrivedParts(api: Api, upload: BegunUpload, signal: AbortSignal): Promise<ReadonlySet<number> | undefined> {
  const { key, uploadId, bytes } = upload;
  const arrived = new Set<number>();
  let after: number | null = null;
  try {
    do {
      const query: { key: string; uploadId: string; after?: number } = { key, uploadId, ...(after !== null && { after }) };
      const page = await answer(api.GET('/api/admin/logs/multipart-uploads/parts', { params: { query }, signal }));
      for (const { part, bytes: own } of page.parts) if (own === bytesOfPart(bytes, part)) arrived.add(part);
      after = page.next;
    } while (after !== null);
    return arrived;
  } catch (error) {
    if (isProblem(error, 'logs.upload-gone')) return undefined;
    throw error;
  }
}

const isProblem = (error: unknown, code: string): boolean => error instanceof ApiProblem && error.code === code;

async function sendParts(deps: SendDeps, { file, upload, arrived }: Begun & { readonly file: File }, sending: Sending): Promise<void> {
  const missing = Array.from({ length: partCountOf(file.size) }, (_, at) => at + 1).filter((part) => !arrived.has(part));
  const urls = urlsOf(deps, upload, { missing, signal: sending.stop });
  const sent = new Map<number, number>([...arrived].map((part) => [part, bytesOfPart(file.size, part)]));
  const tell = (part: number, bytes: number): void => {
    sent.set(part, bytes);
    sending.progressed([...sent.values()].reduce((sum, one) => sum + one, 0));
  };
  sending.progressed([...sent.values()].reduce((sum, one) => sum + one, 0));
  const waiting = [...missing];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const number = part;
      await attempts(deps, sending.stop, async (attempt) => {
        const url = await urls(number, attempt > 1);
        await deps.put(url, partOf(file, number), { stop: sending.stop, progressed: (bytes) => tell(number, bytes) });
      });
      tell(number, bytesOfPart(file.size, number));
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, work));
}

/** Addresses are signed some at a time; of a part that did not arrive, anew. */
function urlsOf(
  { api }: SendDeps,
  { key, uploadId, bytes }: BegunUpload,
  { missing, signal }: { missing: readonly number[]; signal: AbortSignal },
) {
  const urls = new Map<number, Promise<string>>();
  const sign = (parts: readonly number[]): void => {
    const body = { key, uploadId, bytes, parts: [...parts] };
    const signed = answer(api.POST('/api/admin/logs/multipart-uploads/signatures', { body, signal }));
    for (const part of parts)
      urls.set(
        part,
        signed.then((found) => found.parts.find((one) => one.part === part)?.url ?? ''),
      );
  };
  return (part: number, isAnew: boolean): Promise<string> => {
    if (isAnew) sign([part]);
    else if (!urls.has(part)) sign(missing.filter((one) => one >= part).slice(0, uploadLimits.signedAtOnceMax));
    return urls.get(part) ?? Promise.reject(new Error(`Part ${part} was not signed.`));
  };
}

async function attempts({ pause }: SendDeps, stop: AbortSignal, attempt: (count: number) => Promise<void>): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(count);
    } catch (error) {
      if (stop.aborted || count === attemptsMax) throw error;
      await pause(pauseMs * 2 ** (count - 1));
    }
  }
}
