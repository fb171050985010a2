/**
 * better-auth, set up for one realm: its models, its adapter contract and its rules for records, over our database. Its HTTP endpoints are
 * not mounted; docs/decisions.md says what of it is used and why not more.
 */
import { betterAuth } from 'better-auth/minimal';
import {
  createAdapterFactory,
  type AdapterFactoryConfig,
  type CustomAdapter,
  type DBAdapter,
  type DBTransactionAdapter,
} from 'better-auth/adapters';
import type { BetterAuthOptions } from 'better-auth/types';
import type { AuthDatabase } from './auth-database.ts';
import type { PasswordHasher } from './password-hash.ts';
import type { FieldType, Realm, Subject } from './realm.ts';

/** better-auth's adapter over our database; rows come checked against its models, with dates as dates. */
export type Records = DBAdapter;
export type RecordsInTransaction = DBTransactionAdapter;

interface Parts<User extends Subject> {
  readonly realm: Realm<User>;
  readonly database: AuthDatabase<User>;
  readonly passwords: PasswordHasher;
  /** better-auth's own secret: 32 bytes. */
  readonly secret: Buffer;
}

/** What the engine takes from a realm's better-auth. */
export async function betterAuthRealm<User extends Subject>({ realm, database, passwords, secret }: Parts<User>) {
  const options = optionsOf(realm, passwords, secret);
  const factory = (records: CustomAdapter, transaction: Transaction) =>
    createAdapterFactory({ config: adapterConfig(transaction), adapter: () => records })(options);
  const inTransaction = (records: CustomAdapter): RecordsInTransaction => factory(records, false);
  const adapter = factory(database.records, (work) => database.transact((records) => work(inTransaction(records))));
  const auth = betterAuth({ ...options, database: () => adapter });
  const { internalAdapter } = await auth.$context;
  return { records: adapter as Records, inTransaction, internalAdapter };
}

type Transaction = NonNullable<AdapterFactoryConfig['transaction']>;

/** Dates are milliseconds at rest, so that conditions and time to live compare numbers. */
function adapterConfig(transaction: Transaction): AdapterFactoryConfig {
  return {
    adapterId: 'xm-dynamodb',
    adapterName: 'XM DynamoDB',
    supportsJSON: true,
    supportsArrays: true,
    supportsDates: true,
    supportsBooleans: true,
    supportsNumericIds: false,
    transaction,
    customTransformInput: ({ data, fieldAttributes }) => (fieldAttributes.type === 'date' && data instanceof Date ? data.getTime() : data),
    customTransformOutput: ({ data, fieldAttributes }) =>
      fieldAttributes.type === 'date' && typeof data === 'number' ? new Date(data) : data,
  };
}

function optionsOf<User extends Subject>(realm: Realm<User>, passwords: PasswordHasher, secret: Buffer): BetterAuthOptions {
  const optional = (type: FieldType | 'date') => ({ type, required: false, input: false }) as const;
  return {
    appName: realm.issuerName,
    // Nothing of it is served: the address is only asked for.
    baseURL: 'https://xm.invalid',
    secret: secret.toString('hex'),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    user: {
      fields: { name: realm.nameField, createdAt: 'createdAtMs', updatedAt: 'updatedAtMs' },
      additionalFields: Object.fromEntries(Object.entries<FieldType>(realm.fields).map(([field, type]) => [field, optional(type)])),
    },
    session: {
      expiresIn: realm.sessionSeconds.idle,
      additionalFields: { endsAt: optional('date'), refreshHash: optional('string'), secondFactorAt: optional('date') },
    },
    verification: {
      // Time to live does it.
      disableCleanup: true,
      additionalFields: { purpose: optional('string'), secretHash: optional('string'), attempts: optional('number') },
    },
    emailAndPassword: {
      enabled: true,
      password: { hash: (password) => passwords.hash(password), verify: ({ password, hash }) => passwords.verify(password, hash) },
    },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: namedSession(session) }) } },
      verification: { create: { before: async (verification) => ({ data: { ...verification, id: verification.identifier } }) } },
      account: { create: { before: async (account) => ({ data: { ...account, id: `${account.userId}.${account.providerId}` } }) } },
    },
    plugins: [ownModels],
  };
}

/** A session that better-auth opens itself is named like ours: its token leads to its key. */
function namedSession<Session extends { userId: string; token: string }>(session: Session) {
  const id = session.token.replaceAll('.', '');
  return { ...session, id, token: `${session.userId}.${id}` };
}

/** A model that better-auth does not have as we need it. */
const ownModels = {
  id: 'xm',
  schema: {
    secondFactor: {
      fields: {
        userId: { type: 'string', required: true, references: { model: 'user', field: 'id' } },
        secret: { type: 'string', required: true },
        verified: { type: 'boolean', required: true },
        lastStep: { type: 'number', required: true },
        recoveryHashes: { type: 'string', required: true },
      },
    },
  },
} as const satisfies NonNullable<BetterAuthOptions['plugins']>[number];
