/**
 * Keys that access tokens are signed with: Ed25519, made and replaced here. Public halves are published a while before they are used and stay
 * until the last token has expired, so that a rotation signs nobody out.
 */
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { accessTokenSeconds, claimsOf, type TokenIdentity, type TokenIssuer } from '../access-token.ts';
import { seal, unseal } from './sealing.ts';

export interface SigningKey {
  readonly id: string;
  readonly createdAtMs: number;
  readonly publicJwk: JWK;
  /** The private half as JSON, sealed for the key's id. */
  readonly sealedPrivateJwk: string;
}

export interface SigningKeyStore {
  /** Oldest first. */
  list(): Promise<SigningKey[]>;
  /** Stores the private half and publishes the public one, both or none. */
  add(key: SigningKey): Promise<void>;
  /** Both halves. Nothing happens when it is gone. */
  remove(keyId: string): Promise<void>;
}

export interface TokenSigner {
  /** A JWT that is good for `accessTokenSeconds`. */
  sign(identity: TokenIdentity): Promise<string>;
}

export interface SigningDeps {
  readonly store: SigningKeyStore;
  /** Seals private halves: 32 bytes. */
  readonly sealingKey: Buffer;
  readonly clock: Clock;
  readonly chance: Chance;
}

const dayMs = 86_400_000;
/** How long a key signs. */
const rotationMs = 90 * dayMs;
/** Verifiers know a new key after this long: ours read the keys anew for an unknown one after 30 s, others keep them for five minutes. */
const settleMs = 600_000;
/** How long keys that were read are believed. A new one is not used sooner than it has settled, so nothing is missed. */
const rememberedMs = 60_000;
/** A former key stays for the tokens that it signed, and a while longer. */
const keptMs = (accessTokenSeconds + 3_600) * 1_000;

const algorithm = 'EdDSA';

/** Signs with the newest key that verifiers know. The very first token makes the first key. */
export function tokenSigner(deps: SigningDeps, { issuer, audience }: TokenIssuer): TokenSigner {
  let known: { readonly keys: readonly SigningKey[]; readonly readAtMs: number } | undefined;
  let imported: { readonly id: string; readonly key: CryptoKey | Uint8Array } | undefined;
  const current = async (nowMs: number): Promise<SigningKey> => {
    if (known === undefined || nowMs - known.readAtMs >= rememberedMs) {
      known = { keys: await keysOf(deps), readAtMs: nowMs };
    }
    return signingKeyAt(known.keys, nowMs);
  };
  return {
    async sign(identity) {
      const nowMs = deps.clock.now();
      const signing = await current(nowMs);
      if (imported?.id !== signing.id) imported = { id: signing.id, key: await privateKeyOf(deps, signing) };
      const issuedAt = Math.floor(nowMs / 1_000);
      return new SignJWT(claimsOf(identity))
        .setProtectedHeader({ alg: algorithm, kid: signing.id, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accessTokenSeconds)
        .sign(imported.key);
    },
  };
}

/** Adds a key when the newest has signed for 90 days, and removes those that no token needs any more. Safe to repeat. */
export async function rotateSigningKeys(
  deps: SigningDeps,
): Promise<{ readonly added: string | undefined; readonly removed: readonly string[] }> {
  const nowMs = deps.clock.now();
  const keys = await deps.store.list();
  const newest = keys.at(-1);
  const added = newest === undefined || nowMs - newest.createdAtMs >= rotationMs ? await addSigningKey(deps) : undefined;
  const removed = keys.filter((_, index) => nowMs - (keys[index + 1]?.createdAtMs ?? Infinity) > settleMs + keptMs).map(({ id }) => id);
  for (const id of removed) await deps.store.remove(id);
  return { added: added?.id, removed };
}

/** Two functions may each make a first key; both then sign with the older one, which is the one that verifiers have seen. */
async function keysOf(deps: SigningDeps): Promise<readonly SigningKey[]> {
  const listed = await deps.store.list();
  if (listed.length > 0) return listed;
  await addSigningKey(deps);
  return deps.store.list();
}

function signingKeyAt(keys: readonly SigningKey[], nowMs: number): SigningKey {
  const signing = keys.findLast(({ createdAtMs }) => createdAtMs <= nowMs - settleMs) ?? keys[0];
  if (signing === undefined) throw new Error('There is no signing key');
  return signing;
}

async function addSigningKey({ store, sealingKey, clock, chance }: SigningDeps): Promise<SigningKey> {
  const id = prefixedId('key', { clock, chance });
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  const named = { kid: id, alg: algorithm, use: 'sig' };
  const key: SigningKey = {
    id,
    createdAtMs: clock.now(),
    publicJwk: { ...(await exportJWK(publicKey)), ...named },
    sealedPrivateJwk: seal(sealingKey, { text: JSON.stringify(await exportJWK(privateKey)), context: id }, chance),
  };
  await store.add(key);
  return key;
}

async function privateKeyOf({ sealingKey }: SigningDeps, { id, sealedPrivateJwk }: SigningKey): Promise<CryptoKey | Uint8Array> {
  return importJWK(JSON.parse(unseal(sealingKey, { sealed: sealedPrivateJwk, context: id })) as JWK, algorithm);
}
