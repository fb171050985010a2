/**
 * Patterns, the latest seen first.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import type { PatternStore } from './ports.ts';
import { presentPattern, type PatternView } from './present-pattern.ts';

interface Request {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const cursors = cursorOf('patterns', z.object({ lastSeen: z.string(), id: z.string() }));

export async function listPatterns(
  { patterns, clock }: { readonly patterns: PatternStore; readonly clock: Clock },
  { limit, cursor }: Request,
): Promise<{ patterns: PatternView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  const refs = await patterns.latest({ after, limit: limit + 1 });
  const page = refs.slice(0, limit);
  const loaded = new Map((await patterns.patterns(page.map(({ id }) => id))).map((pattern) => [pattern.id, pattern]));
  const last = page.at(-1);
  return {
    patterns: page.flatMap(({ id }) => loaded.get(id) ?? []).map((pattern) => presentPattern(pattern, clock.now())),
    nextCursor: refs.length > limit && last !== undefined ? cursors.encode(last) : null,
  };
}
