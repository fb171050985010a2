/**
 * Where better-auth's records stand in the table of identity: which `where` leads to which item. Ids are made so that each of them
 * tells the key: no record is ever searched for.
 *
 * | model | found by | key |
 * | --- | --- | --- |
 * | user | `id`, or a unique attribute through its claim | of the realm |
 * | account | `userId` and `providerId`; `id` is `<userId>.<providerId>` | below the user, `ACCOUNT#<provider>` |
 * | session | `token`, which is `<userId>.<id>` | below the user, `SESSION#<id>` |
 * | secondFactor | `userId` | below the user, `SECOND-FACTOR` |
 * | verification | `id`, which is its `identifier` unless the value is reserved | `VERIFICATION#<id>` |
 */
import type { CleanedWhere } from 'better-auth/adapters';
import { sessionPrefix } from '../dynamodb-identity-keys.ts';
import { equal } from './auth-database.ts';
import { UnsupportedQuery } from './dynamodb-conditions.ts';
import type { RealmKeys } from './realm.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Where to look: at items, at the holder of a claim, or through a part of a partition. `where` is what is left to be checked. */
export type Place =
  | { readonly kind: 'items'; readonly keys: readonly Key[]; readonly where: readonly CleanedWhere[] }
  | { readonly kind: 'claim'; readonly key: Key; readonly where: readonly CleanedWhere[] }
  | { readonly kind: 'partition'; readonly pk: string; readonly prefix: string; readonly where: readonly CleanedWhere[] };

const accountPrefix = 'ACCOUNT#';
const secondFactorSort = 'SECOND-FACTOR';

/** The place that a `where` names. Throws `UnsupportedQuery` for one that names none. */
export function placeOf(keys: RealmKeys<never>, model: string, where: readonly CleanedWhere[]): Place {
  const place = placers[model]?.(keys, equalities(where), where);
  if (place === undefined) throw new UnsupportedQuery(`${model} by ${where.map(({ field }) => field).join(', ') || 'nothing'}`);
  return place;
}

/** Key of a record that is about to be created. */
export function keyOfRecord(keys: RealmKeys<never>, model: string, record: Readonly<Record<string, unknown>>): Key {
  const where = Object.entries(record).map(([field, value]) => equal(field, String(value)));
  const place = placeOf(keys, model, where);
  const key = place.kind === 'items' ? place.keys[0] : undefined;
  if (key === undefined) throw new UnsupportedQuery(`${model} without a key of its own`);
  return key;
}

type Equalities = ReadonlyMap<string, string>;
type Placer = (keys: RealmKeys<never>, equal: Equalities, where: readonly CleanedWhere[]) => Place | undefined;

const placers: Readonly<Record<string, Placer>> = {
  user(keys, equal, where) {
    const id = equal.get('id');
    if (id !== undefined) return items(where, keys.user(id));
    const unique = where.find(({ field, operator }) => operator === 'eq' && keys.claims[field] !== undefined);
    const claim = unique && keys.claims[unique.field]?.(String(unique.value));
    // The claim is the proof; the attribute may be written in another case.
    return claim && { kind: 'claim', key: claim, where: where.filter((clause) => clause !== unique) };
  },
  account(keys, equal, where) {
    const [ownerOfId, providerOfId] = halves(equal.get('id'));
    const provider = equal.get('providerId') ?? providerOfId;
    // An account by password has its owner's id.
    const owner = equal.get('userId') ?? ownerOfId ?? (provider === 'credential' ? equal.get('accountId') : undefined);
    return below({ keys, owner, where }, accountPrefix, provider);
  },
  session(keys, equal, where) {
    const listed = where.find(({ field, operator }) => field === 'token' && operator === 'in')?.value;
    if (Array.isArray(listed)) return items(where, ...listed.flatMap((token) => sessionKeyOf(keys, String(token))));
    const [ownerOfToken, idOfToken] = halves(equal.get('token'));
    return below({ keys, owner: ownerOfToken ?? equal.get('userId'), where }, sessionPrefix, idOfToken ?? equal.get('id'));
  },
  secondFactor: (keys, equal, where) => single({ keys, owner: equal.get('userId') ?? equal.get('id'), where }, secondFactorSort),
  verification(_, equal, where) {
    const identifier = equal.get('id') ?? equal.get('identifier');
    return identifier === undefined ? undefined : items(where, { pk: `VERIFICATION#${identifier}`, sk: 'VERIFICATION' });
  },
};

interface Owned {
  readonly keys: RealmKeys<never>;
  readonly owner: string | undefined;
  readonly where: readonly CleanedWhere[];
}

function single({ keys, owner, where }: Owned, sk: string): Place | undefined {
  return owner === undefined ? undefined : items(where, { pk: keys.partition(owner), sk });
}

function below({ keys, owner, where }: Owned, prefix: string, name: string | undefined): Place | undefined {
  if (owner === undefined) return undefined;
  const pk = keys.partition(owner);
  return name === undefined ? { kind: 'partition', pk, prefix, where } : items(where, { pk, sk: prefix + name });
}

function sessionKeyOf(keys: RealmKeys<never>, token: string): Key[] {
  const [owner, id] = halves(token);
  return owner === undefined || id === undefined ? [] : [{ pk: keys.partition(owner), sk: sessionPrefix + id }];
}

const items = (where: readonly CleanedWhere[], ...keys: readonly Key[]): Place => ({ kind: 'items', keys, where });

/** `<owner>.<name>`; nothing of a text that is not made like that. */
function halves(text: string | undefined): [string, string] | [undefined, undefined] {
  const dot = text?.indexOf('.') ?? -1;
  return text === undefined || dot < 1 ? [undefined, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

function equalities(where: readonly CleanedWhere[]): Equalities {
  return new Map(
    where.filter(({ operator, value }) => operator === 'eq' && value !== null).map(({ field, value }) => [field, String(value)]),
  );
}
