/**
 * A page of a list that is walked through: some of what the walk passes belongs on the page, and nobody knows how far it has to go for that.
 *
 * Every such list keeps the same promises, whatever it walks through:
 * - Pages follow each other without gap or double. The next one begins behind what this one has looked at, or behind its last entry.
 * - A page costs a bounded amount. Where few entries match, it comes back `partial` with what was found, and the list goes on from there.
 * - Behind the last entry there is no further page: a full one looks for one entry too many.
 */

/** An entry, and where the list goes on behind it. */
interface Placed<Entry, Position> {
  readonly entry: Entry;
  readonly position: Position;
}

/** What one step of a walk passes, such as the answer to one read. Stretches follow each other in the order of the list. */
export interface Stretch<Entry, Position, Unit extends string> {
  /** Those that belong on the page. */
  readonly found: readonly Placed<Entry, Position>[];
  /** Where the list goes on behind all of the stretch; null where it is known to end. */
  readonly behind: Position | null;
  /** What the stretch took, in the units of the page's bounds. */
  readonly cost: Readonly<Partial<Record<Unit, number>>>;
}

interface PageBounds<Entry, Unit extends string> {
  readonly limit: number;
  /** What a page may cost. It stops behind the stretch that reaches one of them, so it is over by less than that stretch. */
  readonly bounds: Readonly<Record<Unit, number>>;
  /** For a page that is bounded by more than a count: it ends behind the entry that makes it full, and does not ask whether there is another. */
  readonly isFull?: (entries: readonly Entry[]) => boolean;
}

export interface FoundPage<Entry, Position> {
  readonly found: Entry[];
  /** Where the next page begins; null behind the last. */
  readonly behind: Position | null;
  /** True when the walk stopped before the page was full, to stay within its bounds. */
  readonly partial: boolean;
}

/** Follows the walk until the page is full, its bounds are reached, or the list ends. */
export async function pageOfWalk<Entry, Position, Unit extends string>(
  walk: AsyncIterable<Stretch<Entry, Position, Unit>>,
  { limit, bounds, isFull = () => false }: PageBounds<Entry, Unit>,
): Promise<FoundPage<Entry, Position>> {
  const found: Entry[] = [];
  const left = new Map<string, number>(Object.entries(bounds));
  let behind: Position | null = null;
  for await (const stretch of walk) {
    for (const { entry, position } of stretch.found) {
      if (found.length === limit) return { found, behind, partial: false };
      found.push(entry);
      behind = position;
      if (isFull(found)) return { found, behind, partial: false };
    }
    ({ behind } = stretch);
    if (isSpent(left, stretch.cost)) return { found, behind, partial: behind !== null && found.length < limit };
  }
  return { found, behind: null, partial: false };
}

function isSpent(left: Map<string, number>, cost: Readonly<Record<string, number | undefined>>): boolean {
  for (const [unit, spent = 0] of Object.entries(cost)) left.set(unit, (left.get(unit) ?? 0) - spent);
  return [...left.values()].some((rest) => rest <= 0);
}

interface Portions<Entry, Position> {
  /** The entries behind a place, or the first ones; as many as asked for if there are. */
  readonly read: (behind: Position | undefined, limit: number) => Promise<readonly Entry[]>;
  /** Entries of one read. */
  readonly size: number;
  readonly after: Position | undefined;
  readonly positionOf: (entry: Entry) => Position;
  readonly matches: (entry: Entry) => boolean;
}

/** Walks through an index: reads on behind the last entry until a read comes short. */
export async function* walkInPortions<Entry, Position>({
  read,
  size,
  after,
  positionOf,
  matches,
}: Portions<Entry, Position>): AsyncGenerator<Stretch<Entry, Position, 'entries'>> {
  let behind = after;
  while (true) {
    const portion = await read(behind, size);
    const last = portion.length < size ? undefined : portion.at(-1);
    const found = portion.filter((entry) => matches(entry)).map((entry) => ({ entry, position: positionOf(entry) }));
    yield { found, behind: last === undefined ? null : positionOf(last), cost: { entries: portion.length } };
    if (last === undefined) return;
    behind = positionOf(last);
  }
}

/** Something to look at, and where the list goes on behind it. */
export interface Candidate<Position> {
  readonly id: string;
  readonly position: Position;
}

interface Loading<Entry> {
  /** In any order; what is gone is left out. */
  readonly load: (ids: readonly string[]) => Promise<Entry[]>;
  readonly matches: (entry: Entry) => boolean;
}

/** Walks through records whose ids come in batches: a batch is loaded, and those that match are taken. */
export async function* walkLoaded<Entry extends { readonly id: string }, Position>(
  batches: AsyncIterable<readonly Candidate<Position>[]>,
  { load, matches }: Loading<Entry>,
): AsyncGenerator<Stretch<Entry, Position, 'entries'>> {
  for await (const batch of batches) {
    const last = batch.at(-1);
    if (last === undefined) continue;
    const loaded = new Map((await load(batch.map(({ id }) => id))).map((entry) => [entry.id, entry]));
    const found = batch.flatMap(({ id, position }) => {
      const entry = loaded.get(id);
      return entry !== undefined && matches(entry) ? [{ entry, position }] : [];
    });
    yield { found, behind: last.position, cost: { entries: batch.length } };
  }
}
