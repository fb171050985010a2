/**
 * Subjects: found by what people call themselves, and made whole or not at all.
 */
import { prefixedId, snowflake } from '#shared/platform/ids.ts';
import type { AlsoWritten } from './auth-database.ts';
import type { RecordsInTransaction } from './better-auth-realm.ts';
import type { Engine } from './engine.ts';
import { keyedHash } from './identity-keys.ts';
import { passwordAccount } from './passwords.ts';
import type { Subject } from './realm.ts';

/** A unique value: which attribute, and what it says. */
export interface Identifier {
  readonly field: string;
  readonly value: string;
}

export function newSubjectId<User extends Subject>({ realm, clock, chance }: Engine<User>): string {
  return realm.idPrefix === undefined ? snowflake({ clock, chance }) : prefixedId(realm.idPrefix, { clock, chance });
}

/**
 * The id of whoever has this identifier. For one that nobody has an id comes back all the same, always the same one, under which no account
 * is found and wrong attempts are counted: so what follows takes the same requests and the same time.
 */
export async function findSubject<User extends Subject>(engine: Engine<User>, { field, value }: Identifier): Promise<string> {
  return (await engine.database.findHolder(field, value)) ?? nobodyWith(engine, { field, value });
}

/** Stands for whoever has an identifier that nobody has. */
export const nobodyWith = <User extends Subject>({ keys, realm }: Engine<User>, { field, value }: Identifier): string =>
  `nobody-${keyedHash(keys.identifiers, realm.name, field, value.toLowerCase())}`;

export interface NewSubject<User> {
  readonly user: User;
  readonly passwordHash?: string | undefined;
  /** From `newSecondFactor`, with the step of the code that confirmed it. */
  readonly secondFactor?:
    | { readonly sealedSecret: string; readonly lastStep: number; readonly recoveryHashes: readonly string[] }
    | undefined;
}

interface Together {
  /** Further writes of the same transaction. */
  readonly work?: (records: RecordsInTransaction) => Promise<unknown>;
  readonly also?: readonly AlsoWritten[];
}

/**
 * Makes the account with its unique values, its password, its second factor and its session guard. Throws `RecordRefused`: `taken` with the
 * field that somebody else has, or `exists` when the id is.
 */
export async function createSubject<User extends Subject>(
  engine: Engine<User>,
  { user, passwordHash, secondFactor }: NewSubject<User>,
  { work, also }: Together = {},
): Promise<void> {
  const { realm } = engine;
  // better-auth calls the name of an account by one name in all realms.
  const { [realm.nameField]: name, ...rest } = user as Readonly<Record<string, unknown>> & User;
  await engine.transact(
    async (records) => {
      const createdAt = new Date(user.createdAtMs);
      await records.create({ model: 'user', data: { ...rest, id: user.id, name, createdAt, updatedAt: createdAt }, forceAllowId: true });
      if (passwordHash !== undefined)
        await records.create({ model: 'account', data: passwordAccount(user.id, passwordHash), forceAllowId: true });
      if (secondFactor !== undefined)
        await records.create({
          model: 'secondFactor',
          data: {
            id: user.id,
            userId: user.id,
            secret: secondFactor.sealedSecret,
            verified: true,
            lastStep: secondFactor.lastStep,
            recoveryHashes: JSON.stringify(secondFactor.recoveryHashes),
          },
          forceAllowId: true,
        });
      await work?.(records);
    },
    { also },
  );
}
