/**
 * The public keys that access tokens are verified with.
 */
import { createLocalJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#shared/platform/clock.ts';

/** Where the public halves of the signing keys are read. A key stays for as long as tokens that it signed. */
export interface PublishedKeys {
  list(): Promise<JWK[]>;
}

/**
 * Keys are read again after this long. For a token of a key that is not among them they are read at once, but only so often in a window:
 * the very first key is made with the first token, which has to be good, and forged tokens are to cost no reads.
 */
const bounds = { maxAgeMs: 600_000, windowMs: 30_000, readsPerWindow: 5 };

/** Finds a token's key among the published ones, and remembers them. */
export function keyFinder(keys: PublishedKeys, clock: Clock): JWTVerifyGetKey {
  type Find = ReturnType<typeof createLocalJWKSet>;
  let find: Find | undefined;
  let readAtMs = -Infinity;
  let reading: Promise<Find> | undefined;
  let askedAgainMs: number[] = [];
  const read = async () => {
    find = createLocalJWKSet({ keys: await keys.list() });
    readAtMs = clock.now();
    return find;
  };
  /** Requests of one moment share one read. */
  const readAgain = () => {
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  };
  const mayAskAgain = () => {
    askedAgainMs = askedAgainMs.filter((atMs) => atMs > clock.now() - bounds.windowMs);
    return askedAgainMs.length < bounds.readsPerWindow && askedAgainMs.push(clock.now()) > 0;
  };
  return async (header, token) => {
    const known = find !== undefined && clock.now() - readAtMs < bounds.maxAgeMs ? find : await readAgain();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || (reading === undefined && !mayAskAgain())) throw error;
      return (await readAgain())(header, token);
    }
  };
}
