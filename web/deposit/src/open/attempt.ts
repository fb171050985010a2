/**
 * The key of a wish that has not been answered. A double tap, a lost answer or a page that was loaded again send the same key, and so
 * open the same deposit.
 */
import type { Wish } from '../api/pay-api.ts';
import type { Shelf } from '../shell/storage.ts';

const kept = 'xm.attempt';

interface Attempt extends Wish {
  readonly key: string;
}

/** The key to send with the wish: the former one while the same wish waits for its answer. */
export function keyOfWish(wish: Wish, shelf: Shelf, newKey: () => string): string {
  const before = attemptOn(shelf);
  if (before?.method === wish.method && before.amountRupiah === wish.amountRupiah) return before.key;
  const attempt: Attempt = { ...wish, key: newKey() };
  shelf.write(kept, JSON.stringify(attempt));
  return attempt.key;
}

/** The wish has been answered, whatever the answer: the next one is another. */
export function forgetWish(shelf: Shelf): void {
  shelf.remove(kept);
}

function attemptOn(shelf: Shelf): Attempt | undefined {
  const text = shelf.read(kept);
  return text === undefined ? undefined : (JSON.parse(text) as Attempt);
}
