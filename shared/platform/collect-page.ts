/**
 * Fills a page of a list whose filter is applied to what was loaded: ids come in batches, records are loaded, those that match are taken.
 */

/** Something to look at, and where the list stands behind it. */
export interface Candidate<Position> {
  readonly id: string;
  readonly position: Position;
}

interface Page<Entry> {
  readonly limit: number;
  /** Records that one page looks at: where few match, it comes back short. */
  readonly examinedMax: number;
  /** In any order; what is gone is left out. */
  readonly load: (ids: readonly string[]) => Promise<Entry[]>;
  readonly matches: (entry: Entry) => boolean;
}

/** `behind` is where the next page begins, null behind the last. Looks for one match too many, to know that there is more. */
export async function collectPage<Entry extends { readonly id: string }, Position>(
  candidates: AsyncIterable<readonly Candidate<Position>[]>,
  { limit, examinedMax, load, matches }: Page<Entry>,
): Promise<{ found: Entry[]; behind: Position | null }> {
  const taken: { entry: Entry; position: Position }[] = [];
  let examined = 0;
  for await (const batch of candidates) {
    const loaded = new Map((await load(batch.map(({ id }) => id))).map((entry) => [entry.id, entry]));
    for (const { id, position } of batch) {
      const entry = loaded.get(id);
      if (entry !== undefined && matches(entry)) taken.push({ entry, position });
    }
    const last = taken.length > limit ? taken[limit - 1] : undefined;
    if (last !== undefined) return { found: taken.slice(0, limit).map(({ entry }) => entry), behind: last.position };
    examined += batch.length;
    if (examined >= examinedMax) return { found: taken.map(({ entry }) => entry), behind: batch.at(-1)?.position ?? null };
  }
  return { found: taken.map(({ entry }) => entry), behind: null };
}
