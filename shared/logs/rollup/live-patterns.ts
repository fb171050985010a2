/**
 * Where an id leads: patterns that were merged into others lead to those.
 */
import type { Pattern } from './pattern.ts';
import type { PatternStore } from './ports.ts';

/** A pattern that was merged, into one that was merged…: as many steps are followed. */
const mergesMax = 64;

/** The patterns with these ids, each under the id asked for, as the pattern it was merged into. */
export async function patternsOf(store: Pick<PatternStore, 'patterns'>, ids: ReadonlySet<string>): Promise<Map<string, Pattern>> {
  const loaded = new Map((await store.patterns([...ids])).map((pattern) => [pattern.id, pattern]));
  for (let step = 0; step < mergesMax; step += 1) {
    const missing = [...loaded.values()].flatMap(({ mergedInto }) => (mergedInto === null || loaded.has(mergedInto) ? [] : [mergedInto]));
    if (missing.length === 0) break;
    for (const pattern of await store.patterns(missing)) loaded.set(pattern.id, pattern);
  }
  return new Map(
    [...ids].flatMap((id) => {
      const pattern = lastOf(loaded, id);
      return pattern === undefined ? [] : [[id, pattern]];
    }),
  );
}

function lastOf(loaded: ReadonlyMap<string, Pattern>, id: string): Pattern | undefined {
  let pattern = loaded.get(id);
  for (let step = 0; step < mergesMax && pattern !== undefined && pattern.mergedInto !== null; step += 1)
    pattern = loaded.get(pattern.mergedInto);
  return pattern;
}
