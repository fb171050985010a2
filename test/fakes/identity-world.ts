/**
 * An engine of either realm with everything around it in memory, and a clock that stands still.
 */
import { newMembership } from '#shared/identity/administration/membership-status.ts';
import type { AuthDatabase } from '#shared/identity/engine/auth-database.ts';
import { noBreachList } from '#shared/identity/engine/breach-list.ts';
import { openEngine, type Engine } from '#shared/identity/engine/engine.ts';
import { identityKeys } from '#shared/identity/engine/identity-keys.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import type { PasswordHasher } from '#shared/identity/engine/password-hash.ts';
import type { Realm, Subject } from '#shared/identity/engine/realm.ts';
import { tokenSigner, type SigningKey, type SigningKeyStore } from '#shared/identity/engine/signing-keys.ts';
import { staffRealm } from '#shared/identity/engine/staff-realm.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { SessionGuards } from '#shared/identity/session-guard.ts';
import type { StaffRecord } from '#shared/identity/staff/staff-record.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { fakeAuthDatabase, type FakeAuthDatabase } from './fake-auth-database.ts';
import { fakeClock, type FakeClock } from './clock.ts';

export const testIssuer = { issuer: 'https://issuer.test', audience: 'xm' };
export const testKeys = identityKeys('a secret of identity that is long enough');

/** Instead of argon2, which takes its time; counts what it is asked to verify. */
interface FakeHasher extends PasswordHasher {
  readonly verified: string[];
  /** Hashes made before are outdated from now on. */
  raiseParameters(): void;
}

function fakeHasher(): FakeHasher {
  const verified: string[] = [];
  let parameters = 1;
  return {
    verified,
    raiseParameters: () => void (parameters += 1),
    unknown: 'plain:0:',
    hash: (password) => Promise.resolve(`plain:${parameters}:${password}`),
    verify(password, phc) {
      verified.push(phc);
      return Promise.resolve(phc.replace(/^plain:[1-9]\d*:/, '') === password);
    },
    outdated: (phc) => !phc.startsWith(`plain:${parameters}:`),
  };
}

export function memorySigningKeys(): SigningKeyStore & { readonly keys: SigningKey[] } {
  const keys: SigningKey[] = [];
  return {
    keys,
    list: async () => [...keys],
    async add(key) {
      keys.push(key);
    },
    async remove(keyId) {
      const index = keys.findIndex(({ id }) => id === keyId);
      if (index >= 0) keys.splice(index, 1);
    },
  };
}

export interface EngineWorld<User extends Subject> {
  readonly engine: Engine<User>;
  readonly clock: FakeClock;
  readonly hasher: FakeHasher;
  readonly signingKeys: ReturnType<typeof memorySigningKeys>;
}

interface Storage<User> {
  readonly database: AuthDatabase<User>;
  readonly guards: SessionGuards;
}

export async function engineWorld<User extends Subject>(
  realm: Realm<User>,
  storage: Storage<User>,
  clock: FakeClock = fakeClock(Date.now()),
): Promise<EngineWorld<User>> {
  const hasher = fakeHasher();
  const signingKeys = memorySigningKeys();
  // Unlike a seeded one, it does not make two of the same.
  const chance = systemChance;
  const tokens = tokenSigner({ store: signingKeys, sealingKey: testKeys['signing-keys'], clock, chance }, testIssuer);
  const parts = { realm, ...storage, tokens, passwords: hasher, breaches: noBreachList, keys: testKeys, clock, chance };
  return { engine: await openEngine(parts), clock, hasher, signingKeys };
}

export async function memberWorld(): Promise<EngineWorld<MemberRecord> & { readonly database: FakeAuthDatabase<MemberRecord> }> {
  const database = fakeAuthDatabase(memberRealm);
  return { ...(await engineWorld(memberRealm, { database, guards: database.guards })), database };
}

export async function staffWorld(): Promise<EngineWorld<StaffRecord> & { readonly database: FakeAuthDatabase<StaffRecord> }> {
  const database = fakeAuthDatabase(staffRealm);
  return { ...(await engineWorld(staffRealm, { database, guards: database.guards })), database };
}

export function memberRecord(id: string, changes: Partial<MemberRecord> = {}): MemberRecord {
  return {
    id,
    handle: `member.${id}`,
    displayName: 'Sari Dewi',
    email: `${id}@example.id`,
    phone: null,
    locale: 'id',
    createdAtMs: Number(BigInt(id) >> 16n),
    lastSeenAtMs: null,
    deletionAtMs: null,
    membership: newMembership('system', 0),
    kyc: 'none',
    ...changes,
  };
}

export function staffRecord(id: string, changes: Partial<StaffRecord> = {}): StaffRecord {
  return {
    id,
    email: `${id}@xm.example`,
    name: 'Budi',
    roles: ['support'],
    status: 'active',
    locale: 'id',
    createdAtMs: 1_800_000_000_000,
    lastSeenAtMs: null,
    ...changes,
  };
}
