/**
 * The public keys that access tokens are verified with.
 */
import { createLocalJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#shared/platform/clock.ts';

/** Where the public halves of the signing keys are read. A key stays for as long as tokens that it signed. */
export interface PublishedKeys {
  list(): Promise<JWK[]>;
}

/** Keys are read again after this long, and no sooner than `cooldown` for a key that is not among them. */
const seconds = { maxAge: 600, cooldown: 30 };

/** Finds a token's key among the published ones, and remembers them. */
export function keyFinder(keys: PublishedKeys, clock: Clock): JWTVerifyGetKey {
  let find: ReturnType<typeof createLocalJWKSet> | undefined;
  let readAtMs = -Infinity;
  const ageSeconds = () => (clock.now() - readAtMs) / 1_000;
  const readAgain = async () => {
    const listed = await keys.list();
    find = createLocalJWKSet({ keys: listed });
    // None is no answer to remember: the very first key is made with the first token, which is to be good at once.
    readAtMs = listed.length > 0 ? clock.now() : -Infinity;
    return find;
  };
  return async (header, token) => {
    const known = find !== undefined && ageSeconds() < seconds.maxAge ? find : await readAgain();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || ageSeconds() < seconds.cooldown || known !== find) throw error;
      return (await readAgain())(header, token);
    }
  };
}
