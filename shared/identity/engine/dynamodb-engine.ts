/**
 * Engines over the tables of identity, as the functions open them.
 */
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { TokenIssuer } from '../access-token.ts';
import { dynamodbSessionGuards } from '../dynamodb-session-guards.ts';
import type { BreachList } from './breach-list.ts';
import { dynamodbAuthDatabase, type AuthTables } from './dynamodb-auth-database.ts';
import { dynamodbSigningKeys } from './dynamodb-signing-keys.ts';
import { openEngine, type Engine } from './engine.ts';
import { identityKeys } from './identity-keys.ts';
import { argon2Hasher } from './password-hash.ts';
import type { Realm, Subject } from './realm.ts';
import { tokenSigner, type SigningDeps } from './signing-keys.ts';

interface Parts {
  readonly tables: AuthTables;
  /** The secret of identity. */
  readonly secret: string;
  readonly issuer: TokenIssuer;
  readonly breaches: BreachList;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What opens an engine of any realm; they share keys and hasher. */
export function dynamodbEngines({ tables, secret, issuer, breaches, clock, chance }: Parts) {
  const keys = identityKeys(secret);
  const signing: SigningDeps = { store: dynamodbSigningKeys(tables), sealingKey: keys['signing-keys'], clock, chance };
  const shared = {
    guards: dynamodbSessionGuards({ ...tables.identity, name: tables.guards }, clock),
    tokens: tokenSigner(signing, issuer),
    passwords: argon2Hasher(chance),
    breaches,
    keys,
    clock,
    chance,
  };
  return {
    keys,
    signing,
    open: <User extends Subject>(realm: Realm<User>): Promise<Engine<User>> =>
      openEngine({ ...shared, realm, database: dynamodbAuthDatabase(tables, realm) }),
  };
}
