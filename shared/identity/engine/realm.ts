/**
 * A realm is one kind of account: members and staff have the same engine, and nothing else in common.
 */
import type * as z from 'zod';
import type { Item } from '#shared/platform/dynamodb.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What every account has; the rest is the realm's own. */
export interface Subject {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAtMs: number;
  readonly email: string | null;
  /** Milliseconds since the epoch; null before the first sign-in. */
  readonly lastSeenAtMs: number | null;
}

export type FieldType = 'string' | 'number' | 'json' | 'string[]';
type NamedByBetterAuth = 'id' | 'email' | 'name' | 'displayName' | 'createdAtMs';

export interface Realm<User extends Subject> {
  readonly name: 'member' | 'staff';
  readonly user: z.ZodType<User>;
  /** Attributes of `user` beside those that better-auth names itself, and what better-auth has to take them for. */
  readonly fields: Readonly<Record<Exclude<keyof User & string, NamedByBetterAuth>, FieldType>>;
  /** The attribute that holds better-auth's `name`. */
  readonly nameField: string;
  readonly sessionSeconds: { readonly idle: number; readonly absolute: number };
  /** Shown in authenticator apps. */
  readonly issuerName: string;
  /** A new id; another one when it is asked again. */
  readonly idPrefix: string | undefined;
  /** Of new tokens; none for whom may not come in. */
  rolesOf(user: User, nowMs: number): readonly string[];
  readonly keys: RealmKeys<User>;
}

/** How the realm's items are found. */
export interface RealmKeys<User> {
  partition(id: string): string;
  user(id: string): Key;
  /** The whole item, with keys and index attributes. */
  item(user: User): Item;
  /** Index attributes that follow from a change; an undefined one is to be removed. */
  indexChanges(id: string, change: Partial<User>): Item;
  /** Unique values, by attribute. */
  readonly claims: Readonly<Record<string, (value: string) => Key>>;
  /** The attribute of a claim that names its holder. */
  readonly holder: string;
}
