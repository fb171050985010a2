import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOfWalk, walkInPortions, walkLoaded, type Candidate, type FoundPage, type Stretch } from '#shared/platform/page-of-walk.ts';

interface Numbered {
  readonly id: string;
  readonly place: number;
  readonly isWanted: boolean;
}

const numbered = (isWanted: boolean, place: number): Numbered => ({ id: `n${place}`, place, isWanted });
const lists = fc.array(fc.boolean(), { maxLength: 60 }).map((wanted) => wanted.map(numbered));
const positive = fc.integer({ min: 1, max: 20 });
const pageBounds = fc.record({ limit: positive, entries: positive });

/** How a list is cut, what a stretch of it costs beside its entries, and whether its last one knows that it is the last. */
const cuts = fc.record({
  lengths: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
  days: fc.nat({ max: 3 }),
  knowsItsEnd: fc.boolean(),
});
type Cut = typeof cuts extends fc.Arbitrary<infer Value> ? Value : never;

type NumberedStretch = Stretch<Numbered, number, 'entries' | 'days'>;

/** Stretches behind a place. Positions are places, each the one of the last entry before it. */
function* stretches(list: readonly Numbered[], after: number | undefined, { lengths, days, knowsItsEnd }: Cut): Generator<NumberedStretch> {
  let start = after === undefined ? 0 : after + 1;
  for (let turn = 0; start < list.length; turn += 1) {
    // Every other one has something in it, or the list would never end.
    const length = turn % 2 === 0 ? 1 + (lengths[turn % lengths.length] ?? 0) : (lengths[turn % lengths.length] ?? 0);
    const part = list.slice(start, start + length);
    start += part.length;
    const found = part.filter(({ isWanted }) => isWanted).map((entry) => ({ entry, position: entry.place }));
    yield { found, behind: knowsItsEnd && start === list.length ? null : start - 1, cost: { entries: part.length, days } };
  }
}

async function* walked(list: Iterable<NumberedStretch>, onStretch: (stretch: NumberedStretch) => void = () => undefined) {
  for (const stretch of list) {
    onStretch(stretch);
    yield stretch;
  }
}

/** Follows a list to its end. */
async function allPages<Entry, Position>(page: (after: Position | undefined) => Promise<FoundPage<Entry, Position>>) {
  const pages: FoundPage<Entry, Position>[] = [];
  let after: Position | undefined;
  do {
    const next = await page(after);
    pages.push(next);
    if (pages.length > 500) throw new Error('The list does not end');
    after = next.behind ?? undefined;
  } while (after !== undefined);
  return pages;
}

const wantedOf = (list: readonly Numbered[]): Numbered[] => list.filter(({ isWanted }) => isWanted);

