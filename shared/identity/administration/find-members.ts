/**
 * Members that a text finds: a whole id, address or number first, then handles that begin with it, in order.
 */
import type { Candidate } from '#shared/platform/page-of-walk.ts';
import { identityLimits, phoneSchema } from '../member.ts';
import type { FoundHandle, MemberDirectory } from './ports.ts';

/** How many of those found exactly, and which handles, the pages so far have shown. */
export interface FoundPosition {
  readonly exact: number;
  readonly handle: string;
}

interface Search {
  readonly q: string;
  readonly after?: FoundPosition | undefined;
  /** Handles that are read at once. */
  readonly size: number;
}

/** What a handle can go on with, in the order of the index. */
const handleCharacters = '.0123456789_abcdefghijklmnopqrstuvwxyz';
/** Partitions that are read side by side when a single letter is looked for. */
const partitionsAtOnce = 10;

export async function* findMembers(
  members: MemberDirectory,
  { q, after = { exact: 0, handle: '' }, size }: Search,
): AsyncGenerator<Candidate<FoundPosition>[]> {
  const exact = await findExactly(members, q);
  const rest = exact.map((id, index) => ({ id, position: { exact: index + 1, handle: '' } })).slice(after.exact);
  if (rest.length > 0) yield rest;
  for await (const found of byHandle(members, { prefix: q.toLowerCase(), after: after.handle, size })) {
    yield found.filter(({ id }) => !exact.includes(id)).map(({ id, handle }) => ({ id, position: { exact: exact.length, handle } }));
  }
}

/** Ids that the whole text names. There need not be such members. */
async function findExactly(members: MemberDirectory, q: string): Promise<string[]> {
  const phone = phoneSchema.safeParse(q).data;
  const claims = [...(q.includes('@') ? [{ email: q.toLowerCase() }] : []), ...(phone === undefined ? [] : [{ phone }])];
  const holders = await Promise.all(claims.map((claim) => members.holderOf(claim)));
  const ids = /^\d{17,19}$/.test(q) ? [q, ...holders] : holders;
  return [...new Set(ids.filter((id) => id !== undefined))];
}

interface HandleSearch {
  readonly prefix: string;
  readonly after: string;
  readonly size: number;
}

async function* byHandle(members: MemberDirectory, { prefix, after, size }: HandleSearch): AsyncGenerator<FoundHandle[]> {
  if (!/^[a-z0-9][a-z0-9._]*$/.test(prefix) || prefix.length > identityLimits.handleCharacters.max) return;
  const prefixes = prefix.length > 1 ? [prefix] : handleCharacters.split('').map((next) => prefix + next);
  const left = prefixes.filter((one) => one >= after.slice(0, one.length));
  for (let index = 0; index < left.length; index += partitionsAtOnce) {
    const group = left.slice(index, index + partitionsAtOnce);
    const openings = await Promise.all(group.map((one) => members.handles({ prefix: one, after: after || undefined, limit: size })));
    for (const [at, opening] of openings.entries()) {
      let found = opening;
      while (found.length > 0) {
        yield found;
        if (found.length < size) break;
        found = await members.handles({ prefix: group[at] ?? '', after: found.at(-1)?.handle, limit: size });
      }
    }
  }
}
