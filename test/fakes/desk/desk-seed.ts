/** What all parts of the fake desk have in common. */

/** Everything happened before this moment, whatever the clock says: screenshots differ by nothing but times ago. */
export const seedMs = Date.UTC(2026, 10, 21, 12);

/** A page by position; the cursor is the next one. */
export function pageOf<Item>(
  items: readonly Item[],
  { limit, cursor = '0' }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const from = Number(cursor);
  return { items: items.slice(from, from + limit), nextCursor: from + limit < items.length ? String(from + limit) : null };
}

/** Whose money it is, as far as the wallet knows them. */
export interface Owner {
  readonly id: string;
  readonly displayName: string;
}

/** Of a list that goes round and round. */
export function turnOf<Item>(items: readonly [Item, ...Item[]], index: number): Item {
  return items[index % items.length] ?? items[0];
}

/** The first few members have all the money. */
export function ownerOf(members: readonly Owner[], index: number): Owner {
  const owner = members[index % 8];
  if (owner === undefined) throw new Error('The fake has too few members.');
  return owner;
}