describe('pages of a walk', () => {
  it('have every entry once and in order, however the walk is cut and wherever pages stop', async () => {
    await fc.assert(
      fc.asyncProperty(lists, cuts, pageBounds, async (list, cut, { limit, entries }) => {
        const pages = await allPages((after: number | undefined) =>
          pageOfWalk(walked(stretches(list, after, cut)), { limit, bounds: { entries, days: 30 } }),
        );
        expect(pages.flatMap(({ found }) => found)).toEqual(wantedOf(list));
        for (const { found, behind, partial } of pages) {
          expect(found.length).toBeLessThanOrEqual(limit);
          expect(partial).toBe(behind !== null && found.length < limit);
        }
      }),
    );
  });

  it('walk no further behind the stretch that reaches a bound, and as far as that', async () => {
    await fc.assert(
      fc.asyncProperty(lists, cuts, positive, async (list, cut, entries) => {
        const costs: { entries: number; days: number }[] = [];
        const { behind } = await pageOfWalk(
          walked(stretches(list, undefined, cut), ({ cost }) => costs.push({ entries: 0, days: 0, ...cost })),
          { limit: 100, bounds: { entries, days: 5 } },
        );
        const before = costs.slice(0, -1);
        expect(sum(before.map((cost) => cost.entries))).toBeLessThan(entries);
        expect(sum(before.map((cost) => cost.days))).toBeLessThan(5);
        const isAtBound = sum(costs.map((cost) => cost.entries)) >= entries || sum(costs.map((cost) => cost.days)) >= 5;
        expect(isAtBound || behind === null).toBe(true);
      }),
    );
  });

  it('have none behind the last entry, also when it fills a page', async () => {
    const list = [true, true, true, false].map(numbered);
    const one: Cut = { lengths: [0], days: 0, knowsItsEnd: false };
    const page = (limit: number) => pageOfWalk(walked(stretches(list, undefined, one)), { limit, bounds: { entries: 100, days: 1 } });
    expect(await page(3)).toEqual({ found: list.slice(0, 3), behind: null, partial: false });
    expect(await page(2)).toEqual({ found: list.slice(0, 2), behind: 1, partial: false });
    expect(await page(9)).toMatchObject({ behind: null, partial: false });
  });

  it('do not look again at what did not match between two pages', async () => {
    const list = [true, false, false, false, true].map(numbered);
    const { behind } = await pageOfWalk(walked(stretches(list, undefined, { lengths: [0, 1], days: 0, knowsItsEnd: true })), {
      limit: 1,
      bounds: { entries: 100, days: 1 },
    });
    expect(behind).toBe(3);
  });

  it('are not partial when they stop at a bound and are full all the same', async () => {
    const list = [true, true, true].map(numbered);
    const page = await pageOfWalk(walked(stretches(list, undefined, { lengths: [1], days: 0, knowsItsEnd: false })), {
      limit: 2,
      bounds: { entries: 2, days: 1 },
    });
    expect(page).toEqual({ found: list.slice(0, 2), behind: 1, partial: false });
  });

  it('end behind the entry that makes them full, and do not look for another', async () => {
    const list = [true, true, true].map(numbered);
    let looked = 0;
    const walk = walked(stretches(list, undefined, { lengths: [1], days: 0, knowsItsEnd: true }), () => (looked += 1));
    const page = await pageOfWalk(walk, { limit: 9, isFull: (found) => found.length === 2, bounds: { entries: 100, days: 1 } });
    expect(page).toEqual({ found: list.slice(0, 2), behind: 1, partial: false });
    expect(looked).toBe(1);
  });

  it('are empty where the walk passes nothing', async () => {
    expect(await pageOfWalk(walked([]), { limit: 1, bounds: { entries: 1, days: 1 } })).toEqual({
      found: [],
      behind: null,
      partial: false,
    });
  });
});

describe('a walk in portions', () => {
  it('passes every entry once, whatever the size of a read, and does not read behind a short one', async () => {
    await fc.assert(
      fc.asyncProperty(lists, positive, pageBounds, async (list, size, { limit, entries }) => {
        const pages = await allPages((after: number | undefined) => {
          let isAtEnd = false;
          const read = async (behind: number | undefined, count: number) => {
            expect(isAtEnd).toBe(false);
            const portion = list.filter(({ place }) => behind === undefined || place > behind).slice(0, count);
            isAtEnd = portion.length < count;
            return portion;
          };
          const walk = walkInPortions({ read, size, after, positionOf: ({ place }) => place, matches: ({ isWanted }) => isWanted });
          return pageOfWalk(walk, { limit, bounds: { entries } });
        });
        expect(pages.flatMap(({ found }) => found)).toEqual(wantedOf(list));
      }),
    );
  });
});

describe('a walk through records that are loaded', () => {
  const batches = async function* (list: readonly Numbered[], size: number): AsyncGenerator<Candidate<number>[]> {
    for (let start = 0; start < list.length; start += size)
      yield list.slice(start, start + size).map(({ id, place }) => ({ id, position: place }));
    yield [];
  };

  it('passes those that match in the order of their ids, whatever order they are loaded in, without those that are gone', async () => {
    await fc.assert(
      fc.asyncProperty(lists, positive, fc.nat({ max: 5 }), async (list, size, gone) => {
        const isThere = ({ place }: Numbered): boolean => gone === 0 || place % gone !== 0;
        const loads: number[] = [];
        const walk = walkLoaded(batches(list, size), {
          load: async (ids) => {
            loads.push(ids.length);
            return list.filter((entry) => ids.includes(entry.id) && isThere(entry)).toReversed();
          },
          matches: ({ isWanted }) => isWanted,
        });
        const { found } = await pageOfWalk(walk, { limit: 100, bounds: { entries: 1_000 } });
        expect(found).toEqual(wantedOf(list).filter(isThere));
        expect(sum(loads)).toBe(list.length);
        expect(loads).not.toContain(0);
      }),
    );
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
