/**
 * Whether a chain is whole: every record as it was written, none missing between two of them.
 */
import type * as z from 'zod';
import { auditLimits, firstHash, hashOf } from './audit-record.ts';
import type { auditRoutes } from './audit-routes.ts';
import type { AuditLink, AuditReader } from './ports.ts';

interface Deps {
  readonly audit: AuditReader;
}

/** The end of a chain. A record's hash stands for all records before it. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** Ends of chains by stream, as they were once seen. */
export type Ends = ReadonlyMap<string, ChainEnd>;

export interface ChainReport {
  readonly stream: string;
  /** Records that were looked at, the one that does not fit included. */
  readonly records: number;
  /** Id of the first record that does not fit; null when all do. */
  readonly brokenAt: string | null;
  readonly end: ChainEnd | undefined;
}

/** Looks at the newest records of a stream: enough for a request. */
export async function verifyNewest({ audit }: Deps, stream: string): Promise<z.input<(typeof auditRoutes)['verify']['answer']>> {
  const links = await audit.links(stream, { behind: 'newest', limit: auditLimits.recordsPerVerification });
  const [oldest] = links;
  const isWholeChain = links.length < auditLimits.recordsPerVerification || oldest?.record?.seq === 1;
  const before = isWholeChain ? beginning : endBefore(oldest);
  const { records, brokenAt } = checked(links, before);
  if (brokenAt !== null) return { state: 'broken', records, brokenAt };
  return { state: isWholeChain ? 'whole' : 'partial', records, brokenAt: null };
}

/**
 * Looks at all of a stream, from its first record on. `known` is an end that was seen before: the chain has to go through it, or it was
 * cut off or written anew since.
 */
export async function verifyWhole({ audit }: Deps, stream: string, known?: ChainEnd): Promise<ChainReport> {
  let end: ChainEnd = beginning;
  let records = 0;
  while (true) {
    const links = await audit.links(stream, { behind: end.seq, limit: auditLimits.recordsPerVerification });
    const part = checked(links, end);
    records += part.records;
    const lost = known !== undefined && missing(links, known, end.seq);
    if (part.brokenAt !== null || lost) return { stream, records, brokenAt: part.brokenAt ?? `${stream}/${known?.seq}`, end: undefined };
    end = part.end;
    if (links.length < auditLimits.recordsPerVerification) return { stream, records, brokenAt: null, end: end.seq === 0 ? undefined : end };
  }
}

/** Looks at all of all streams, a few side by side; also at those that are gone although their end is known. */
export async function* verifyAll(deps: Deps, known: Ends): AsyncGenerator<ChainReport> {
  const gone = new Set(known.keys());
  for await (const streams of inGroups(deps.audit.streams())) {
    for (const stream of streams) gone.delete(stream);
    yield* await Promise.all(streams.map((stream) => verifyWhole(deps, stream, known.get(stream))));
  }
  for (const stream of gone) yield verifyWhole(deps, stream, known.get(stream));
}

async function* inGroups(streams: AsyncIterable<string>): AsyncGenerator<string[]> {
  let group: string[] = [];
  for await (const stream of streams) {
    group.push(stream);
    if (group.length < auditLimits.streamsAtOnce) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const beginning: ChainEnd = { seq: 0, hash: firstHash };

/** What the oldest record of a piece says came before it: there is nothing to hold that against. */
function endBefore(oldest: AuditLink | undefined): ChainEnd {
  return oldest?.record === undefined ? beginning : { seq: oldest.record.seq - 1, hash: oldest.record.previousHash };
}

function checked(links: readonly AuditLink[], before: ChainEnd): { records: number; brokenAt: string | null; end: ChainEnd } {
  let end = before;
  for (const [index, { id, record }] of links.entries()) {
    const fits = record !== undefined && record.seq === end.seq + 1 && record.previousHash === end.hash && record.hash === hashOf(record);
    if (!fits) return { records: index + 1, brokenAt: id, end };
    end = record;
  }
  return { records: links.length, brokenAt: null, end };
}

/** True when a piece of the chain should hold the known end, or ends before it, and does not have it. */
function missing(links: readonly AuditLink[], known: ChainEnd, behind: number): boolean {
  if (known.seq <= behind) return false;
  const isLast = links.length < auditLimits.recordsPerVerification;
  const link = links[known.seq - behind - 1];
  return link === undefined ? isLast : link.record?.hash !== known.hash;
}
